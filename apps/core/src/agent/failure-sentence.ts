import { ERRORS, type AssistantError, type ErrorCode } from '@assistant/contracts';
import type { Language } from '../turn/types';

type Sentence = Readonly<Record<Language, string>>;

/** What a person is told when answering failed: who failed, and what to do. Never a vendor's own words. */
export const FAILURES = {
  gateway: {
    en: 'The model gateway cannot be reached right now. Please try again in a moment; if it stays like this, tell the administrator.',
    zh: '模型网关暂时无法连接，请稍后再试；如果一直如此，请联系管理员。',
  },
  busy: {
    en: 'Too many requests are being answered right now. Please try again in a moment.',
    zh: '当前请求过多，请稍后再试。',
  },
  providerBusy: {
    en: 'The model provider limits how much we may ask right now. Please try again in a moment.',
    zh: '模型服务商正在限流，请稍后再试。',
  },
  account: {
    en: 'The model provider refused our account. Please tell the administrator; trying again will not help.',
    zh: '模型服务商拒绝了我们的账号，请联系管理员，重试无济于事。',
  },
  tooLong: {
    en: 'This conversation has become too long for the model. Send /new to start over, or choose a model with a larger context by /model.',
    zh: '这段对话对该模型来说太长了。请发送 /new 重新开始，或用 /model 换一个上下文更大的模型。',
  },
  filtered: {
    en: "The model provider's content filter refused this. Please put it differently.",
    zh: '模型服务商的内容过滤拒绝了此内容，请换一种说法。',
  },
  noModel: {
    en: 'The chosen model is not available. Choose another by /model, or /model default.',
    zh: '所选模型不可用。请用 /model 换一个，或发送 /model default 恢复默认。',
  },
  refused: {
    en: 'The model provider refused the request. Try another model by /model, or tell the administrator.',
    zh: '模型服务商拒绝了该请求。请用 /model 换一个模型，或联系管理员。',
  },
  unreachable: {
    en: 'The model provider cannot be reached or answers wrongly. Please try again in a moment; if it stays like this, tell the administrator.',
    zh: '无法连接模型服务商，或其返回有误。请稍后再试；如果一直如此，请联系管理员。',
  },
  slow: {
    en: 'The model provider did not answer in time. Please try again, or choose another model by /model.',
    zh: '模型服务商未能及时回答。请重试，或用 /model 换一个模型。',
  },
  cutOff: {
    en: 'The model provider broke off before the answer was complete. Please try again.',
    zh: '模型服务商在回答完成前中断了，请重试。',
  },
  empty: {
    en: 'The model answered with nothing. Please try again or put it differently.',
    zh: '模型没有给出任何回答，请重试或换一种说法。',
  },
  noRoom: {
    en: 'The model used up its output limit before it said anything. Please ask for less, or choose another model by /model.',
    zh: '模型在作答之前就用完了输出额度。请缩小问题，或用 /model 换一个模型。',
  },
  ownTime: {
    en: 'We stopped because answering took longer than allowed. Please ask for less at once.',
    zh: '回答超过了允许的时间，已停止。请一次少问一些。',
  },
  steps: {
    en: 'We stopped because this took more steps than allowed. Please narrow the task, or tell the administrator to raise the limit.',
    zh: '该任务超过了允许的步骤数，已停止。请缩小任务范围，或请管理员提高上限。',
  },
  setup: {
    en: 'The assistant is not set up correctly. Please tell the administrator.',
    zh: '助手的配置有误，请联系管理员。',
  },
  ours: {
    en: 'Something went wrong on our side. Please try again; if it happens again, tell the administrator.',
    zh: '我们这边出了点问题，请重试；如果再次发生，请联系管理员。',
  },
} as const satisfies Record<string, Sentence>;
export type Failure = keyof typeof FAILURES;

/** Codes with a sentence of their own; every other code gets that of who failed. */
const BY_CODE: Partial<Record<ErrorCode, Failure>> = {
  gateway_unavailable: 'gateway',
  rate_limited: 'busy',
  overloaded: 'busy',
  draining: 'busy',
  upstream_rate_limited: 'providerBusy',
  upstream_auth: 'account',
  upstream_quota: 'account',
  upstream_context_length: 'tooLong',
  payload_too_large: 'tooLong',
  upstream_content_filter: 'filtered',
  upstream_not_found: 'noModel',
  model_not_found: 'noModel',
  unsupported: 'noModel',
  upstream_bad_request: 'refused',
  bad_request: 'refused',
  timeout_connect: 'slow',
  timeout_headers: 'slow',
  timeout_first_token: 'slow',
  timeout_idle: 'slow',
  timeout_total: 'slow',
  upstream_truncated: 'cutOff',
  upstream_reset: 'cutOff',
  upstream_empty: 'empty',
  deadline_exceeded: 'ownTime',
  steps_exceeded: 'steps',
  config_invalid: 'setup',
  unauthenticated: 'setup',
  forbidden: 'setup',
};

export const failureOf = (code: ErrorCode): Failure => BY_CODE[code] ?? (ERRORS[code].failed === 'provider' ? 'unreachable' : 'ours');

const AFTER = { en: (seconds: number) => ` (in about ${seconds} s)`, zh: (seconds: number) => `（约 ${seconds} 秒后）` } as const;
const REFERENCE = { en: 'Reference', zh: '编号' } as const;

/** The one message a person gets about a failure, with the id under which an operator finds its trace. */
export const failureSentence = (failure: Failure, language: Language, traceId: string, error?: Pick<AssistantError, 'details'>): string => {
  const retryAfterMs = error?.details.retryAfterMs;
  const after = retryAfterMs === undefined || retryAfterMs <= 0 ? '' : AFTER[language](Math.ceil(retryAfterMs / 1000));
  return `${FAILURES[failure][language]}${after}\n${REFERENCE[language]}: ${traceId}`;
};

/** Notes that stand below a text, in a line of their own. */
export const NOTES = {
  incomplete: { en: '(The answer above is incomplete.)', zh: '（以上回答不完整。）' },
  stopped: { en: '(Stopped.)', zh: '（已停止。）' },
  length: {
    en: '(The answer was cut off: the model reached its output limit. Say "continue" to go on.)',
    zh: '（回答被截断：已达到模型的输出上限。可回复“继续”。）',
  },
  filtered: { en: "(The model provider's content filter cut the answer off.)", zh: '（回答被模型服务商的内容过滤中断。）' },
} as const satisfies Record<string, Sentence>;
