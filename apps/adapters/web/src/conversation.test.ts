import { inboundId, messageIdOf, newChatId, openConversation } from './conversation';

const VISITOR = 'a'.repeat(22);

describe('a conversation of the web chat', () => {
  it('opens for the visitor it belongs to', () => {
    const chatId = newChatId(VISITOR);
    expect(openConversation(chatId, VISITOR)).toMatchObject({ tenant: 'default', platform: 'web', account: 'web', chatId, kind: 'direct' });
  });

  it('has a lane of its own', () => {
    expect(openConversation(newChatId(VISITOR), VISITOR).conversation).not.toBe(openConversation(newChatId(VISITOR), VISITOR).conversation);
  });

  it.each([
    '',
    VISITOR,
    `${VISITOR}.`,
    `${VISITOR}.short`,
    `${'b'.repeat(22)}.${'c'.repeat(16)}`,
    `${VISITOR}.${'c'.repeat(16)}x`,
    `../${VISITOR}.${'c'.repeat(16)}`,
  ])('does not open as %s', (chatId) => {
    expect(() => openConversation(chatId, VISITOR)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('gives the client its own message ids back', () => {
    const chatId = newChatId(VISITOR);
    expect(inboundId(chatId, 'm-1')).toBe(`web:web:${chatId}:m-1`);
    expect(messageIdOf(chatId, inboundId(chatId, 'm-1'))).toBe('m-1');
    expect(messageIdOf(chatId, 'replay:1:web:web:x:y')).toBe('replay:1:web:web:x:y');
  });
});
