import type { ChatQuirks } from '../../wires/openai-chat/encode';

/** One vendor that speaks the OpenAI wire: all there is to know about it. */
export interface Preset {
  readonly apiBase: string;
  /** Environment variable of the key; undefined where none is needed. */
  readonly keyVariable?: string;
  /** `gen_ai.provider.name`; the preset's own name where OpenTelemetry has no word. */
  readonly semanticName?: string;
  /** Answers to the bare provider name when the configuration lists no models. */
  readonly defaultModel?: string;
  readonly quirks?: Partial<ChatQuirks>;
  /** Other names under which people know it. */
  readonly aliases?: readonly string[];
}

/**
 * Addresses and variables as the vendors document them. A default model is only a beginning: vendors retire models,
 * and `models` in the configuration takes precedence.
 */
export const PRESETS: Readonly<Record<string, Preset>> = {
  glm: {
    apiBase: 'https://open.bigmodel.cn/api/paas/v4',
    keyVariable: 'GLM_API_KEY',
    semanticName: 'zhipu_ai',
    defaultModel: 'glm-4.6',
    aliases: ['zhipu', 'zhipuai', 'bigmodel', 'zai'],
  },
  openai: {
    apiBase: 'https://api.openai.com/v1',
    keyVariable: 'OPENAI_API_KEY',
    semanticName: 'openai',
    defaultModel: 'gpt-4.1-mini',
    quirks: { outputLimit: 'max_completion_tokens' },
  },
  deepseek: { apiBase: 'https://api.deepseek.com/v1', keyVariable: 'DEEPSEEK_API_KEY', semanticName: 'deepseek', defaultModel: 'deepseek-chat' },
  qwen: {
    apiBase: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    keyVariable: 'DASHSCOPE_API_KEY',
    semanticName: 'alibaba_cloud',
    defaultModel: 'qwen-plus',
    aliases: ['dashscope', 'tongyi', 'bailian', 'alibaba'],
  },
  moonshot: {
    apiBase: 'https://api.moonshot.cn/v1',
    keyVariable: 'MOONSHOT_API_KEY',
    semanticName: 'moonshot_ai',
    defaultModel: 'kimi-latest',
    aliases: ['kimi', 'moonshotai'],
  },
  doubao: { apiBase: 'https://ark.cn-beijing.volces.com/api/v3', keyVariable: 'ARK_API_KEY', semanticName: 'volcengine', aliases: ['ark', 'volcengine'] },
  hunyuan: {
    apiBase: 'https://api.hunyuan.cloud.tencent.com/v1',
    keyVariable: 'HUNYUAN_API_KEY',
    semanticName: 'tencent_hunyuan',
    defaultModel: 'hunyuan-turbos-latest',
    aliases: ['tencent'],
  },
  ernie: {
    apiBase: 'https://qianfan.baidubce.com/v2',
    keyVariable: 'QIANFAN_API_KEY',
    semanticName: 'baidu_qianfan',
    defaultModel: 'ernie-4.5-turbo-128k',
    aliases: ['qianfan', 'baidu', 'wenxin'],
  },
  minimax: { apiBase: 'https://api.minimaxi.com/v1', keyVariable: 'MINIMAX_API_KEY', semanticName: 'minimax', defaultModel: 'MiniMax-M2' },
  baichuan: { apiBase: 'https://api.baichuan-ai.com/v1', keyVariable: 'BAICHUAN_API_KEY', defaultModel: 'Baichuan4-Turbo', quirks: { streamUsage: false } },
  stepfun: { apiBase: 'https://api.stepfun.com/v1', keyVariable: 'STEPFUN_API_KEY', defaultModel: 'step-2-mini', aliases: ['step'] },
  siliconflow: { apiBase: 'https://api.siliconflow.cn/v1', keyVariable: 'SILICONFLOW_API_KEY', defaultModel: 'Qwen/Qwen3-8B' },
  anthropic: {
    apiBase: 'https://api.anthropic.com/v1',
    keyVariable: 'ANTHROPIC_API_KEY',
    semanticName: 'anthropic',
    defaultModel: 'claude-sonnet-4-5',
    aliases: ['claude'],
  },
  gemini: {
    apiBase: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyVariable: 'GEMINI_API_KEY',
    semanticName: 'gcp.gemini',
    defaultModel: 'gemini-2.5-flash',
    aliases: ['google'],
  },
  mistral: {
    apiBase: 'https://api.mistral.ai/v1',
    keyVariable: 'MISTRAL_API_KEY',
    semanticName: 'mistral_ai',
    defaultModel: 'mistral-small-latest',
    quirks: { streamUsage: false },
  },
  groq: { apiBase: 'https://api.groq.com/openai/v1', keyVariable: 'GROQ_API_KEY', semanticName: 'groq', defaultModel: 'llama-3.3-70b-versatile' },
  xai: { apiBase: 'https://api.x.ai/v1', keyVariable: 'XAI_API_KEY', semanticName: 'x_ai', defaultModel: 'grok-4', aliases: ['grok'] },
  openrouter: { apiBase: 'https://openrouter.ai/api/v1', keyVariable: 'OPENROUTER_API_KEY', semanticName: 'openrouter', defaultModel: 'openrouter/auto' },
  together: { apiBase: 'https://api.together.xyz/v1', keyVariable: 'TOGETHER_API_KEY', semanticName: 'together_ai', aliases: ['togetherai'] },
  fireworks: { apiBase: 'https://api.fireworks.ai/inference/v1', keyVariable: 'FIREWORKS_API_KEY', semanticName: 'fireworks_ai' },
  ollama: { apiBase: 'http://127.0.0.1:11434/v1', semanticName: 'ollama' },
  vllm: { apiBase: 'http://127.0.0.1:8000/v1', semanticName: 'vllm' },
  lmstudio: { apiBase: 'http://127.0.0.1:1234/v1', semanticName: 'lmstudio', aliases: ['lm-studio'] },
  llamacpp: { apiBase: 'http://127.0.0.1:8080/v1', semanticName: 'llamacpp', aliases: ['llama.cpp', 'llama-cpp', 'llama-server'] },
};

const BY_NAME: ReadonlyMap<string, { readonly name: string; readonly preset: Preset }> = new Map(
  Object.entries(PRESETS).flatMap(([name, preset]) => [name, ...(preset.aliases ?? [])].map((alias) => [alias, { name, preset }] as const)),
);

/** The preset of a provider's name or of one of its other names. */
export const presetOf = (name: string): { readonly name: string; readonly preset: Preset } | undefined => BY_NAME.get(name.toLowerCase());
