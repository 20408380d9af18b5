import type { Destination, Reply } from '@assistant/contracts';
import { render } from './render';

const to: Destination = { tenant: 'default', platform: 'telegram', account: 'default', conversation: 'c'.repeat(22), chatId: '42', kind: 'direct' };
const markdown = (text: string, more: Partial<Reply> = {}): Reply => ({ parts: [{ type: 'text', text, format: 'markdown' }], ...more });

test('Markdown becomes text with entities, nothing is escaped', () => {
  expect(render(markdown('**a_b** `x*y` [l](https://l.example)'), to)).toEqual([
    {
      kind: 'text',
      text: 'a_b x*y l',
      entities: [
        { type: 'bold', offset: 0, length: 3 },
        { type: 'code', offset: 4, length: 3 },
        { type: 'text_link', offset: 8, length: 1, url: 'https://l.example' },
      ],
    },
  ]);
});

test('code stays code where Telegram allows no other look with it', () => {
  const [call] = render(markdown('> quote `code` > \n\n**bold `in` bold**'), to);
  expect(call?.kind === 'text' && call.entities.map(({ type }) => type)).toEqual(['blockquote', 'code', 'code']);
});

test('a long answer is split within the limit, quotes on its first and carries buttons on its last part', () => {
  const calls = render(markdown('word '.repeat(2000), { replyTo: '9', actions: [[{ id: 'a', label: 'Yes', value: '/approve' }]] }), to);
  expect(calls.length).toBe(3);
  expect(calls.every((call) => call.kind === 'text' && call.text.length <= 4096)).toBe(true);
  expect(calls.map(({ replyTo }) => replyTo)).toEqual(['9', undefined, undefined]);
  expect(calls.map(({ buttons }) => buttons)).toEqual([undefined, undefined, [[{ text: 'Yes', callback_data: '/approve' }]]]);
});

test('a button whose value is larger than 64 bytes is left out', () => {
  expect(render(markdown('x', { actions: [[{ id: 'a', label: 'Yes', value: '批'.repeat(22) }]] }), to)[0]?.buttons).toBeUndefined();
});

test('a caption over 1,024 follows as a message', () => {
  const media = { type: 'media', kind: 'image', media: { ref: 'blob:1', mime: 'image/png' } } as const;
  expect(render({ parts: [{ ...media, caption: '**short**' }] }, to)).toMatchObject([
    { kind: 'media', as: 'photo', caption: 'short', entities: [{ type: 'bold' }] },
  ]);
  expect(render({ parts: [{ ...media, caption: 'x'.repeat(1025) }] }, to)).toMatchObject([{ kind: 'media', caption: '' }, { kind: 'text' }]);
});
