import type { ChatMessage, ChatPart, HistoryMessage } from '@assistant/contracts';

/** What a message costs besides its text: role, separators, ids. */
const MESSAGE_TOKENS = 4;
/** A picture costs roughly this at middle detail. */
const MEDIA_TOKENS = 800;

/**
 * A cheap estimate of the tokens in a text: four Latin letters a token, two letters of other alphabets, and three
 * quarters of a token for each Chinese, Japanese or Korean character. It serves budgets, never a bill.
 */
export const estimateTokens = (text: string): number => {
  let quarters = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    quarters += code < 0x250 ? 1 : code < 0x2e80 ? 2 : 3;
  }
  return Math.ceil(quarters / 4);
};

const partTokens = (part: ChatPart): number => {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return estimateTokens(part.text);
    case 'media':
      return MEDIA_TOKENS;
    case 'tool-call':
      return estimateTokens(part.name) + estimateTokens(part.arguments);
    case 'tool-result':
      return estimateTokens(part.content);
  }
};

export const messageTokens = (message: ChatMessage): number => message.parts.reduce((sum, part) => sum + partTokens(part), MESSAGE_TOKENS);

/** The message as the conversation remembers it. */
export const remember = (message: ChatMessage, at: number): HistoryMessage => ({ ...message, tokens: messageTokens(message), at });
