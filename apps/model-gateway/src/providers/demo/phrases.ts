import type { Language } from './language';

type Phrase = Readonly<Record<Language, string>>;

/** Everything the demo says, in both languages. `{…}` is filled in. */
export const PHRASES = {
  notice: {
    en: '_Demo: no language model is connected. I follow fixed rules and use tools._',
    zh: '_演示模式：未连接语言模型，我只按固定规则调用工具。_',
  },
  hello: { en: 'Hello! I am the built-in demo, not a language model.', zh: '你好！我是内置的演示助手，不是语言模型。' },
  cannot: {
    en: 'I cannot do that: writing, translating, summarising and free conversation need a language model, and none is connected.',
    zh: '这个我做不到：写作、翻译、总结和自由对话需要语言模型，而现在没有连接任何模型。',
  },
  notUnderstood: { en: 'I did not understand that; I only know a few fixed kinds of request.', zh: '我没有听懂；我只认识几类固定的请求。' },
  abilities: { en: 'What I can really do with the tools offered here:', zh: '借助这里提供的工具，我真正能做的有：' },
  noTools: { en: 'No tools are offered in this conversation, so there is nothing I can do here.', zh: '当前会话没有提供工具，所以我什么也做不了。' },
  otherTools: {
    en: 'Any other tool by its name: `/tool name {"field": "value"}`. Offered: {tools}.',
    zh: '按名称调用其他工具：`/tool 名称 {"字段": "值"}`。可用：{tools}。',
  },
  connect: {
    en: 'To talk to a real model, set a key (for example GLM_API_KEY) under model_providers.',
    zh: '要与真正的模型对话，请在 model_providers 下设置密钥（例如 GLM_API_KEY）。',
  },
  missingTool: { en: 'That needs the tool {tool}, which is not offered here.', zh: '这需要工具 {tool}，但这里没有提供。' },
  unknownTool: { en: 'There is no tool `{tool}` here. Offered: {tools}.', zh: '这里没有工具 `{tool}`。可用：{tools}。' },
  badArguments: {
    en: 'The arguments of `{tool}` must be a JSON object, for example: `/tool {tool} {"field": "value"}`.',
    zh: '`{tool}` 的参数必须是 JSON 对象，例如：`/tool {tool} {"字段": "值"}`。',
  },
  empty: { en: 'The message is empty.', zh: '消息是空的。' },
  failed: { en: 'The tool `{tool}` failed: {result}', zh: '工具 `{tool}` 失败：{result}' },
  result: { en: 'Result of `{tool}`:', zh: '`{tool}` 的结果：' },
  nothing: { en: 'The tool `{tool}` answered with nothing.', zh: '工具 `{tool}` 没有返回内容。' },
  cut: { en: '… (cut; the whole result has {length} characters)', zh: '……（已截断；完整结果共 {length} 个字符）' },
  calculated: { en: '{input} = **{result}**', zh: '{input} = **{result}**' },
  none: { en: 'none', zh: '无' },
} as const satisfies Readonly<Record<string, Phrase>>;

/** One line for each kind of wish, shown when its tool is offered. */
export const ABILITIES: readonly { readonly tools: readonly string[]; readonly line: Phrase }[] = [
  {
    tools: ['calculate', 'calculator', 'math'],
    line: { en: 'arithmetic and units: `12 * (3 + 4)`, `5 miles to km`', zh: '算术和单位换算：`12 * (3 + 4)`、`5英里等于多少公里`' },
  },
  {
    tools: ['current_time', 'datetime'],
    line: { en: 'time and dates: `what time is it in Tokyo`, `how many days until Christmas`', zh: '时间和日期：`东京现在几点`、`距离国庆节还有多少天`' },
  },
  { tools: ['web_fetch', 'fetch'], line: { en: 'a web page: `open https://example.com`', zh: '网页：`打开 https://example.com`' } },
  { tools: ['fs_read', 'read_file'], line: { en: 'read a file: `read notes.txt`', zh: '读文件：`读取 notes.txt`' } },
  { tools: ['fs_write', 'write_file'], line: { en: 'write a file: `write hello to notes.txt`', zh: '写文件：`把 你好 写到 notes.txt`' } },
  { tools: ['fs_find', 'find_files'], line: { en: 'find files: `find files *.csv`', zh: '找文件：`查找文件 *.csv`' } },
  { tools: ['table_query', 'sql_query'], line: { en: 'a table: `select count(*) from sales.csv`', zh: '表格查询：`select count(*) from sales.csv`' } },
  {
    tools: ['reminder_create', 'reminder', 'schedule', 'schedule_create'],
    line: { en: 'a reminder: `remind me to stretch in 10 minutes`', zh: '提醒：`10分钟后提醒我开会`' },
  },
];

export const say = (phrase: Phrase, language: Language, values: Readonly<Record<string, string>> = {}): string =>
  phrase[language].replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
