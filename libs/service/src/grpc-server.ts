import type { UntypedServiceImplementation } from '@grpc/grpc-js';

/** One gRPC service: its descriptor (from `@assistant/contracts/grpc`), its full name and its handlers. */
export interface GrpcService {
  readonly descriptor: object;
  readonly name: string;
  readonly handlers: UntypedServiceImplementation;
}
