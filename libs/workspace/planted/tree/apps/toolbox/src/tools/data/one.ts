import { two } from '../time/two';

export const one = two;
