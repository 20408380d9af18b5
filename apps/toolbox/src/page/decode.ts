/** The media type without its parameters, and the charset it names. */
export const contentType = (header: string): { readonly mime: string; readonly charset: string } => {
  const [mime = '', ...parameters] = header.split(';').map((part) => part.trim());
  const charset = parameters.map((parameter) => /^charset\s*=\s*"?([\w.:-]+)"?$/i.exec(parameter)?.[1]).find((found) => found !== undefined);
  return { mime: mime.toLowerCase(), charset: charset ?? '' };
};

/** A page names its charset within its first kilobyte (WHATWG HTML, prescan). */
const declared = (body: Buffer): string => /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(body.subarray(0, 1024).toString('latin1'))?.[1] ?? '';

/** The body as text: by the header's charset, else the page's own, else UTF-8. An unknown name counts as UTF-8. */
export const decodeText = (body: Buffer, charset: string): string => {
  for (const label of [charset, declared(body)]) {
    try {
      if (label !== '') return new TextDecoder(label).decode(body);
    } catch {
      // Not a charset: the next one.
    }
  }
  return new TextDecoder('utf-8').decode(body);
};
