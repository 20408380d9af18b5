import type { ChatRequest, ToolDefinition } from '@assistant/contracts';
import type { JsonRecord } from '../../wires/json';
import { readings, situationOf, type Situation } from './conversation';
import { fit, fitText } from './fit';
import { languageOf, type Language } from './language';
import { ABILITIES, PHRASES, say } from './phrases';
import { needsModel, rules, survivesImperative } from './rules';
import { continued } from './rules/arithmetic';
import { namedCalls } from './rules/explicit';
import type { Meanings } from './rules/rule';

/** What the demo does next: says something, or uses tools. */
export type Step =
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'call'; readonly calls: readonly { readonly name: string; readonly arguments: JsonRecord }[] };

/** What of a long result is repeated; a page belongs in a browser. */
const SHOWN_CHARACTERS = 1500;

/**
 * The whole demo: a pure function from a request to the next step. No model, no guessing: fixed rules find a tool and
 * its arguments, and the tool's own answer is repeated. Whatever no rule understands is answered with what it can do.
 */
export const nextStep = (request: ChatRequest, now: () => number): Step => {
  const situation = situationOf(request);
  const language = languageOf(situation.said);
  if (situation.results.length > 0) return { type: 'say', text: withNotice(report(situation, language), language) };
  const tools = request.toolChoice?.mode === 'none' ? [] : (request.tools ?? []);
  const step = decide(situation, tools, request.toolChoice, language, now);
  return typeof step === 'string' ? { type: 'say', text: withNotice(step, language) } : step;
};

const withNotice = (text: string, language: Language): string => `${text}\n\n${say(PHRASES.notice, language)}`;

const decide = (
  { said, lastExpression }: Situation,
  tools: readonly ToolDefinition[],
  choice: ChatRequest['toolChoice'],
  language: Language,
  now: () => number,
): Step | string => {
  if (said === '') return `${say(PHRASES.empty, language)}\n\n${abilities(tools, language)}`;
  for (const text of readings(said)) {
    const step = explicit(text, tools, language) ?? forced(text, tools, choice) ?? byRule(text, lastExpression, tools, language, now);
    if (step !== undefined) return step;
  }
  const texts = readings(said);
  if (texts.some((text) => GREETING.test(text))) return `${say(PHRASES.hello, language)}\n\n${abilities(tools, language)}`;
  const why = texts.some(needsModel) ? PHRASES.cannot : PHRASES.notUnderstood;
  return `${say(why, language)}\n\n${abilities(tools, language)}`;
};

const GREETING =
  /^(?:hi|hello|hey|good (?:morning|afternoon|evening)|help|\/start|\/help|who are you|what are you|what can you do|test|ping|你好|您好|嗨|在吗|帮助|你是谁|你能做什么|你会什么|能做什么|测试)(?:[\s!！?？。.,，~]|\s+(?:there|demo|bot|all|everyone))*$/i;

const names = (tools: readonly ToolDefinition[], language: Language): string =>
  tools.length === 0 ? say(PHRASES.none, language) : tools.map(({ name }) => `\`${name}\``).join(', ');

/** A tool that the person names is used, whatever it is. */
const explicit = (text: string, tools: readonly ToolDefinition[], language: Language): Step | string | undefined => {
  const wanted = namedCalls(text);
  if (wanted.length === 0) return undefined;
  const calls: { readonly name: string; readonly arguments: JsonRecord }[] = [];
  for (const { name, arguments: given, rest } of wanted) {
    const tool = tools.find((offered) => offered.name === name);
    if (tool === undefined) return say(PHRASES.unknownTool, language, { tool: name, tools: names(tools, language) });
    const args = given ?? (/^[[{]/.test(rest) ? undefined : fitText(tool, rest));
    if (args === undefined) return say(PHRASES.badArguments, language, { tool: name });
    calls.push({ name, arguments: args });
  }
  return { type: 'call', calls };
};

/** The caller insists on one tool: it gets the text. */
const forced = (text: string, tools: readonly ToolDefinition[], choice: ChatRequest['toolChoice']): Step | undefined => {
  if (choice?.mode !== 'tool') return undefined;
  const tool = tools.find(({ name }) => name === choice.name);
  const understood =
    tool === undefined
      ? undefined
      : (rules(Date.now)
          .find((rule) => rule.tools.includes(tool.name))
          ?.match(text) ?? undefined);
  const args = tool === undefined ? undefined : ((understood === undefined ? undefined : fit(tool, understood)) ?? fitText(tool, text) ?? {});
  return tool === undefined || args === undefined ? undefined : { type: 'call', calls: [{ name: tool.name, arguments: args }] };
};

const byRule = (
  text: string,
  lastExpression: string | undefined,
  tools: readonly ToolDefinition[],
  language: Language,
  now: () => number,
): Step | string | undefined => {
  const imperative = needsModel(text);
  const further = lastExpression === undefined ? undefined : continued(text, lastExpression);
  if (further !== undefined) return useTool(['calculate'], { expression: further }, tools, language);
  for (const rule of rules(now)) {
    if (imperative && !survivesImperative(rule)) continue;
    const meanings = rule.match(text);
    if (meanings !== undefined) return useTool(rule.tools, meanings, tools, language);
  }
  return undefined;
};

const useTool = (candidates: readonly string[], meanings: Meanings, tools: readonly ToolDefinition[], language: Language): Step | string => {
  for (const name of candidates) {
    const tool = tools.find((offered) => offered.name === name);
    const args = tool === undefined ? undefined : fit(tool, meanings);
    if (args !== undefined) return { type: 'call', calls: [{ name, arguments: args }] };
  }
  return `${say(PHRASES.missingTool, language, { tool: `\`${candidates[0] ?? ''}\`` })}\n\n${abilities(tools, language)}`;
};

const abilities = (tools: readonly ToolDefinition[], language: Language): string => {
  if (tools.length === 0) return `${say(PHRASES.noTools, language)} ${say(PHRASES.connect, language)}`;
  const known = ABILITIES.filter(({ tools: needed }) => needed.some((name) => tools.some((tool) => tool.name === name)));
  return [
    ...(known.length === 0 ? [] : [say(PHRASES.abilities, language), ...known.map(({ line }) => `- ${line[language]}`)]),
    `- ${say(PHRASES.otherTools, language, { tools: names(tools, language) })}`,
    '',
    say(PHRASES.connect, language),
  ].join('\n');
};

const report = ({ results }: Situation, language: Language): string =>
  results
    .map(({ result, call }) => {
      const tool = call?.name ?? result.name ?? 'tool';
      const content = result.content.trim();
      if (result.isError === true) return say(PHRASES.failed, language, { tool, result: content });
      if (content === '') return say(PHRASES.nothing, language, { tool });
      const expression = call === undefined ? undefined : expressionOf(call.arguments);
      if (expression !== undefined && content.length < 200 && !content.includes('\n'))
        return say(PHRASES.calculated, language, { input: expression, result: content });
      const shown =
        content.length <= SHOWN_CHARACTERS
          ? content
          : `${content.slice(0, SHOWN_CHARACTERS)}\n${say(PHRASES.cut, language, { length: String(content.length) })}`;
      return `${say(PHRASES.result, language, { tool })}\n\n${shown}`;
    })
    .join('\n\n');

const expressionOf = (args: string): string | undefined => {
  const [, text] = /^\s*\{\s*"expression"\s*:\s*"((?:[^"\\]|\\.)*)"\s*\}\s*$/.exec(args) ?? [];
  return text;
};
