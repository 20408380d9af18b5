// finds: @typescript-eslint/no-misused-promises
export const planted = (): void => {
  [1].forEach(async () => Promise.resolve());
};
