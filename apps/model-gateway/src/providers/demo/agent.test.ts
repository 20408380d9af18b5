import type { ChatMessage, ChatRequest, ToolDefinition } from '@assistant/contracts';
import { nextStep } from './agent';

const NOW = Date.UTC(2026, 10, 23, 12);

const tool = (name: string, properties: Readonly<Record<string, string>>, required: readonly string[]): ToolDefinition => ({
  name,
  description: name,
  parameters: JSON.stringify({ type: 'object', properties: Object.fromEntries(Object.entries(properties).map(([key, type]) => [key, { type }])), required }),
});

const TOOLS = [
  tool('calculate', { expression: 'string' }, ['expression']),
  tool('current_time', { time_zone: 'string', when: 'string', until: 'string' }, []),
  tool('web_fetch', { url: 'string', start: 'integer' }, ['url']),
  tool('fs_read', { path: 'string' }, ['path']),
  tool('fs_write', { path: 'string', content: 'string' }, ['path', 'content']),
  tool('fs_find', { glob: 'string' }, ['glob']),
  tool('table_query', { query: 'string', path: 'string' }, ['query']),
  tool('reminder_create', { when: 'string', message: 'string' }, ['when', 'message']),
  tool('shout', { text: 'string' }, ['text']),
];

const user = (text: string): ChatMessage => ({ role: 'user', parts: [{ type: 'text', text }] });
const step = (text: string, more: Partial<ChatRequest> = {}) => nextStep({ model: '', messages: [user(text)], tools: TOOLS, ...more }, () => NOW);
const called = (text: string, more: Partial<ChatRequest> = {}) => {
  const found = step(text, more);
  return found.type === 'call' ? found.calls.map((call) => [call.name, call.arguments]) : found.text;
};

test.each([
  ['what is 12 * (3 + 4)?', '12 * (3 + 4)'],
  ['12 plus 30', '12 + 30'],
  ['What is 7 times 6?', '7 * 6'],
  ['calculate 1,234.5 / 5', '1234.5 / 5'],
  ['15% of 80', '15% of 80'],
  ['square root of 144', 'sqrt(144)'],
  ['what is the square root of 144', 'sqrt(144)'],
  ['sqrt(2) + 1', 'sqrt(2) + 1'],
  ['2^200', '2^200'],
  ['convert 5 miles to km', '5 miles to km'],
  ['how many km are in 5 miles', '5 miles to km'],
  ['70 degF to degC', '70 degF to degC'],
  ['what is 20 degrees celsius in fahrenheit?', '20 degC to degF'],
  ['12加30等于多少', '12+30'],
  ['计算 3 乘以 4', '3 * 4'],
  ['帮我算一下 (2+3)*4', '(2+3)*4'],
  ['5英里等于多少公里', '5 mile to km'],
  ['100 ÷ 8 = ?', '100 / 8'],
  ['Anna: 3+4', '3+4'],
])('%s is calculated', (text, expression) => {
  expect(called(text)).toEqual([['calculate', { expression }]]);
});

test.each([
  ['what time is it?', {}],
  ['What time is it in Tokyo?', { time_zone: 'Tokyo' }],
  ["what's the date today", {}],
  ['现在几点', {}],
  ['东京现在几点？', { time_zone: 'Asia/Tokyo' }],
  ['今天星期几', {}],
  ['how many days until Christmas?', { until: '2026-12-25' }],
  ['距离元旦还有多少天', { until: '2027-01-01' }],
  ['what date is in 3 weeks?', { when: 'in 3 weeks' }],
])('%s asks the clock', (text, args) => {
  expect(called(text)).toEqual([['current_time', args]]);
});

