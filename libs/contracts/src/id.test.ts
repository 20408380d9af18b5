import { conversationToken, newId, partitionOf, recentToken, turnIdOf } from './id';
import { inboundSubject, laneOf, SUBJECT_TOKEN } from './subject';

test('the partition is FNV-1a modulo the count, as the NATS server computes it', () => {
  // FNV-1a 32 of "a" is 0xe40c292c, of "foobar" 0xbf9cf968 (draft-eastlake-fnv, appendix C).
  expect(partitionOf('a', 0x1_0000_0000)).toBe(0xe40c292c);
  expect(partitionOf('foobar', 0x1_0000_0000)).toBe(0xbf9cf968);
});

test('conversations spread over the partitions', () => {
  const counts = new Array<number>(64).fill(0);
  for (let index = 0; index < 6400; index++) {
    const partition = partitionOf(conversationToken(['bot', String(index)]));
    counts[partition] = (counts[partition] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(50);
  expect(Math.max(...counts)).toBeLessThan(170);
});

test('no user text reaches a subject, and a subject leads back to its lane', () => {
  const conversation = conversationToken(['bot', 'a.b > *', '线程']);
  expect(conversation).toMatch(/^[A-Za-z0-9_-]{22}$/);
  const lane = { tenant: 'default', platform: 'telegram', conversation };
  expect(laneOf(inboundSubject(lane))).toEqual(lane);
  expect(laneOf('in.3')).toBeUndefined();
  expect(SUBJECT_TOKEN.test('a.b')).toBe(false);
});

test('parts of a conversation key cannot be shifted into each other', () => {
  expect(conversationToken(['a', 'bc'])).not.toBe(conversationToken(['ab', 'c']));
});

test('the same message names the same turn everywhere, and ids sort by time', () => {
  expect(turnIdOf('telegram:bot:1')).toBe(turnIdOf('telegram:bot:1'));
  expect(recentToken('x')).toHaveLength(8);
  expect(newId(1) < newId(2)).toBe(true);
  expect(newId()).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
});
