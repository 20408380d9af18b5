import type { Destination, Media } from '@assistant/contracts';
import type { Account, PlatformManifest, RawRequest } from '../platform';
import type { Stage } from './stage';

/** A value, at once or later. */
export type Soon<T> = T | Promise<T>;

/** One request and what is wrong with it. */
export interface NamedRequest {
  readonly what: string;
  readonly request: RawRequest;
}

/** What a person of the vendor's platform writes to the bot. */
export interface Writing {
  readonly text: string;
  /** The vendor's chat id; a direct chat of the bench's own choice unless told. */
  readonly chat?: string;
  /** The vendor's clock; now unless told. */
  readonly at?: Date;
}

/** A file that a person sends. */
export interface OfferedFile {
  readonly bytes: Buffer;
  readonly name: string;
  /** What the vendor says about it, which may be a lie. */
  readonly mime: string;
  readonly announcedSize: number;
}

/**
 * Webhooks as the vendor makes them. Every call is a new event of the vendor unless it says otherwise. What a vendor
 * does not have is left out, and the requirement about it is skipped with a reason.
 */
export interface IntakeBench {
  /** Where a request carries what proves it genuine. */
  readonly credentials: readonly { readonly in: 'header' | 'query'; readonly name: string }[];
  /** The proof covers the bytes of the body. */
  readonly coversBody: boolean;
  /** The statuses that a forgery is answered with. */
  readonly refusedWith: readonly number[];
  /** A genuine message in a direct chat. */
  message(writing: Writing): Soon<RawRequest>;
  /** A genuine request with exactly this body. */
  signed(body: Buffer): Soon<RawRequest>;
  /** Requests with this text that prove nothing, or prove it with a secret that is not ours. */
  forged(text: string): Soon<readonly NamedRequest[]>;
  /** A chat id as large as the vendor makes them. */
  readonly largestChat?: string;
  /** The vendor says when a message was written. */
  readonly keepsTime?: true;
  /** How far the vendor's clock may be off, where requests carry a time stamp. */
  readonly windowSeconds?: number;
  /** The vendor's own check that somebody listens. */
  handshake?(): Soon<{ readonly genuine: RawRequest; readonly answer: string; readonly forged: RawRequest }>;
  /** Encrypted requests that cannot be opened: bad padding, wrong receiver, cut short, wrong key. */
  undecipherable?(text: string): Soon<readonly NamedRequest[]>;
  /** The same text under the secret before the last, the one in force beside it, and one that was withdrawn. */
  rotated?(text: string): Soon<{ readonly accepted: readonly RawRequest[]; readonly revoked: RawRequest }>;
  /** A genuine event of a kind nobody has heard of. */
  unknownKind?(): Soon<RawRequest>;
  /** Different events by which the vendor tells of one message. */
  twins?(text: string): Soon<readonly RawRequest[]>;
  /** Several messages in one request, one of them unreadable. */
  batch?(texts: readonly string[]): Soon<RawRequest>;
  /** A message that another bot (or this one) wrote. */
  fromBot?(text: string): Soon<RawRequest>;
  /** A message and its edited form; both name the same message. */
  edited?(before: string, after: string): Soon<readonly [RawRequest, RawRequest]>;
  /** A pressed button with this value. */
  pressed?(value: string): Soon<RawRequest>;
  /** Messages of a group: those that are meant for the bot, and those that are not. */
  group?(text: string): Soon<{ readonly meant: readonly NamedRequest[]; readonly others: readonly NamedRequest[] }>;
  /** What was signed for one account, sent to another one. */
  foreign?(text: string): Soon<RawRequest>;
  readonly files?: {
    readonly limitBytes: number;
    /** Takes a file the whole way into the blob store. Throws the error that a caller gets. */
    take(file: OfferedFile): Promise<Media>;
  };
}

/** How the fake vendor answers instead of sending. */
export type Refusal =
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'blocked' }
  /** The text's looks cannot be read. */
  | { readonly kind: 'bad-format' }
  /** The chat is gone. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'server-error' }
  /** It sends, and the answer is lost. */
  | { readonly kind: 'lost-answer' };

/** One message as the fake vendor shows it, by the vendor's own reading of what was sent. */
export interface Shown {
  readonly text: string;
  /** The kinds of looks in it (`bold`, `code`…); empty where the vendor has none. */
  readonly looks: readonly string[];
  /** Whom it notifies beyond the members of the chat. */
  readonly pings: readonly string[];
  readonly file?: Buffer;
}

/** The account under test, wired to a fake vendor. */
export interface OutboundBench {
  readonly account: Account<unknown>;
  readonly to: Destination;
  /** What stands in the chat, in order. */
  shown(): readonly Shown[];
  /** What the vendor's protocol makes of a text that it cannot carry as it is; the text itself unless told. */
  carried?(text: string): string;
  /** How many sends reached the fake, refused ones too. */
  attempts(): number;
  /** The next `times` sends are refused. */
  refuse(refusal: Refusal, times: number): void;
  /** The same account before a closed port. */
  unreachable(): Account<unknown>;
  /** The same account with credentials that the fake refuses. */
  misconfigured(): Account<unknown>;
  /** The operator's setting that a person has to mend then. */
  readonly credentialSetting: string;
  /** How many times the chat was shown that an answer is being written. */
  typings(): number;
  /** An id of a message that is not there any more, to be quoted. */
  readonly deletedMessage?: string;
  /** The vendor's largest file, bytes. */
  readonly largestFileBytes?: number;
  /** Access tokens that run out. */
  readonly tokens?: { expire(): void; issued(): number };
  /** Closes the vendor's window for answers. */
  closeWindow?(): void;
  /** Messages that the vendor threw away without a word because they came too fast. */
  silentlyDropped?(): number;
}

/** One platform on the stage. */
export interface Bench {
  /** Where its webhooks go; the path of a request follows. */
  readonly url: string;
  /** What must never be seen in an error or a log line. */
  readonly secrets: readonly string[];
  readonly intake: IntakeBench;
  readonly outbound?: OutboundBench;
  close(): Promise<void>;
}

/** A test that proves a requirement. */
export interface Proof {
  /** From the root of the repository. */
  readonly file: string;
  readonly title: string;
}

export interface ConformanceOptions {
  readonly name: string;
  readonly manifest: PlatformManifest;
  open(stage: Stage): Promise<Bench>;
  /** Requirements that the platform has no use for, each with the reason. */
  readonly skips: readonly { readonly requirement: number; readonly reason: string }[];
  /** Requirements that a test of the platform's own proves. */
  readonly own?: readonly (Proof & { readonly requirement: number })[];
}
