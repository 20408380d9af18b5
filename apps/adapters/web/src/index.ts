export { webSection, type WebSettings } from './config';
export { webManifest } from './manifest';
export { webAdapter } from './service';
