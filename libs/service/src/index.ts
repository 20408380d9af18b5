export * from './service';
export * from './grpc-server';
