import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inboundEventSchema } from '@assistant/contracts';
import { normalise, type BotIdentity } from './normalise';
import { updateSchema } from './update';

const FIXTURES = join(process.cwd(), 'apps/adapters/telegram/src/fixtures');
const bot: BotIdentity = { account: 'default', username: 'fake_bot', id: 123456789, answersAll: false };

const events = (name: string, as: BotIdentity = bot) =>
  normalise(updateSchema.parse(JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'))), as, '2026-11-23T00:00:00.000Z');
const only = (name: string, as?: BotIdentity) => {
  const [event] = events(name, as);
  if (event === undefined) throw new Error(`${name} gives no event`);
  return event;
};

test.each(readdirSync(FIXTURES))('%s becomes events that fit the contract', (file) => {
  for (const event of events(file.replace('.json', ''))) expect(inboundEventSchema.parse(event)).toEqual(event);
});

test('a text message carries everything that is needed to answer it', () => {
  expect(only('text')).toEqual({
    v: 1,
    id: 'telegram:default:1',
    type: 'message.created',
    sentAt: '2026-11-23T07:46:40.000Z',
    receivedAt: '2026-11-23T00:00:00.000Z',
    from: { tenant: 'default', platform: 'telegram', account: 'default', conversation: expect.stringMatching(/^[\w-]{22}$/), chatId: '42', kind: 'direct' },
    sender: { id: '42', name: 'Ada L', kind: 'user', handle: 'ada', language: 'zh-hans' },
    message: { id: '55', parts: [{ type: 'text', text: '你好 👋', format: 'plain' }], text: '你好 👋', addressed: true, order: 55 },
    language: 'zh-hans',
  });
});

test.each([
  ['command-for-this-bot', true],
  ['command-for-another-bot', false],
  ['reply-to-the-bot', true],
  ['mention-in-the-middle', true],
  ['mention-in-front', true],
  ['name-without-entity', false],
  ['text-mention', true],
  ['channel-post', false],
])('in a group %s is meant for the bot: %s', (name, addressed) => {
  expect(only(name).message.addressed).toBe(addressed);
});

test('where the bot answers everything, only commands of other bots are left out', () => {
  const all = { ...bot, answersAll: true };
  expect(only('name-without-entity', all).message.addressed).toBe(true);
  expect(only('command-for-another-bot', all).message.addressed).toBe(false);
});

test('a mention that only summons the bot is no part of the question, one inside the sentence is', () => {
  expect(only('mention-in-front').message.text).toBe('what time is it?');
  expect(only('mention-in-the-middle').message.text).toBe('ask @Fake_Bot about it');
});

test('files come as references with what is known about them', () => {
  expect(only('photo').message.parts).toEqual([
    { type: 'text', text: 'what is this?', format: 'plain' },
    { type: 'media', kind: 'image', media: { ref: 'vendor:large', mime: 'image/jpeg', size: 90000 } },
  ]);
  expect(only('document').message.parts[1]).toEqual({
    type: 'media',
    kind: 'file',
    media: { ref: 'vendor:d', mime: 'application/pdf', size: 123456, name: '报告.pdf' },
  });
  expect(only('voice').message.parts).toMatchObject([{ type: 'media', kind: 'audio', media: { mime: 'audio/ogg' } }]);
  expect(only('album').message.groupId).toBe('13');
  expect(only('sticker').message.parts).toEqual([{ type: 'unsupported', vendorType: 'sticker', fallbackText: '😀' }]);
  expect(only('location').message.parts).toEqual([{ type: 'location', latitude: 31.23, longitude: 121.47 }]);
  expect(only('unknown-kind').message.parts).toMatchObject([{ type: 'unsupported' }]);
});

test('a topic is a conversation of its own, a reply quotes, an edit and a button say what they are', () => {
  expect(only('topic').from).toMatchObject({ threadId: '7', kind: 'group', title: 'Ops' });
  expect(only('topic').from.conversation).not.toBe(only('mention-in-front').from.conversation);
  expect(only('reply-to-the-bot').message.replyTo).toEqual({ id: '50', excerpt: 'Sunny' });
  expect(only('edited').type).toBe('message.updated');
  expect(only('button')).toMatchObject({
    type: 'interaction',
    interaction: { id: '777', value: '/approve x1' },
    sender: { id: '42' },
    message: { addressed: true },
  });
  expect(only('bot-sender').sender.kind).toBe('bot');
});

test('what the assistant has no use for gives no event', () => {
  expect(events('membership')).toEqual([]);
  expect(events('migrated')).toEqual([]);
});
