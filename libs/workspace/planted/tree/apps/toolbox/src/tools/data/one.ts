// finds: tools-never-meet
import { two } from '../time/two';

export const one = two;
