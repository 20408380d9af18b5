export { toolboxSection } from './config';
export { toolbox } from './service';
export { TOOLS } from './tools/catalogue';
