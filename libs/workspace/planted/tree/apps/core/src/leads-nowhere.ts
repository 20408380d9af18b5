// finds: nothing-unresolved
import { nothing } from './nothing';

export const planted = nothing;
