export * from './section';
export * from './store';
