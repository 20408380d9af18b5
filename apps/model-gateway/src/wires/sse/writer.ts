/** One event without a name. The data must hold no line end, which JSON on one line never does. */
export const sseData = (data: string): string => `data: ${data}\n\n`;

/** What ends a stream of the OpenAI dialect. */
export const SSE_DONE = sseData('[DONE]');
