import type { ProtoModelInfoOutput } from '@assistant/contracts/grpc';
import { chooseAgent } from '../agent/choose';
import type { AgentDependencies } from '../agent/run';
import type { Language, Turn } from '../turn/types';
import { callOptions, type Command } from './command';

const LINES = {
  current: { en: 'Model of this conversation', zh: '当前会话的模型' },
  available: { en: 'Available', zh: '可用模型' },
  choose: { en: 'Choose one by `/model name`; `/model default` goes back.', zh: '发送 `/model 名称` 切换，`/model default` 恢复默认。' },
  default: { en: 'default', zh: '默认' },
  none: { en: 'The gateway offers no model.', zh: '网关没有可用的模型。' },
} as const;

const switched = (language: Language, model: string): string =>
  language === 'zh' ? `本会话已切换到 \`${model}\`。` : `This conversation now uses \`${model}\`.`;
const back = (language: Language, model: string): string =>
  language === 'zh' ? `本会话已恢复默认模型 \`${model}\`。` : `This conversation is back to the default, \`${model}\`.`;
const unknown = (language: Language, wanted: string): string => (language === 'zh' ? `没有名为 \`${wanted}\` 的模型。` : `There is no model \`${wanted}\`.`);

const SHOWN_MODELS = 50;

/** A name in a code span cannot break out of it. */
const plain = (text: string): string => text.replace(/[`\s]+/g, ' ').slice(0, 80);

/** By its id, else by a provider's or a model's name; a provider's default model comes first in the gateway's list. */
const findModel = (models: readonly ProtoModelInfoOutput[], wanted: string): ProtoModelInfoOutput | undefined => {
  const key = wanted.toLowerCase();
  return (
    models.find(({ id }) => id.toLowerCase() === key) ??
    models.find(({ provider }) => provider.toLowerCase() === key) ??
    models.find(({ model }) => model.toLowerCase() === key)
  );
};

/** What the agent uses when nothing was chosen. */
const defaultModel = (turn: Turn, deps: AgentDependencies, models: readonly ProtoModelInfoOutput[]): string => {
  const { model } = chooseAgent(deps.config, turn.events[0]).settings;
  const known = model === '' ? models.find(({ isDefault }) => isDefault) : findModel(models, model);
  return known?.id ?? model;
};

const show = (turn: Turn, current: string, models: readonly ProtoModelInfoOutput[]): string => {
  const { language } = turn;
  if (models.length === 0) return LINES.none[language];
  const lines = models.slice(0, SHOWN_MODELS).map(({ id, isDefault }) => `- \`${id}\`${isDefault ? ` (${LINES.default[language]})` : ''}`);
  const more = models.length > SHOWN_MODELS ? [`- … +${models.length - SHOWN_MODELS}`] : [];
  return [`${LINES.current[language]}: \`${current}\``, '', `${LINES.available[language]}:`, ...lines, ...more, '', LINES.choose[language]].join('\n');
};

/** Shows the models, or switches this conversation. The choice outlives `/new`. */
export const modelCommand: Command = {
  name: 'model',
  aliases: ['models', '模型'],
  usage: '[name|default]',
  summary: { en: 'shows or switches the model', zh: '查看或切换模型' },
  run: async (turn, args, deps) => {
    const { language, session } = turn;
    const models = await deps.models.list(callOptions(turn));
    const wanted = args.toLowerCase();
    if (wanted === '' || wanted === 'list' || wanted === 'show' || wanted === '列表')
      return { text: show(turn, session.model ?? defaultModel(turn, deps, models), models) };
    if (wanted === 'default' || wanted === 'reset' || wanted === '默认')
      return { text: back(language, defaultModel(turn, deps, models)), session: { model: undefined } };
    const found = findModel(models, args);
    if (found === undefined) return { text: `${unknown(language, plain(args))}\n\n${show(turn, session.model ?? defaultModel(turn, deps, models), models)}` };
    return { text: switched(language, found.id), session: { model: found.id } };
  },
};
