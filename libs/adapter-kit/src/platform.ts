import type { ConfigStore, Section } from '@assistant/config';
import type { BlobStore, Bus } from '@assistant/bus';
import type { Destination, ErrorCode, InboundEvent, Media, Reply, SenderClass, UnknownPolicy } from '@assistant/contracts';
import type { Logger } from '@assistant/telemetry';

/** How a platform measures the length of a text. */
export type TextUnit = 'utf16' | 'codepoints' | 'bytes';

/**
 * Everything that is fixed about a platform, as data. The table of platforms in the docs is printed from it.
 * A limit carries its source in a comment beside it.
 */
export interface PlatformManifest {
  /** Stands in paths, subjects, configuration and metrics. */
  readonly name: string;
  readonly title: { readonly en: string; readonly zh: string };
  /** What can be promised about a send whose outcome is unknown. */
  readonly senderClass: SenderClass;
  /** What is done about it unless configured otherwise (class `none`). */
  readonly onUnknown: UnknownPolicy;
  readonly text: { readonly limit: number; readonly unit: TextUnit };
  /** Largest webhook body, bytes. */
  readonly bodyLimit: number;
  readonly contentTypes: readonly string[];
  readonly capabilities: {
    readonly edit: boolean;
    readonly streaming: 'native' | 'edit' | 'none';
    readonly typing: boolean;
    readonly threads: boolean;
    readonly replyQuote: boolean;
    readonly buttons: boolean;
    readonly groups: boolean;
    readonly mediaIn: boolean;
    readonly mediaOut: boolean;
  };
}

/** A webhook request before anything is believed about it. */
export interface RawRequest {
  readonly method: string;
  /** Below `/api/<platform>`, starting with `/` or empty. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes as they came: signatures are computed over these. */
  readonly body: Buffer;
  readonly remoteAddress: string;
}

/** What `receive` makes of a webhook request. */
export type Received =
  /** Genuine. Every event is published before the platform is told that all is well. */
  | { readonly kind: 'events'; readonly events: readonly InboundEvent[]; readonly respond?: HttpAnswer }
  /** A handshake of the platform: answered, nothing published. */
  | { readonly kind: 'answer'; readonly respond: HttpAnswer }
  /** Genuine, but a repeat cannot help (broken JSON inside a signed body): kept as a dead letter, answered with 200. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** Not genuine: nothing is published or stored, the reason is logged. */
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 403 | 404 | 415; readonly reason: string };

export interface HttpAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
}

/** The vendor's ids of what one call sent. */
export interface Sent {
  readonly messageIds: readonly string[];
}

/**
 * A send that failed. `outcome` is the heart of delivery: `not-sent` may be repeated freely; `unknown` (a time-out,
 * a reset after the request was written, a 5xx) may have arrived, and the sender class decides.
 */
export class SendError extends Error {
  override readonly name = 'SendError';
  readonly outcome: 'not-sent' | 'unknown';
  readonly code: ErrorCode;
  /** The same call may succeed later. A `not-sent` error that is not retryable drops the message. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  /** The chat moved: send there instead, once. */
  readonly migratedTo: string | undefined;

  constructor(
    outcome: 'not-sent' | 'unknown',
    code: ErrorCode,
    message: string,
    options: { retryable: boolean; retryAfterMs?: number; migratedTo?: string; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.outcome = outcome;
    this.code = code;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
    this.migratedTo = options.migratedTo;
  }
}

/**
 * One account (bot) of a platform. `Call` is one platform call, rendered and small enough: plain data.
 * Adapters know HTTP and their vendor, nothing of NATS, partitions or ledgers.
 */
export interface Account<Call> {
  /** Stands in event ids and destinations. */
  readonly id: string;
  /** Verifies and normalises one webhook request. Pure but for the clock. */
  receive(request: RawRequest): Received;
  /** Turns a reply into platform calls, in order: rendered, split in the vendor's unit, media apart. Pure. */
  render(reply: Reply, to: Destination): readonly Call[];
  /** Performs one call. `key` is the idempotency key, the same on every repeat. Throws `SendError`. */
  send(call: Call, to: Destination, key: string, signal: AbortSignal): Promise<Sent>;
  /** Replaces a sent message's content. "Not modified" is success. Throws `SendError`. */
  edit?(messageId: string, call: Call, to: Destination, signal: AbortSignal): Promise<void>;
  /** Whether a streaming placeholder can become this call by an edit; every call, unless told. */
  editable?(call: Call): boolean;
  /** Removes a message; best effort. */
  remove?(messageId: string, to: Destination, signal: AbortSignal): Promise<void>;
  /** Shows that an answer is being written; best effort, called again every 4 s. */
  typing?(to: Destination, signal: AbortSignal): Promise<void>;
  /** Streaming by edit: whether, and how often a message of this chat may be edited. */
  streaming?(to: Destination): { readonly enabled: boolean; readonly minIntervalMs: number };
  /** Brings a `vendor:` file into the blob store. Throws `media_unavailable` or `platform_too_large`. */
  fetchMedia?(media: Media, blobs: BlobStore, signal: AbortSignal): Promise<Media>;
  /**
   * Long-running intake without webhooks (long polling, sockets), where configured. `own` tells while this replica
   * holds the account; `publish` resolves after the PubAck: only then may the vendor's cursor advance.
   */
  readonly poll?: (publish: (event: InboundEvent) => Promise<void>, signal: AbortSignal) => Promise<void>;
  /** Sets up the vendor's side (registers the webhook, reads the bot's name). Runs at start and is repeated on failure. */
  connect?(signal: AbortSignal): Promise<void>;
  /** One sentence when something is wrong with this account, undefined when all is well. */
  problem(): string | undefined;
  close?(): Promise<void>;
}

/** What an adapter hands to the kit; the kit makes a service of it. */
export interface Platform<Settings, Call> {
  readonly manifest: PlatformManifest;
  readonly section: Section<Settings>;
  /** The accounts that the configuration names; none when the platform is off. Called again after a reload. */
  accounts(settings: Settings, tools: AccountTools): readonly Account<Call>[];
  /** Delivery policy from the settings. */
  onUnknown?(settings: Settings, account: string): UnknownPolicy;
}

export interface AccountTools {
  readonly log: Logger;
  readonly bus: Bus;
  readonly config: ConfigStore;
  /** The base URL under which the outside reaches us, when known: webhooks register themselves there. */
  readonly publicUrl: string | undefined;
  /** A directory this process may write to. */
  readonly dataDir: string;
}
