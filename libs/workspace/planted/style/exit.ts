// finds: no-restricted-syntax ends the process
export const planted = (): void => process.exit(1);
