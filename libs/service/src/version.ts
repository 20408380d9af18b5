/** The version of this build: that of the root package. */
export const VERSION = '0.1.0';
