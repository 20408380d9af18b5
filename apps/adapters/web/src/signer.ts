import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SettingsStore } from '@assistant/bus';
import { Secret } from '@assistant/contracts';

/** What is signed: a signature made for one purpose is worth nothing for another. */
export type Purpose = 'visitor' | 'upload' | 'blob';

export interface Signer {
  /** 43 characters of base64url. */
  sign(purpose: Purpose, text: string): string;
  verify(purpose: Purpose, text: string, signature: string): boolean;
}

const SETTING = 'web_cookie_key';

/** Signs with HMAC-SHA-256; `key` is asked every time, so that it may change under way. */
export const createSigner = (key: () => Secret): Signer => {
  const digest = (purpose: Purpose, text: string): Buffer => createHmac('sha256', key().reveal()).update(`${purpose}\n${text}`).digest();
  return {
    sign: (purpose, text) => digest(purpose, text).toString('base64url'),
    verify: (purpose, text, signature) => {
      const given = Buffer.from(signature, 'base64url');
      const wanted = digest(purpose, text);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
};

/** The signer of this installation. Its key is made once and shared by every replica, which follow a later change. */
export const openSigner = async (settings: SettingsStore): Promise<{ readonly signer: Signer; close(): void }> => {
  if ((await settings.get(SETTING)) === undefined) await settings.put(SETTING, randomBytes(32).toString('base64url'));
  // Two replicas may both have made one: the watch tells every replica the same last value.
  let key = new Secret((await settings.get(SETTING)) ?? randomBytes(32).toString('base64url'));
  const watch = await settings.watch(SETTING, (value) => {
    if (value !== undefined && value !== key.reveal()) key = new Secret(value);
  });
  return { signer: createSigner(() => key), close: () => watch.stop() };
};
