// finds: test-code-stays-in-tests
import { value } from './some.test';

export const planted = value;
