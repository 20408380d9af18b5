// finds: siblings-never-meet
import { two } from '../two';

export const one = two;
