export { logsSection } from './config';
export { monitorHub } from './service';
