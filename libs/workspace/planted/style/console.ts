// finds: no-console
export const planted = (): void => console.log(1);
