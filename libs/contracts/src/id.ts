import { createHash, randomBytes } from 'node:crypto';

/** Number of partitions. Fixed when the streams are created: changing it is a drained migration. */
export const PARTITIONS = 64;

/**
 * The conversation's token in subjects: 22 characters of base64url(SHA-256(key)), 132 bits. User text never
 * becomes part of a subject, and the token holds no character that NATS treats specially.
 */
export const conversationToken = (parts: readonly string[]): string => createHash('sha256').update(parts.join('\u0000')).digest('base64url').slice(0, 22);

/** 32-bit FNV-1a of ASCII text modulo the partition count; equal to the NATS server's `partition()` mapping. */
export const partitionOf = (token: string, partitions: number = PARTITIONS): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < token.length; index++) {
    hash = Math.imul(hash ^ token.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % partitions;
};

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** A sortable id: 48 bits of milliseconds and 80 random bits in Crockford's base 32, 26 characters. */
export const newId = (now: number = Date.now()): string => {
  let time = now;
  let text = '';
  for (let digit = 0; digit < 10; digit++) {
    text = CROCKFORD.charAt(time % 32) + text;
    time = Math.floor(time / 32);
  }
  for (const byte of randomBytes(16)) text += CROCKFORD.charAt(byte & 31);
  return text;
};

/** The turn that answers an inbound message: a pure function of its id, so every replica names it alike. */
export const turnIdOf = (inboundId: string): string => createHash('sha256').update(inboundId).digest('base64url').slice(0, 16);

/** The short form under which an inbound id is remembered in a turn record (48 bits; 64 are kept). */
export const recentToken = (inboundId: string): string => createHash('sha256').update(inboundId).digest('base64url').slice(0, 8);
