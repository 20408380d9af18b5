// finds: @typescript-eslint/ban-ts-comment
// @ts-ignore because
export const planted: string = 1;
