/** An error as OpenAI's interface words it. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly param: string | null;
  readonly code: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const refuse = (message: string, param: string | null, code: string | null = null, status = 400): Refusal => ({ status, message, param, code });

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];
const PARTS: Readonly<Record<string, readonly string[]>> = {
  system: ['text'],
  developer: ['text'],
  user: ['text', 'image_url', 'input_audio', 'file'],
  assistant: ['text', 'refusal'],
  tool: ['text'],
};
const TOP_LEVEL = new Set([
  ...['model', 'messages', 'stream', 'stream_options', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'max_tokens', 'max_completion_tokens'],
  ...[
    'temperature',
    'top_p',
    'frequency_penalty',
    'presence_penalty',
    'stop',
    'seed',
    'n',
    'reasoning_effort',
    'user',
    'logprobs',
    'top_logprobs',
    'logit_bias',
  ],
  ...[
    'metadata',
    'store',
    'service_tier',
    'modalities',
    'audio',
    'prediction',
    'functions',
    'function_call',
    'verbosity',
    'prompt_cache_key',
    'safety_identifier',
    'web_search_options',
  ],
]);

/** What OpenAI would refuse about a chat request; undefined where it would not. */
export const refusalOfChat = (body: unknown, models: readonly string[] | undefined): Refusal | undefined => {
  if (!isFields(body)) return refuse('We could not parse the JSON body of your request.', null);
  const { model, messages } = body;
  if (typeof model !== 'string' || model === '') return refuse('you must provide a model parameter', null);
  if (models !== undefined && !models.includes(model))
    return refuse(`The model \`${model}\` does not exist or you do not have access to it.`, null, 'model_not_found', 404);
  if (!Array.isArray(messages)) return refuse("Missing required parameter: 'messages'.", 'messages', 'missing_required_parameter');
  if (messages.length === 0)
    return refuse("Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", 'messages', 'empty_array');
  const unknown = Object.keys(body).find((key) => !TOP_LEVEL.has(key));
  if (unknown !== undefined) return refuse(`Unrecognized request argument supplied: ${unknown}`, null);
  return refusalOfMessages(messages) ?? refusalOfOptions(body);
};

const refusalOfMessages = (messages: readonly unknown[]): Refusal | undefined => {
  let open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    const at = `messages.[${index}]`;
    if (!isFields(message)) return refuse(`Invalid type for '${at}': expected an object.`, at, 'invalid_type');
    const role = message['role'];
    if (typeof role !== 'string' || !ROLES.includes(role))
      return refuse(`Invalid value: '${String(role)}'. Supported values are: ${ROLES.map((known) => `'${known}'`).join(', ')}.`, `${at}.role`, 'invalid_value');
    if (role === 'tool') {
      const id = message['tool_call_id'];
      if (typeof id !== 'string') return refuse(`Missing parameter '${at}.tool_call_id'.`, `${at}.tool_call_id`, 'missing_required_parameter');
      if (!open.delete(id))
        return refuse("Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.", `${at}.role`);
    } else if (open.size > 0) {
      return refuse(
        `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`,
        `messages.[${index}].role`,
      );
    }
    const content = refusalOfContent(message, role, at);
    if (content !== undefined) return content;
    if (role === 'assistant') {
      const calls = refusalOfCalls(message['tool_calls'], at);
      if (calls !== undefined) return calls;
      open = new Set(listOf(message['tool_calls']).flatMap((call) => (isFields(call) && typeof call['id'] === 'string' ? [call['id']] : [])));
    }
  }
  return open.size === 0
    ? undefined
    : refuse("An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.", 'messages');
};

const refusalOfCalls = (calls: unknown, at: string): Refusal | undefined => {
  if (calls === undefined || calls === null) return undefined;
  if (!Array.isArray(calls) || calls.length === 0) return refuse(`Invalid '${at}.tool_calls': empty array.`, `${at}.tool_calls`, 'empty_array');
  for (const [index, call] of calls.entries()) {
    const part = `${at}.tool_calls[${index}]`;
    if (!isFields(call) || typeof call['id'] !== 'string')
      return refuse(`Missing required parameter: '${part}.id'.`, `${part}.id`, 'missing_required_parameter');
    if (call['type'] !== 'function') return refuse(`Missing required parameter: '${part}.type'.`, `${part}.type`, 'missing_required_parameter');
    const fn = call['function'];
    if (!isFields(fn) || typeof fn['name'] !== 'string' || typeof fn['arguments'] !== 'string')
      return refuse(`Missing required parameter: '${part}.function'.`, `${part}.function`, 'missing_required_parameter');
  }
  return undefined;
};

