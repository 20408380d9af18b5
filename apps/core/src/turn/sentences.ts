import type { Language } from './types';

/** What the road itself says to people. */
export const SENTENCES = {
  rateLimited: {
    en: 'That is more than I may answer at once. Please wait a moment and write again.',
    zh: '消息太频繁了，请稍等片刻再发。',
  },
  dead: {
    en: 'Sorry, I could not answer this message. It has been set aside for the operator.',
    zh: '抱歉，这条消息无法处理，已转交管理员查看。',
  },
  trace: { en: 'Reference', zh: '编号' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

/** The sentence, followed by the id under which an operator finds the trace. */
export const withTrace = (sentence: string, language: Language, traceId: string): string => `${sentence}\n${SENTENCES.trace[language]}: ${traceId}`;
