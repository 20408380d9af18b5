import { inboundEventSchema } from '@assistant/contracts';
import { destinationOf, newChatId } from './conversation';
import { messageSchema, normalise } from './normalise';

const visitor = 'v'.repeat(22);
const to = destinationOf(newChatId(visitor));
const now = new Date('2026-01-02T03:04:05.678Z');
const file = { ref: 'blob:1', mime: 'image/png', size: 3, name: 'real.png' };
const of = (body: unknown) => normalise(messageSchema.parse(body), to, visitor, () => file, now);

describe('a message of the page', () => {
  it('becomes an event under an id of its own, addressed to the bot', () => {
    const event = of({ id: 'm1', text: 'hello', language: 'zh-CN' });
    expect(inboundEventSchema.parse(event)).toEqual(event);
    expect(event).toMatchObject({
      id: `web:web:${to.chatId}:m1`,
      type: 'message.created',
      sentAt: '2026-01-02T03:04:05.678Z',
      sender: { id: visitor, kind: 'user', language: 'zh-CN' },
      message: { id: 'm1', text: 'hello', addressed: true, parts: [{ type: 'text', text: 'hello', format: 'plain' }] },
    });
  });

  it('takes from an attachment its name alone; the rest is what was uploaded', () => {
    const event = of({ id: 'm1', attachments: [{ ref: 'x', name: 'other.png', mime: 'text/html', size: 9 }] });
    expect(event.message.parts).toEqual([{ type: 'media', kind: 'image', media: { ...file, name: 'other.png' } }]);
  });

  it('carries a pressed button', () => {
    expect(of({ id: 'm1', text: 'Yes', interaction: { id: 'approve', value: '42' } })).toMatchObject({
      type: 'interaction',
      interaction: { id: 'approve', value: '42' },
    });
  });

  it('needs content', () => {
    expect(() => of({ id: 'm1', text: ' \n' })).toThrow(expect.objectContaining({ code: 'bad_request' }));
  });

  it.each(['', 'a b', 'x'.repeat(65), 'a:b', 'é'])('refuses the id "%s"', (id) => {
    expect(messageSchema.safeParse({ id, text: 'x' }).success).toBe(false);
  });
});
