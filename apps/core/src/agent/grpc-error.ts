import { status, type ServiceError } from '@grpc/grpc-js';
import { AssistantError, isAssistantError, isErrorCode, type ErrorCode } from '@assistant/contracts';
import { readStatusDetails } from './status-details';

/** True for what grpc-js rejects a call with. */
export const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' && 'metadata' in error;

/** True when no service said anything: nobody listens, or the connection broke. */
export const isTransportFailure = (error: unknown): boolean =>
  isServiceError(error) && error.code === status.UNAVAILABLE && detailsOf(error).reason === undefined;

const detailsOf = (error: ServiceError) => {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  return readStatusDetails(bytes instanceof Uint8Array ? bytes : new Uint8Array(0));
};

/** A failed call as our error: the service's own code where it sent one, else what the gRPC status means. */
export const fromServiceError = (error: unknown, unavailable: 'gateway_unavailable' | 'toolbox_unavailable'): AssistantError => {
  if (isAssistantError(error)) return error;
  if (!isServiceError(error)) return new AssistantError('internal', error instanceof Error ? error.message : String(error), { cause: error });
  const details = detailsOf(error);
  const code = isErrorCode(details.reason) ? details.reason : codeOf(error.code, unavailable);
  return new AssistantError(code, error.details, {
    cause: error,
    ...(details.retryAfterMs === undefined ? {} : { retryAfterMs: details.retryAfterMs }),
    ...(details.metadata['subject'] === undefined ? {} : { subject: details.metadata['subject'] }),
  });
};

const codeOf = (code: status, unavailable: ErrorCode): ErrorCode => {
  switch (code) {
    case status.UNAVAILABLE:
    case status.UNIMPLEMENTED:
      return unavailable;
    case status.DEADLINE_EXCEEDED:
      return 'deadline_exceeded';
    case status.CANCELLED:
      return 'client_closed';
    case status.RESOURCE_EXHAUSTED:
      return 'overloaded';
    case status.UNAUTHENTICATED:
      return 'unauthenticated';
    case status.PERMISSION_DENIED:
      return 'forbidden';
    case status.INVALID_ARGUMENT:
      return 'bad_request';
    case status.NOT_FOUND:
      return 'not_found';
    default:
      return 'internal';
  }
};
