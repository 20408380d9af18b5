import { LANGUAGES, MESSAGES, preferredLanguage, translate } from './messages';

const placeholders = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole).sort();

describe('the table of sentences', () => {
  it.each(Object.entries(MESSAGES))('%s is complete in both languages and fills in the same values', (_key, sentence) => {
    for (const language of LANGUAGES) expect(sentence[language].trim()).not.toBe('');
    expect(placeholders(sentence.zh)).toEqual(placeholders(sentence.en));
  });

  it('writes Chinese with Chinese characters and full-width marks', () => {
    for (const [key, { zh }] of Object.entries(MESSAGES)) {
      if (key === 'language.switch') continue;
      expect([key, /[\u4e00-\u9fff]/.test(zh)]).toEqual([key, true]);
      expect([key, /[\u4e00-\u9fff][,?:;]/.test(zh)]).toEqual([key, false]);
    }
  });

  it('fills in values and leaves an unknown name visible', () => {
    expect(translate('en', 'chat.removeFile', { name: 'a.txt' })).toBe('Remove a.txt');
    expect(translate('zh', 'chat.removeFile', { name: 'a.txt' })).toContain('a.txt');
    expect(translate('en', 'chat.removeFile')).toBe('Remove {name}');
  });

  it('takes the first language of the browser that it speaks', () => {
    expect(preferredLanguage(['zh-Hans-CN', 'en'])).toBe('zh');
    expect(preferredLanguage(['fr-FR', 'en-GB', 'zh'])).toBe('en');
    expect(preferredLanguage(['de'])).toBe('en');
    expect(preferredLanguage([])).toBe('en');
  });
});
