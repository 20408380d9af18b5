/** Bytes for people. */
export const sizeText = (bytes) => (bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`);
