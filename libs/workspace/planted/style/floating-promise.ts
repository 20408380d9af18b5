// finds: @typescript-eslint/no-floating-promises
export const planted = (): void => {
  Promise.resolve(1);
};
