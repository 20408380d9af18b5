import { value } from './some.test';

export const planted = value;
