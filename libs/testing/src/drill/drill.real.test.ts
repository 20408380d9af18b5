import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runDrill } from './drill';
import { duplicateCount } from './witness';

const root = process.cwd();
const built = ['apps/model-gateway', 'apps/toolbox'].every((app) => existsSync(join(root, app, 'dist/main.cjs')));
const base = {
  messages: 160,
  kills: 6,
  conversations: 20,
  policy: 'resend',
  duplicates: 0.3,
  lost: 0.02,
  mutation: undefined,
  freeze: false,
  seed: 7,
} as const;

if (!built) process.stdout.write('skipped: the drill needs npm run build first\n');

(built ? describe : describe.skip)('a short drill', () => {
  test('on a platform that knows keys nothing is missing, doubled or out of order', async () => {
    const { verdict, ok } = await runDrill(root, { ...base, platform: 'key' }, () => undefined);
    expect({ missing: verdict.missing, duplicates: duplicateCount(verdict), outOfOrder: verdict.outOfOrder, strange: verdict.strange }).toEqual({
      missing: [],
      duplicates: 0,
      outOfOrder: 0,
      strange: [],
    });
    expect(ok).toBe(true);
  }, 240_000);

  test('on Telegram as it is nothing is missing or out of order, and what is doubled was counted', async () => {
    const { verdict, ok } = await runDrill(root, { ...base, platform: 'none' }, () => undefined);
    expect({ missing: verdict.missing, outOfOrder: verdict.outOfOrder, strange: verdict.strange }).toEqual({ missing: [], outOfOrder: 0, strange: [] });
    expect(ok).toBe(true);
  }, 240_000);
});
