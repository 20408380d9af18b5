import { delimiter } from 'node:path';

/** An environment whose PATH begins with `folder`. */
export const prependPath = (environment, folder) => ({ ...environment, PATH: `${folder}${delimiter}${environment['PATH'] ?? ''}` });
