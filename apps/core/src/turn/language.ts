import type { InboundEvent, SessionState } from '@assistant/contracts';
import type { Language } from './types';

/** Han characters make a text Chinese for our fixed sentences; kana would make it Japanese, answered in English. */
const HAN = /\p{Script=Han}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The language of our fixed sentences: what the person chose, else what they write, else what their client says. */
export const languageOf = (event: InboundEvent, session: SessionState): Language => {
  if (session.language !== undefined) return session.language.startsWith('zh') ? 'zh' : 'en';
  const { text } = event.message;
  if (HAN.test(text)) return KANA.test(text) ? 'en' : 'zh';
  const told = event.language ?? event.sender.language;
  return told?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
};
