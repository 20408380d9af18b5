/**
 * @typedef {{ en: string, zh: string }} Text
 * @typedef {{ level: 'ok' | 'warning' | 'problem', says: Text, fix?: Text }} Finding
 * @typedef {{ dataDir: string, httpPort: number, grpcPort: number, environment: NodeJS.ProcessEnv }} Context
 * @typedef {(context: Context) => Promise<Finding | readonly Finding[]>} Check
 */

/** @param {Text} says @returns {Finding} */
export const ok = (says) => ({ level: 'ok', says });

/** Something that works but will bite. @param {Text} says @param {Text} fix @returns {Finding} */
export const warning = (says, fix) => ({ level: 'warning', says, fix });

/** Something that does not work. @param {Text} says @param {Text} fix @returns {Finding} */
export const problem = (says, fix) => ({ level: 'problem', says, fix });
