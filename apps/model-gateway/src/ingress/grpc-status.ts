import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { AssistantError } from '@assistant/contracts';
import { redact } from '@assistant/telemetry';
import { Writer } from 'protobufjs/minimal';

/** `ErrorInfo.domain` of everything this service says. */
export const ERROR_DOMAIN = 'assistant.gateway';

const TYPE_URL = 'type.googleapis.com/google.rpc.';

/** google.protobuf.Any { type_url = 1, value = 2 } */
const any = (type: string, value: Uint8Array): Uint8Array => Writer.create().uint32(10).string(`${TYPE_URL}${type}`).uint32(18).bytes(value).finish();

/** google.rpc.ErrorInfo { reason = 1, domain = 2, metadata = 3 } */
const errorInfo = (reason: string, metadata: Readonly<Record<string, string>>): Uint8Array => {
  const writer = Writer.create().uint32(10).string(reason).uint32(18).string(ERROR_DOMAIN);
  for (const [key, value] of Object.entries(metadata)) writer.uint32(26).bytes(Writer.create().uint32(10).string(key).uint32(18).string(value).finish());
  return writer.finish();
};

/** google.rpc.RetryInfo { retry_delay = 1 }, google.protobuf.Duration { seconds = 1, nanos = 2 } */
const retryInfo = (ms: number): Uint8Array => {
  const duration = Writer.create()
    .uint32(8)
    .int64(Math.floor(ms / 1000))
    .uint32(16)
    .int32(Math.round(ms % 1000) * 1_000_000)
    .finish();
  return Writer.create().uint32(10).bytes(duration).finish();
};

/** google.rpc.Status { code = 1, message = 2, details = 3 }. Source: googleapis, google/rpc/status.proto. */
const encodeStatus = (code: number, message: string, details: readonly Uint8Array[]): Buffer => {
  const writer = Writer.create().uint32(8).int32(code).uint32(18).string(message);
  for (const detail of details) writer.uint32(26).bytes(detail);
  return Buffer.from(writer.finish());
};

const metadataOf = ({ details }: AssistantError): Readonly<Record<string, string>> => ({
  ...(details.subject === undefined ? {} : { subject: details.subject }),
  ...(details.param === undefined ? {} : { param: details.param }),
  ...(details.vendorStatus === undefined ? {} : { vendor_status: String(details.vendorStatus) }),
  ...(details.vendorCode === undefined ? {} : { vendor_code: details.vendorCode }),
});

/** An error of ours as gRPC carries it: the status of the catalogue, with ErrorInfo and, where known, RetryInfo. */
export const serviceError = (error: AssistantError): ServiceError => {
  const code = status[error.entry.grpc];
  const message = error.code === 'internal' ? 'Something went wrong on our side.' : redact(error.message);
  const { retryAfterMs } = error.details;
  const details = [
    any('ErrorInfo', errorInfo(error.code, metadataOf(error))),
    ...(retryAfterMs === undefined ? [] : [any('RetryInfo', retryInfo(retryAfterMs))]),
  ];
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', encodeStatus(code, message, details));
  return Object.assign(new Error(message), { name: 'ServiceError', code, details: message, metadata });
};
