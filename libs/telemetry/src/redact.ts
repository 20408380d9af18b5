import { secretValues } from '@assistant/contracts';

/** Shapes of well-known tokens: a secret that we did not load ourselves (an error body of a vendor, say). */
const TOKEN_SHAPES = [
  /(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}/g, // Telegram bot token, also inside its API's URLs
  /\bsk-[A-Za-z0-9_-]{16,}\b/g,
  /\bBearer\s+[A-Za-z0-9._~+/-]{12,}=*/gi,
  /\bak_[a-z]+_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{20,}/g,
];

interface Needles {
  readonly size: number;
  readonly values: readonly string[];
}

let needles: Needles = { size: 0, values: [] };

/** Every written form of every known secret, longest first so that a secret inside another is covered. */
const currentNeedles = (): readonly string[] => {
  const secrets = secretValues();
  if (needles.size !== secrets.size) {
    const forms = new Set<string>();
    for (const secret of secrets) {
      forms.add(secret);
      forms.add(encodeURIComponent(secret));
      forms.add(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
      forms.add(JSON.stringify(secret).slice(1, -1));
    }
    needles = { size: secrets.size, values: [...forms].sort((a, b) => b.length - a.length) };
  }
  return needles.values;
};

/** The text with every known secret and every token-shaped string replaced by `***`. */
export const redact = (text: string): string => {
  let clean = text;
  for (const needle of currentNeedles()) {
    if (clean.includes(needle)) clean = clean.replaceAll(needle, '***');
  }
  for (const shape of TOKEN_SHAPES) clean = clean.replace(shape, '***');
  return clean;
};
