import { ErrorCode as NatsErrorCode, NatsError } from 'nats';
import { API_ERROR, apiErrorCode } from './streams';

const TRANSIENT: ReadonlySet<string> = new Set([NatsErrorCode.Timeout, NatsErrorCode.NoResponders, NatsErrorCode.Disconnect, '408', '503']);

/** An answer that may be another one when asked again: the server is away, busy, full or electing a leader. */
export const isTransient = (error: unknown): boolean =>
  error instanceof NatsError && (TRANSIENT.has(error.code) || apiErrorCode(error) === API_ERROR.storeFailed);
