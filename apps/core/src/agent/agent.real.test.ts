import { ERRORS, isErrorCode, type ErrorCode, type HistoryMessage, type StepRecord } from '@assistant/contracts';
import type { Outcome } from '../turn/types';
import { runAgent } from './agent';
import { failureOf, FAILURES } from './failure-sentence';
import type { AgentDependencies } from './run';
import {
  answers,
  calls,
  events,
  failsWith,
  says,
  startGateway,
  startToolbox,
  type ChatScript,
  type ScriptedGateway,
  type ScriptedToolbox,
} from './testing/scripted-services';
import { depsFor, inbound, recordingJournal, recordingLive, turnFor } from './testing/turn';
import { remember } from './tokens';

type Tools = Parameters<typeof startToolbox>[0];

let gateway: ScriptedGateway;
let toolbox: ScriptedToolbox;
let deps: AgentDependencies & { close(): void };

const open = async (scripts: readonly ChatScript[], tools: Tools = {}, config: Readonly<Record<string, unknown>> = {}): Promise<void> => {
  gateway = await startGateway(scripts);
  toolbox = await startToolbox(tools);
  deps = depsFor({ gateway: gateway.address, toolbox: toolbox.address }, config);
};

afterEach(() => {
  const { unexpected } = gateway;
  deps.close();
  gateway.stop();
  toolbox.stop();
  expect(unexpected).toBe(0);
});

const textOf = ({ replies }: Outcome): string => replies.flatMap(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : ''))).join('\n');
const shape = (messages: readonly HistoryMessage[]): readonly string[] =>
  messages.map(({ role, parts }) => `${role}:${parts.map(({ type }) => type).join('+')}`);
const resultsOf = (messages: readonly HistoryMessage[]) => messages.flatMap(({ parts }) => parts.filter((part) => part.type === 'tool-result'));

const modelStep = (
  list: readonly { readonly id: string; readonly name: string; readonly arguments: string }[],
  external: readonly string[] = [],
  text = '',
): StepRecord => ({
  v: 1,
  turnId: 'turn1',
  inSeq: 1,
  at: 1,
  epoch: 1,
  after: 0,
  kind: 'step',
  step: 0,
  of: 'model',
  message: remember(
    { role: 'assistant', parts: [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...list.map((call) => ({ type: 'tool-call' as const, ...call }))] },
    1,
  ),
  external,
  usage: { inputTokens: 3, outputTokens: 2 },
});
const toolStep = (list: readonly { readonly id: string; readonly content: string }[]): StepRecord => ({
  v: 1,
  turnId: 'turn1',
  inSeq: 1,
  at: 1,
  epoch: 1,
  after: 0,
  kind: 'step',
  step: 1,
  of: 'tool',
  messages: list.map(({ id, content }) => remember({ role: 'tool', parts: [{ type: 'tool-result', id, content }] }, 1)),
});

const add = { id: 'c1', name: 'add', arguments: '{"a":1}' };