test.each([
  ['open https://example.com/a?b=c.', 'web_fetch', { url: 'https://example.com/a?b=c' }],
  ['summarize https://example.com', 'web_fetch', { url: 'https://example.com' }],
  ['打开 https://example.com/页', 'web_fetch', { url: 'https://example.com/页' }],
  ['read example.com', 'web_fetch', { url: 'example.com' }],
  ['read the file notes.txt', 'fs_read', { path: 'notes.txt' }],
  ['读取 docs/a.md', 'fs_read', { path: 'docs/a.md' }],
  ['write hello world to notes.txt', 'fs_write', { path: 'notes.txt', content: 'hello world' }],
  ['把 你好 写到 notes.txt', 'fs_write', { path: 'notes.txt', content: '你好' }],
  ['find files *.csv', 'fs_find', { glob: '*.csv' }],
  ['list all csv files', 'fs_find', { glob: '*.csv' }],
  ['select count(*) from sales.csv', 'table_query', { query: 'select count(*) from sales.csv', path: 'sales.csv' }],
  ['remind me to stretch in 10 minutes', 'reminder_create', { when: 'in 10 minutes', message: 'stretch' }],
  ['remind me tomorrow at 5pm to call Bob', 'reminder_create', { when: 'tomorrow at 5pm', message: 'call Bob' }],
  ['10分钟后提醒我开会', 'reminder_create', { when: '10分钟后', message: '开会' }],
  ['提醒我明天下午3点交报告', 'reminder_create', { when: '明天下午3点', message: '交报告' }],
  ['/tool shout {"text":"hi"}', 'shout', { text: 'hi' }],
  ['/tool shout hi there', 'shout', { text: 'hi there' }],
  ['use the tool shout with text=hi', 'shout', { text: 'hi' }],
  ['调用工具 shout {"text":"你好"}', 'shout', { text: '你好' }],
])('%s uses %s', (text, name, args) => {
  expect(called(text)).toEqual([[name, args]]);
});

test('several named tools are called together', () => {
  expect(called('/tool shout {"text":"a"}\n/tool calculate {"expression":"1+1"}')).toEqual([
    ['shout', { text: 'a' }],
    ['calculate', { expression: '1+1' }],
  ]);
});

test.each([
  ['write me a poem about 2 + 2', 'language model'],
  ['translate "good morning" to French', 'language model'],
  ['写一首关于春天的诗', '语言模型'],
  ['translate "what time is it" to French', 'language model'],
  ['把“现在几点”翻译成英文', '语言模型'],
  ['the weather is nice', 'did not understand'],
  ['hello', 'not a language model'],
  ['你好', '不是语言模型'],
  ['/tool missing {}', 'no tool `missing`'],
  ['/tool shout {"text":', 'must be a JSON object'],
])('%s is answered honestly and without a tool', (text, words) => {
  expect(called(text)).toEqual(expect.stringContaining(words));
});

test.each(['hello', 'write me a poem', '你好', '/tool missing {}'])('%s: the answer says that no language model is connected', (text) => {
  expect(called(text)).toMatch(/no language model is connected|未连接语言模型/);
});

test('a wish without its tool is answered with the tool that is missing', () => {
  expect(called('12 + 30', { tools: [] })).toEqual(expect.stringContaining('`calculate`'));
  expect(called('12 + 30', { toolChoice: { mode: 'none' } })).toEqual(expect.stringContaining('`calculate`'));
});

test('the tool that the caller insists on gets the text', () => {
  expect(called('loud', { toolChoice: { mode: 'tool', name: 'shout' } })).toEqual([['shout', { text: 'loud' }]]);
});

const afterTool = (said: string, name: string, args: string, content: string, isError = false): ChatRequest => ({
  model: '',
  tools: TOOLS,
  messages: [
    user(said),
    { role: 'assistant', parts: [{ type: 'tool-call', id: 'c1', name, arguments: args }] },
    { role: 'tool', parts: [{ type: 'tool-result', id: 'c1', content, ...(isError ? { isError } : {}) }] },
  ],
});

test('a result is repeated as it came, never calculated by the demo itself', () => {
  const found = nextStep(afterTool('12+30', 'calculate', '{"expression":"12+30"}', '41.999'), () => NOW);
  expect(found).toEqual({ type: 'say', text: expect.stringContaining('12+30 = **41.999**') });
});

test('a failed tool is reported in the language of the question', () => {
  expect(nextStep(afterTool('现在几点', 'current_time', '{}', 'no clock', true), () => NOW)).toEqual({
    type: 'say',
    text: expect.stringContaining('失败：no clock'),
  });
});

test('a follow-up goes on from the last sum', () => {
  const before = afterTool('12+30', 'calculate', '{"expression":"12+30"}', '42');
  const messages = [...before.messages, { role: 'assistant' as const, parts: [{ type: 'text' as const, text: '42' }] }, user('and times 3')];
  expect(nextStep({ ...before, messages }, () => NOW)).toEqual({ type: 'call', calls: [{ name: 'calculate', arguments: { expression: '(12+30) * 3' } }] });
});
