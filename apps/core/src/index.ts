export * from './turn/types';