describe('an answer without tools', () => {
  it('is streamed, returned whole and remembered after the person’s message', async () => {
    await open([says('Hello, this is the answer.')]);
    const live = recordingLive();
    const outcome = await runAgent(turnFor(inbound('Hi'), { live }), deps);
    expect(outcome).toMatchObject({ status: 'answered', model: 'demo/one', usage: { inputTokens: 10, outputTokens: 5 }, session: { agent: 'default' } });
    expect(textOf(outcome)).toBe('Hello, this is the answer.');
    expect(shape(outcome.history)).toEqual(['user:text', 'assistant:text']);
    expect(live.snapshots.length).toBeGreaterThan(0);
    for (const snapshot of live.snapshots) expect('Hello, this is the answer.'.startsWith(snapshot)).toBe(true);
    expect(outcome.waitedMs).toBeGreaterThan(0);
  });

  it('asks with the agent’s task, the history, the person’s words and the agent’s model, under the turn’s trace', async () => {
    await open([says('ok')], {}, { agents: { default: { model: 'glm', system: 'You sell tea.', temperature: 0.2 } } });
    const history = [
      remember({ role: 'user', parts: [{ type: 'text', text: 'before' }] }, 1),
      remember({ role: 'assistant', parts: [{ type: 'text', text: 'yes' }] }, 2),
    ];
    const turn = turnFor(inbound('now'), { history });
    await runAgent(turn, deps);
    const [request] = gateway.requests;
    expect(request).toMatchObject({ model: 'glm', temperature: 0.2 });
    expect(request?.messages.map(({ role, parts }) => [role, parts[0]?.text])).toEqual([
      ['ROLE_SYSTEM', expect.stringMatching(/^You sell tea\.\n\nToday is .*20\d\d.* telegram/s)],
      ['ROLE_USER', 'before'],
      ['ROLE_ASSISTANT', 'yes'],
      ['ROLE_USER', 'now'],
    ]);
    expect(gateway.traceparents[0]).toContain(turn.span.traceId);
  });

  it('uses the model that the conversation was switched to', async () => {
    await open([says('ok')]);
    await runAgent(turnFor(inbound('hi'), { session: { window: 0, model: 'demo/two' } }), deps);
    expect(gateway.requests[0]?.model).toBe('demo/two');
  });

  it('names pictures and files in words, and the author in a group', async () => {
    await open([says('ok')]);
    const event = inbound('look', {
      kind: 'group',
      parts: [
        { type: 'text', text: 'look', format: 'plain' },
        { type: 'media', kind: 'image', media: { ref: 'blob:1', mime: 'image/png', name: 'cat.png', size: 2048 }, caption: 'my cat' },
      ],
    });
    await runAgent(turnFor(event), deps);
    expect(gateway.requests[0]?.messages.at(-1)?.parts[0]?.text).toBe('Ann: look\n[image: cat.png, image/png, 2 KB]\nmy cat');
  });

  it.each([
    ['LENGTH', 'en', /^Half\n\n\(The answer was cut off/],
    ['LENGTH', 'zh', /^Half\n\n（回答被截断/],
    ['CONTENT_FILTER', 'en', /^Half\n\n\(The model provider's content filter/],
    ['CONTENT_FILTER', 'zh', /^Half\n\n（回答被模型服务商的内容过滤/],
  ] as const)('says so when %s cut the answer (%s)', async (reason, language, expected) => {
    await open([says('Half', reason)]);
    const outcome = await runAgent(turnFor(inbound('hi'), { language }), deps);
    expect(outcome.status).toBe('answered');
    expect(textOf(outcome)).toMatch(expected);
  });

  it.each([
    ['STOP', 'upstream_empty', 'empty'],
    ['LENGTH', 'upstream_empty', 'noRoom'],
    ['CONTENT_FILTER', 'upstream_content_filter', 'filtered'],
  ] as const)('fails clearly when the answer is empty (%s)', async (reason, code, failure) => {
    await open([says('', reason)]);
    const outcome = await runAgent(turnFor(inbound('hi')), deps);
    expect(outcome).toMatchObject({ status: 'failed', error: { code } });
    expect(textOf(outcome)).toContain(FAILURES[failure].en);
    expect(shape(outcome.history)).toEqual(['user:text']);
  });
});

describe('tool calls', () => {
  it('run through the gate and the journal, and their results go back to the model', async () => {
    await open([calls([add], 'Let me see.'), says('It is 2.')], { add: { run: answers('2') } });
    const journal = recordingJournal();
    const live = recordingLive();
    const outcome = await runAgent(turnFor(inbound('1+1?'), { journal, live }), deps);
    expect(textOf(outcome)).toBe('Let me see.\n\nIt is 2.');
    expect(outcome).toMatchObject({ status: 'answered', usage: { inputTokens: 30, outputTokens: 12 } });
    expect(shape(outcome.history)).toEqual(['user:text', 'assistant:text+tool-call', 'tool:tool-result', 'assistant:text']);
    expect(journal.appended.map(({ of }) => of)).toEqual(['model', 'tool']);
    expect(toolbox.invocations).toEqual([
      expect.objectContaining({
        tool: 'add',
        arguments: '{"a":1}',
        idempotencyKey: 'turn1-0-0',
        caller: expect.objectContaining({ userId: '42', platform: 'telegram' }),
      }),
    ]);
    expect(live.tools.map(({ state, name }) => `${name} ${state}`)).toEqual(['add running', 'add done']);
    const second = gateway.requests[1]?.messages.slice(-2);
    expect(second?.map(({ role, parts }) => [role, parts.at(-1)?.toolCall?.id ?? parts.at(-1)?.toolResult?.content])).toEqual([
      ['ROLE_ASSISTANT', 'c1'],
      ['ROLE_TOOL', '2'],
    ]);
    expect(gateway.requests[0]?.tools.map(({ name, parameters }) => [name, parameters])).toEqual([['add', '{"type":"object"}']]);
  });

  it('of one round run side by side, at most four at once, and keep their order', async () => {
    const list = Array.from({ length: 6 }, (_, index) => ({ id: `c${index}`, name: 'add', arguments: `{"n":${index}}` }));
    const held: (() => void)[] = [];
    let arrived: (() => void) | undefined;
    const fourArrived = new Promise<void>((resolve) => (arrived = resolve));
    await open([calls(list), says('done')], {
      add: {
        run: (call) => {
          const answer = () => answers(call.request.arguments)(call);
          if (toolbox.invocations.length > 4) return answer();
          held.push(answer);
          if (held.length === 4) arrived?.();
        },
      },
    });
    // The newest is let go first, and each one that is done lets the next go.
    const release = () => held.pop()?.();
    const live = recordingLive(undefined, ({ state }) => void (state === 'done' && release()));
    const running = runAgent(turnFor(inbound('go'), { live }), deps);
    await fourArrived;
    // Whatever was sent together with the fourth call has arrived after this round trip.
    const other = depsFor({ gateway: gateway.address, toolbox: toolbox.address });
    await other.toolbox.list({ deadline: Date.now() + 5_000, signal: new AbortController().signal, traceparent: '' });
    other.close();
    expect(toolbox.invocations.length).toBe(4);
    release();
    const outcome = await running;
    expect(resultsOf(outcome.history).map(({ content }) => content)).toEqual(list.map(({ arguments: args }) => args));
    expect(live.tools.filter(({ state }) => state === 'done').map(({ callId }) => callId)[0]).toBe('c3');
    expect(new Set(toolbox.invocations.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(6);
  });

  it('of an unknown name or with broken arguments become errors for the model, and nothing is invoked', async () => {
    await open(
      [
        calls([
          { id: 'x', name: 'nothing', arguments: '{}' },
          { id: 'y', name: 'add', arguments: '{"a":' },
        ]),
        says('sorry'),
      ],
      { add: { run: answers('2') } },
    );
    const outcome = await runAgent(turnFor(inbound('go')), deps);
    expect(toolbox.invocations).toEqual([]);
    expect(resultsOf(outcome.history).map(({ isError, content }) => [isError, content])).toEqual([
      [true, expect.stringMatching(/There is no tool named.*nothing.*add/s)],
      [true, expect.stringContaining('not a JSON object')],
    ]);
    expect(outcome.status).toBe('answered');
  });

  it('that the gate denies are neither offered nor run, whatever the model asks', async () => {
    await open([calls([{ id: 'x', name: 'mail', arguments: '{}' }]), says('I may not.')], {
      mail: { facts: { risk: 'message-others', effects: 'external', retrySafe: false }, run: answers('sent') },
      add: { run: answers('2') },
    });
    const live = recordingLive();
    const journal = recordingJournal();
    const outcome = await runAgent(turnFor(inbound('go'), { live, journal }), deps);
    expect(gateway.requests[0]?.tools.map(({ name }) => name)).toEqual(['add']);
    expect(toolbox.invocations).toEqual([]);
    expect(journal.appended[0]).toMatchObject({ of: 'model', external: [] });
    expect(live.tools.map(({ state }) => state)).toEqual(['denied']);
    expect(resultsOf(outcome.history)[0]?.content).toContain('tool_denied');
  });

  it('with an effect outside are journaled as intents before they run', async () => {
    let journaledBefore: readonly string[] = [];
    const journal = recordingJournal();
    await open([calls([add, { id: 'c2', name: 'book', arguments: '{}' }]), says('done')], {
      add: { run: answers('2') },
      book: {
        facts: { effects: 'external', risk: 'write', retrySafe: false },
        run: (call) => {
          journaledBefore = journal.appended.flatMap((entry) => (entry.of === 'model' ? entry.external : []));
          answers('booked')(call);
        },
      },
    });
    await runAgent(turnFor(inbound('go'), { journal }), deps);
    expect(journaledBefore).toEqual(['c2']);
  });

  it('that fail or time out are told to the model by code', async () => {
    await open(
      [
        calls([
          { id: 'a', name: 'bad', arguments: '{}' },
          { id: 'b', name: 'slow', arguments: '{}' },
        ]),
        says('sorry'),
      ],
      {
        bad: {
          run: (call) => (
            call.write({
              result: { ok: false, content: '', truncated: false, error: { code: 'tool_failed', message: 'no such city', hint: '', retryable: false } },
            }),
            call.end()
          ),
        },
        slow: { facts: { timeoutMs: -900 }, run: () => undefined },
      },
    );
    const outcome = await runAgent(turnFor(inbound('go')), deps);
    expect(resultsOf(outcome.history).map(({ content }): unknown => JSON.parse(content))).toEqual([
      expect.objectContaining({ status: 'error', code: 'tool_failed', message: 'no such city' }),
      expect.objectContaining({ status: 'error', code: 'tool_timeout' }),
    ]);
  });

  it('that are lost on the way are repeated with the same key when that is harmless', async () => {
    let attempts = 0;
    await open([calls([add]), says('ok')], {
      add: { run: (call) => (attempts++ === 0 ? call.emit('error', { code: 14, details: 'gone' }) : answers('2')(call)) },
    });
    const outcome = await runAgent(turnFor(inbound('go')), deps);
    expect(resultsOf(outcome.history)[0]?.content).toBe('2');
    expect(toolbox.invocations.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['turn1-0-0', 'turn1-0-0']);
  });

  it('that are lost on the way and must not be repeated have an unknown outcome', async () => {
    await open([calls([{ id: 'c', name: 'book', arguments: '{}' }]), says('please check')], {
      book: { facts: { effects: 'external', risk: 'write', retrySafe: false }, run: (call) => call.emit('error', { code: 14, details: 'gone' }) },
    });
    const outcome = await runAgent(turnFor(inbound('go')), deps);
    expect(toolbox.invocations.length).toBe(1);
    expect(JSON.parse(resultsOf(outcome.history)[0]?.content ?? '')).toMatchObject({ status: 'outcome_unknown' });
  });

  it('end the turn when the steps are used up', async () => {
    await open([calls([add]), calls([{ ...add, id: 'c2' }])], { add: { run: answers('2') } }, { agents: { default: { max_steps: 2 } } });
    const outcome = await runAgent(turnFor(inbound('go')), deps);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'steps_exceeded' } });
    expect(textOf(outcome)).toContain(FAILURES.steps.en);
    expect(toolbox.invocations.length).toBe(1);
    expect(shape(outcome.history)).toEqual(['user:text', 'assistant:tool-call', 'tool:tool-result']);
  });

  it('end the turn when the tool calls are used up', async () => {
    await open([calls([add]), calls([{ ...add, id: 'c2' }])], { add: { run: answers('2') } }, { agents: { default: { max_tool_calls: 1 } } });
    expect(await runAgent(turnFor(inbound('go')), deps)).toMatchObject({ status: 'failed', error: { code: 'steps_exceeded' } });
    expect(toolbox.invocations.length).toBe(1);
  });

  it('are not there when the toolbox is down, and the answer still is', async () => {
    await open([says('without tools')], { add: { run: answers('2') } });
    toolbox.stop();
    expect(textOf(await runAgent(turnFor(inbound('go')), deps))).toBe('without tools');
    expect(gateway.requests[0]?.tools).toEqual([]);
  });
});

describe('a turn taken over from another owner', () => {
  it('takes recorded answers and results as they are', async () => {
    await open([says('It is 2.')], { add: { run: answers('other') } });
    const journal = recordingJournal([modelStep([add]), toolStep([{ id: 'c1', content: '2' }])]);
    const outcome = await runAgent(turnFor(inbound('1+1?'), { journal }), deps);
    expect(toolbox.invocations).toEqual([]);
    expect(journal.appended).toEqual([]);
    expect(gateway.requests.length).toBe(1);
    expect(gateway.requests[0]?.messages.slice(-2).map(({ parts }) => parts[0]?.toolCall?.id ?? parts[0]?.toolResult?.content)).toEqual(['c1', '2']);
    expect(outcome.usage).toEqual({ inputTokens: 13, outputTokens: 7 });
  });

  it('runs calls without a recorded result again with the same key, and calls with an effect outside never', async () => {
    await open([says('done')], {
      add: { run: answers('2') },
      book: { facts: { effects: 'external', risk: 'write', retrySafe: false }, run: answers('booked') },
      order: { facts: { effects: 'external', risk: 'write', retrySafe: true }, run: answers('ordered') },
    });
    const recorded = [
      modelStep([{ id: 'first', name: 'add', arguments: '{}' }]),
      toolStep([{ id: 'first', content: '1' }]),
      modelStep(
        [
          { id: 'c2', name: 'book', arguments: '{}' },
          { ...add, id: 'c3' },
          { id: 'c4', name: 'order', arguments: '{}' },
        ],
        ['c2', 'c4'],
      ),
    ];
    const journal = recordingJournal(recorded);
    const outcome = await runAgent(turnFor(inbound('go'), { journal }), deps);
    expect(toolbox.invocations.map(({ tool, idempotencyKey }) => [tool, idempotencyKey])).toEqual([
      ['add', 'turn1-1-1'],
      ['order', 'turn1-1-2'],
    ]);
    expect(journal.appended.map(({ of }) => of)).toEqual(['tool']);
    const results = resultsOf(outcome.history).map(({ content }) => content);
    expect(JSON.parse(results[1] ?? '')).toMatchObject({ status: 'outcome_unknown' });
    expect(results).toEqual(['1', results[1], '2', 'ordered']);
  });

  it('answers a started call of a tool that is gone with an unknown outcome', async () => {
    await open([says('done')]);
    const outcome = await runAgent(
      turnFor(inbound('go'), { journal: recordingJournal([modelStep([{ id: 'c', name: 'book', arguments: '{}' }], ['c'])]) }),
      deps,
    );
    expect(JSON.parse(resultsOf(outcome.history)[0]?.content ?? '')).toMatchObject({ status: 'outcome_unknown' });
  });
});

describe('an aborted turn', () => {
  const hangsAfter =
    (text: string): ChatScript =>
    (call) => {
      call.write(events.started);
      call.write(events.text(text));
    };

  it('commits what was shown when the person asked to stop, and the gateway hears of it', async () => {
    await open([hangsAfter('Once upon a time')]);
    const stop = new AbortController();
    const live = recordingLive(() => stop.abort('asked'));
    const outcome = await runAgent(turnFor(inbound('a story'), { signal: stop.signal, live }), deps);
    expect(outcome.status).toBe('stopped');
    expect(textOf(outcome)).toBe('Once upon a time\n\n(Stopped.)');
    expect(outcome.history.at(-1)?.parts).toEqual([{ type: 'text', text: 'Once upon a time\n[interrupted]' }]);
    await gateway.cancelled(0);
  });

  it('keeps the results there are when it is stopped among its tools', async () => {
    const stop = new AbortController();
    await open([calls([add, { id: 'c2', name: 'hang', arguments: '{}' }])], { add: { run: answers('2') }, hang: { run: () => stop.abort('asked') } });
    const journal = recordingJournal();
    const outcome = await runAgent(turnFor(inbound('go'), { signal: stop.signal, journal }), deps);
    expect(outcome.status).toBe('stopped');
    expect(shape(outcome.history)).toEqual(['user:text', 'assistant:tool-call+tool-call', 'tool:tool-result', 'tool:tool-result']);
    expect(journal.appended.map(({ of }) => of)).toEqual(['model']);
  });

  it.each(['drain', 'lease-lost'])('is thrown on when the reason is %s: nothing of it may be committed', async (reason) => {
    await open([hangsAfter('Once')]);
    const stop = new AbortController();
    const live = recordingLive(() => stop.abort(reason));
    await expect(runAgent(turnFor(inbound('a story'), { signal: stop.signal, live }), deps)).rejects.toMatchObject({ code: 'draining' });
    await gateway.cancelled(0);
  });

  it('throws on what the journal throws', async () => {
    await open([calls([add])], { add: { run: answers('2') } });
    class LaneConflict extends Error {}
    const conflict = new LaneConflict('another owner');
    await expect(runAgent(turnFor(inbound('go'), { journal: recordingJournal([], { append: 0, error: conflict }) }), deps)).rejects.toBe(conflict);
    expect(toolbox.invocations).toEqual([]);
  });
});

describe('a failure', () => {
  const codes = Object.keys(ERRORS).filter(isErrorCode);

  it.each(codes.flatMap((code) => (['en', 'zh'] as const).map((language) => [code, language] as const)))(
    '%s is told in one clear message (%s)',
    async (code: ErrorCode, language) => {
      await open([failsWith(code)]);
      const turn = turnFor(inbound('hi'), { language });
      const outcome = await runAgent(turn, deps);
      expect(outcome).toMatchObject({ status: 'failed', error: { code } });
      const text = textOf(outcome);
      expect(text).toContain(FAILURES[failureOf(code)][language]);
      expect(text).toContain(turn.span.traceId);
      expect(text).not.toContain('vendor');
      if (language === 'en') expect(text).not.toMatch(/\p{Script=Han}/u);
      expect(shape(outcome.history)).toEqual(['user:text']);
    },
  );

  it('keeps what was shown and marks it as incomplete', async () => {
    await open([failsWith('upstream_reset', 'The first half')]);
    const outcome = await runAgent(turnFor(inbound('hi')), deps);
    expect(textOf(outcome)).toMatch(/^The first half\n\n\(The answer above is incomplete\.\)\n\nThe model provider broke off/);
    expect(outcome.history.at(-1)?.parts).toEqual([{ type: 'text', text: 'The first half\n[interrupted]' }]);
  });

  it('with a known time says when to try again', async () => {
    await open([failsWith('upstream_rate_limited', '', 30)]);
    expect(textOf(await runAgent(turnFor(inbound('hi')), deps))).toContain('(in about 30 s)');
  });

  it('is seen when the stream ends without an end', async () => {
    await open([(call) => (call.write(events.started), call.write(events.text('Half')), call.end())]);
    expect(await runAgent(turnFor(inbound('hi')), deps)).toMatchObject({ status: 'failed', error: { code: 'upstream_truncated' } });
  });

  it('is seen when the model runs wild', async () => {
    await open([(call) => (call.write(events.started), call.write(events.text('x'.repeat(100_001))))]);
    expect(await runAgent(turnFor(inbound('hi')), deps)).toMatchObject({ status: 'failed', error: { code: 'upstream_error' } });
    await gateway.cancelled(0);
  });

  it('of the gateway itself is ours to tell', async () => {
    await open([]);
    gateway.stop();
    const outcome = await runAgent(turnFor(inbound('hi'), { language: 'zh' }), deps);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'gateway_unavailable' } });
    expect(textOf(outcome)).toContain(FAILURES.gateway.zh);
  });

  it('to finish in the agent’s time is told as ours', async () => {
    await open([() => undefined], {}, { agents: { default: { timeout_ms: 1000 } } });
    const outcome = await runAgent(turnFor(inbound('hi')), deps);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'deadline_exceeded' } });
    expect(textOf(outcome)).toContain(FAILURES.ownTime.en);
  });

  it('of the set-up is told when a route names no agent', async () => {
    await open([], {}, { routes: [{ when: { platform: 'telegram' }, agent: 'nobody' }] });
    expect(await runAgent(turnFor(inbound('hi')), deps)).toMatchObject({ status: 'failed', error: { code: 'config_invalid' } });
  });

  it('of a gateway that restarts costs a pause, not the answer', async () => {
    let first = true;
    const flaky: ChatScript = (call) => {
      if (first) call.emit('error', { code: 14, details: 'connection lost' });
      first = false;
    };
    await open([flaky, says('here I am')]);
    expect(textOf(await runAgent(turnFor(inbound('hi')), deps))).toBe('here I am');
  });
});
