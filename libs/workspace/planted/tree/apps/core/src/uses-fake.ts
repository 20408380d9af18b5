// finds: testing-stays-in-tests
import { fake } from '../../../libs/testing/src/fake';

export const planted = fake;
