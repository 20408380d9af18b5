// finds: no-restricted-syntax as const
export const planted = (value: unknown): string => value as string;
