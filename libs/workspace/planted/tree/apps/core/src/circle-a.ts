// finds: no-circle
import { b } from './circle-b';

export const a = (): unknown => b;
