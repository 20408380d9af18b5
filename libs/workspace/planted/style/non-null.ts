// finds: @typescript-eslint/no-non-null-assertion
export const planted = (value: string | undefined): string => value!;
