export { modelGateway } from './service';
