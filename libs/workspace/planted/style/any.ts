// finds: @typescript-eslint/no-explicit-any
export const planted = (value: any): void => void value;
