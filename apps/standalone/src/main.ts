import { run } from '@assistant/service';
import { services } from './services';

// Core calls its neighbours over gRPC here as everywhere; in one process they listen on this process's own port.
const ownAddress = `127.0.0.1:${process.env['ASSISTANT_GRPC_PORT'] ?? '50051'}`;
process.env['ASSISTANT__SERVICES__MODEL_GATEWAY'] ??= ownAddress;
process.env['ASSISTANT__SERVICES__TOOLBOX'] ??= ownAddress;

void run(...services);
