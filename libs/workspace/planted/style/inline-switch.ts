// finds: no-console
// eslint-disable-next-line no-console
export const planted = (): void => console.log(1);
