// finds: no-restricted-syntax union
export enum Planted {
  One,
}
