import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RawRequest } from '@assistant/adapter-kit';
import type { Secret } from '@assistant/contracts';
import ipaddr from 'ipaddr.js';
import { WEBHOOK_NETWORKS } from './manifest';

/** Telegram's header for the secret that setWebhook was given (1-256 of A-Z a-z 0-9 _ -). */
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/** The secret that every replica derives alike when none is configured. */
export const derivedSecret = (token: Secret): string => createHmac('sha256', token.reveal()).update('webhook').digest('base64url');

const sameText = (given: string, wanted: string): boolean => {
  const left = Buffer.from(given);
  const right = Buffer.from(wanted);
  return left.length === right.length && timingSafeEqual(left, right);
};

const networks = WEBHOOK_NETWORKS.map((range) => ipaddr.parseCIDR(range));

/** Whether an address lies in the networks that Telegram publishes. */
export const isTelegramAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
};

/**
 * Why a webhook is not believed, or undefined when it is. With a secret only the secret counts. Without one (the
 * operator registered the webhook by a bare setWebhook) only Telegram's own networks are believed.
 */
export const refusal = (request: RawRequest, secret: string | undefined): string | undefined => {
  if (secret === undefined)
    return isTelegramAddress(request.remoteAddress) ? undefined : 'not from the networks of Telegram, and no webhook_secret is configured';
  const given = request.headers[SECRET_HEADER];
  if (given === undefined) return 'the secret token is missing';
  return sameText(given, secret) ? undefined : 'the secret token is wrong';
};
