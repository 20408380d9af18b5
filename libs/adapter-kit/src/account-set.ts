import type { Logger } from '@assistant/telemetry';
import { pause, retryDelayMs } from './delivery/backoff';
import type { Account } from './platform';

/** The accounts in force, connected in the background. A reload replaces them whole. */
export class AccountSet<Call> {
  readonly #log: Logger;
  readonly #platform: string;
  #accounts: readonly Account<Call>[] = [];
  #abort = new AbortController();
  readonly #connecting = new Map<string, string>();

  constructor(platform: string, log: Logger) {
    this.#platform = platform;
    this.#log = log;
  }

  get all(): readonly Account<Call>[] {
    return this.#accounts;
  }

  /** By id; the empty id names the first one. */
  get(id: string): Account<Call> | undefined {
    return id === '' ? this.#accounts[0] : this.#accounts.find((account) => account.id === id);
  }

  async replace(accounts: readonly Account<Call>[]): Promise<void> {
    const old = this.#accounts;
    this.#abort.abort(new Error('replaced'));
    this.#abort = new AbortController();
    this.#connecting.clear();
    this.#accounts = accounts;
    for (const account of accounts) void this.#connect(account, this.#abort.signal);
    await Promise.all(old.map(async (account) => account.close?.()));
  }

  /** One sentence for each account that is not well. */
  problems(): readonly string[] {
    return this.#accounts.flatMap((account) => {
      const problem = this.#connecting.get(account.id) ?? account.problem();
      return problem === undefined ? [] : [`${account.id}: ${problem}`];
    });
  }

  async #connect(account: Account<Call>, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; account.connect !== undefined && !signal.aborted; attempt++) {
      try {
        await account.connect(signal);
        this.#connecting.delete(account.id);
        return;
      } catch (error) {
        if (signal.aborted) return;
        const reason = error instanceof Error ? error.message : String(error);
        this.#connecting.set(account.id, reason);
        this.#log.warn('an account could not be set up, trying again', { platform: this.#platform, account: account.id, reason });
        await pause(retryDelayMs(attempt, undefined), signal).catch(() => undefined);
      }
    }
  }
}
