import fc from 'fast-check';
import type { ChatPart, HistoryMessage } from '@assistant/contracts';
import { compactTurn, presentHistory } from './history';
import { remember } from './tokens';

const user = (text: string): HistoryMessage => remember({ role: 'user', parts: [{ type: 'text', text }] }, 1);
const call = (...ids: readonly string[]): HistoryMessage =>
  remember({ role: 'assistant', parts: ids.map((id): ChatPart => ({ type: 'tool-call', id, name: 't', arguments: '{}' })) }, 1);
const result = (id: string, content = 'r'): HistoryMessage => remember({ role: 'tool', parts: [{ type: 'tool-result', id, content }] }, 1);

const ids = (history: readonly HistoryMessage[], type: 'tool-call' | 'tool-result') =>
  presentHistory(history).flatMap(({ parts }) => parts.flatMap((part) => (part.type === type && 'id' in part ? [part.id] : [])));

describe('the history a model is shown', () => {
  it('leaves out results whose call the window cut off', () => {
    expect(presentHistory([result('a'), user('hi')]).map(({ role }) => role)).toEqual(['user']);
  });

  it('leaves out calls that were never answered, and keeps the words beside them', () => {
    const spoken = remember(
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: 'Let me see' },
          { type: 'tool-call', id: 'a', name: 't', arguments: '{}' },
        ],
      },
      1,
    );
    expect(presentHistory([user('hi'), spoken, user('and?')])[1]?.parts).toEqual([{ type: 'text', text: 'Let me see' }]);
  });

  it('tells calls of different turns apart that have the same id', () => {
    expect(ids([result('a'), user('x'), call('a'), result('a')], 'tool-result')).toEqual(['a']);
    expect(ids([call('a'), user('x'), call('a'), result('a')], 'tool-call')).toEqual(['a']);
  });

  it('never shows a call without its result or a result without its call, whatever was kept', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const message = fc.oneof(
      fc.constant(user('x')),
      fc.uniqueArray(id, { minLength: 1, maxLength: 3 }).map((list) => call(...list)),
      id.map((one) => result(one)),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), (history) => {
        let open = new Set<string>();
        for (const { role, parts } of presentHistory(history)) {
          if (role !== 'tool') {
            expect([...open]).toEqual([]);
            open = new Set(parts.flatMap((part) => (part.type === 'tool-call' ? [part.id] : [])));
          }
          for (const part of parts) if (part.type === 'tool-result') expect([part.id, open.delete(part.id)]).toEqual([part.id, true]);
        }
        expect([...open]).toEqual([]);
      }),
    );
  });
});

describe('what a conversation keeps of a turn', () => {
  it('cuts long results and arguments and counts their tokens again', () => {
    const [kept] = compactTurn([result('a', 'x'.repeat(10_000))]);
    expect(kept?.parts[0]).toMatchObject({ content: expect.stringMatching(/^x{2000}\n\[the rest/) });
    expect(kept?.tokens).toBeLessThan(600);
    const [called] = compactTurn([
      remember({ role: 'assistant', parts: [{ type: 'tool-call', id: 'a', name: 't', arguments: `{"x":"${'y'.repeat(5000)}"}` }] }, 1),
    ]);
    expect(called?.parts[0]).toMatchObject({ arguments: '{"omitted":"5008 characters"}' });
  });

  it('leaves reasoning out', () => {
    expect(
      compactTurn([
        remember(
          {
            role: 'assistant',
            parts: [
              { type: 'reasoning', text: 'hm', signature: 's' },
              { type: 'text', text: 'yes' },
            ],
          },
          1,
        ),
      ])[0]?.parts,
    ).toEqual([{ type: 'text', text: 'yes' }]);
  });
});
