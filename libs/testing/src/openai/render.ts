import type { Manner, Said, ScriptedCall } from './script';
import { isFields } from './validate';

/** A request that was accepted. */
export interface Asked {
  readonly model: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly choices: number;
  readonly messages: readonly unknown[];
}

export const askedOf = (body: unknown): Asked => {
  const fields = isFields(body) ? body : {};
  const options = fields['stream_options'];
  return {
    model: typeof fields['model'] === 'string' ? fields['model'] : '',
    stream: fields['stream'] === true,
    includeUsage: isFields(options) && options['include_usage'] === true,
    choices: typeof fields['n'] === 'number' ? fields['n'] : 1,
    messages: Array.isArray(fields['messages']) ? fields['messages'] : [],
  };
};

/** All text of a message. */
export const textOf = (message: unknown): string => {
  const content = isFields(message) ? message['content'] : undefined;
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part) => (isFields(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('') : '';
};

export const lastOf = (messages: readonly unknown[], role: string): unknown => messages.findLast((message) => isFields(message) && message['role'] === role);

interface Content {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly Required<ScriptedCall>[];
  readonly finish: string;
}

/** The words of an answer: a function of the request alone. */
export const contentOf = (said: Said, { messages }: Asked): Content => {
  switch (said.type) {
    case 'text':
      return { text: said.text, reasoning: said.reasoning ?? '', calls: [], finish: said.finish ?? 'stop' };
    case 'tools': {
      const calls = said.calls.map((call, index) => ({ id: `call_${index}_${call.name}`, ...call }));
      return { text: said.text ?? '', reasoning: '', calls, finish: said.finish ?? 'tool_calls' };
    }
    case 'echo': {
      const last = messages.at(-1);
      const fromTool = isFields(last) && last['role'] === 'tool';
      return { text: fromTool ? `tool said: ${textOf(last)}` : `echo: ${textOf(lastOf(messages, 'user'))}`, reasoning: '', calls: [], finish: 'stop' };
    }
  }
};

const tokens = (text: string): number => Math.ceil(text.length / 4);

const usageOf = (asked: Asked, content: Content) => {
  const prompt = asked.messages.reduce<number>((sum, message) => sum + tokens(textOf(message)) + 4, 3);
  const completion = asked.choices * (tokens(content.text + content.reasoning) + content.calls.reduce((sum, call) => sum + tokens(call.arguments) + 4, 0));
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
};

const head = (asked: Asked, id: string, object: string) => ({ id, object, created: 1_700_000_000, model: asked.model });

/** A whole answer. */
export const completion = (said: Said, asked: Asked, id: string): object => {
  const content = contentOf(said, asked);
  const message = {
    role: 'assistant',
    content: content.text === '' && content.calls.length > 0 ? null : content.text,
    refusal: null,
    ...(content.reasoning === '' ? {} : { reasoning_content: content.reasoning }),
    ...(content.calls.length === 0 ? {} : { tool_calls: content.calls.map(wireCall) }),
  };
  const choices = Array.from({ length: asked.choices }, (_, index) => ({ index, message, logprobs: null, finish_reason: content.finish }));
  return { ...head(asked, id, 'chat.completion'), choices, usage: usageOf(asked, content), system_fingerprint: 'fp_fake' };
};

const wireCall = (call: Required<ScriptedCall>) => ({ id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } });

/** The chunks of a stream, without its ending. */
export const chunks = (said: Said, asked: Asked, id: string, manner: Manner): readonly object[] => {
  const content = contentOf(said, asked);
  const { usage: place = 'chunk' } = manner;
  const usage = usageOf(asked, content);
  const deltas = deltasOf(content, manner);
  const kept = manner.endAfter === undefined ? deltas : deltas.slice(0, manner.endAfter + 1);
  const base = head(asked, id, 'chat.completion.chunk');
  const everywhere = place === 'every' ? { usage } : asked.includeUsage && place === 'chunk' ? { usage: null } : {};
  const choice = (index: number, delta: object, finish: string | null) => ({
    ...base,
    choices: [{ index, delta, logprobs: null, finish_reason: finish }],
    ...everywhere,
  });
  const spoken = kept.flatMap((delta) => Array.from({ length: asked.choices }, (_, index) => choice(index, delta, null)));
  if (manner.endAfter !== undefined || manner.omitFinish === true) return spoken;
  const finishes = Array.from({ length: asked.choices }, (_, index) => ({ ...choice(index, {}, content.finish), ...(place === 'in-finish' ? { usage } : {}) }));
  const own = asked.includeUsage && place === 'chunk' ? [{ ...base, choices: [], usage }] : [];
  return [...spoken, ...finishes, ...own];
};

const deltasOf = (content: Content, manner: Manner): readonly object[] => {
  const words = (text: string): readonly string[] => text.match(/\s*\S+\s*/g) ?? (text === '' ? [] : [text]);
  const place = (index: number) => (manner.omitIndex === true ? {} : { index });
  const starts = content.calls.map((call, index) => ({
    tool_calls: [{ ...place(index), id: call.id, type: 'function', function: { name: call.name, arguments: '' } }],
  }));
  const pieces = content.calls.map((call, index) =>
    (call.arguments.match(/.{1,5}/gs) ?? []).map((text) => ({ tool_calls: [{ ...place(index), function: { arguments: text } }] })),
  );
  const calls = manner.interleaved === true ? [...starts, ...takingTurns(pieces)] : starts.flatMap((start, index) => [start, ...(pieces[index] ?? [])]);
  return [
    { role: 'assistant', content: '', refusal: null },
    ...words(content.reasoning).map((text) => ({ reasoning_content: text })),
    ...words(content.text).map((text) => ({ content: text })),
    ...calls,
  ];
};

const takingTurns = <T>(lists: readonly (readonly T[])[]): readonly T[] => {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat();
};
