/** An answer of the Bot API that is not `ok`, in its own words (collected from the real one). */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    description: string,
    readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number },
  ) {
    super(description);
  }
}

export const badRequest = (description: string): Refusal => new Refusal(400, `Bad Request: ${description}`);