const refusalOfContent = (message: Fields, role: string, at: string): Refusal | undefined => {
  const { content } = message;
  const mayBeEmpty =
    role === 'assistant' && (message['tool_calls'] !== undefined || message['refusal'] !== undefined || message['function_call'] !== undefined);
  if (content === undefined || content === null)
    return mayBeEmpty ? undefined : refuse(`Invalid value for 'content': expected a string, got null.`, `${at}.content`);
  if (typeof content === 'string') return undefined;
  if (!Array.isArray(content))
    return refuse(`Invalid type for '${at}.content': expected one of a string or array of objects.`, `${at}.content`, 'invalid_type');
  for (const [index, part] of content.entries()) {
    const type = isFields(part) ? part['type'] : undefined;
    if (typeof type !== 'string' || !(PARTS[role] ?? []).includes(type)) {
      return refuse(
        `Invalid value: '${String(type)}'. Supported values are: ${(PARTS[role] ?? []).map((known) => `'${known}'`).join(', ')}.`,
        `${at}.content[${index}].type`,
        'invalid_value',
      );
    }
    const image = isFields(part) ? part['image_url'] : undefined;
    if (type === 'image_url' && !(isFields(image) && typeof image['url'] === 'string' && /^(?:https?:|data:image\/)/.test(image['url']))) {
      return refuse(
        'Invalid image_url: expected a base64-encoded data URL with an image MIME type or a http(s) URL.',
        `${at}.content[${index}].image_url`,
        'invalid_value',
      );
    }
  }
  return undefined;
};

const within = (value: unknown, low: number, high: number): boolean =>
  value === undefined || value === null || (typeof value === 'number' && value >= low && value <= high);

const refusalOfOptions = (body: Fields): Refusal | undefined => {
  if (body['stream_options'] !== undefined && body['stream_options'] !== null && body['stream'] !== true) {
    return refuse("The 'stream_options' parameter is only allowed when 'stream' is enabled.", 'stream_options');
  }
  if (!within(body['temperature'], 0, 2)) return refuse(`Invalid 'temperature': expected a value between 0 and 2.`, 'temperature', 'decimal_above_max_value');
  if (!within(body['top_p'], 0, 1)) return refuse(`Invalid 'top_p': expected a value between 0 and 1.`, 'top_p', 'decimal_above_max_value');
  if (!within(body['n'], 1, 128)) return refuse(`Invalid 'n': expected a value between 1 and 128.`, 'n', 'integer_above_max_value');
  if (body['max_tokens'] !== undefined && body['max_completion_tokens'] !== undefined)
    return refuse('Setting max_tokens and max_completion_tokens at the same time is not supported.', 'max_tokens');
  const { tools } = body;
  if (tools === undefined || tools === null)
    return body['tool_choice'] === undefined
      ? undefined
      : refuse("Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", 'tool_choice');
  if (!Array.isArray(tools) || tools.length === 0) return refuse("Invalid 'tools': empty array.", 'tools', 'empty_array');
  for (const [index, tool] of tools.entries()) {
    const fn = isFields(tool) ? tool['function'] : undefined;
    if (!isFields(fn) || typeof fn['name'] !== 'string')
      return refuse(`Missing required parameter: 'tools[${index}].function'.`, `tools[${index}].function`, 'missing_required_parameter');
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(fn['name']))
      return refuse(`Invalid 'tools[${index}].function.name': string does not match pattern.`, `tools[${index}].function.name`, 'invalid_value');
    if (fn['parameters'] !== undefined && !(isFields(fn['parameters']) && (fn['parameters']['type'] === 'object' || fn['parameters']['type'] === undefined))) {
      return refuse(
        `Invalid schema for function '${fn['name']}': schema must be a JSON Schema of 'type: "object"'.`,
        `tools[${index}].function.parameters`,
        'invalid_function_parameters',
      );
    }
  }
  return undefined;
};
