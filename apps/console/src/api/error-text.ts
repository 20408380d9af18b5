import { isMessageKey } from '../i18n/messages';
import type { Translate } from '../i18n/language';

/** A sentence about an error code in the person's language; the server's own words where there is none. */
export const errorText = (t: Translate, code: string, message: string): string => {
  const key = `error.${code}`;
  return isMessageKey(key) ? t(key) : message;
};
