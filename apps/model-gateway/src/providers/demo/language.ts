export type Language = 'en' | 'zh';

/** The language of a text: Chinese where there is any. */
export const languageOf = (text: string): Language => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en');
