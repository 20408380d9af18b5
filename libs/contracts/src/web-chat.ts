import type { LiveEvent } from './live';
import type { Action, Part } from './message';
import type { TurnStatus } from './turn';
import type { Usage } from './chat';

/** What the web chat's HTTP API says to its page (`/api/chat/…`). */
export interface WebConversation {
  readonly id: string;
  /** The first words of its first message; empty before that. */
  readonly title: string;
  /** Unix milliseconds of the last message. */
  readonly at: number;
}

/** A file of a message. `url` works for the visitor it was made for, and for nobody else. */
export interface WebMedia {
  readonly type: 'media';
  readonly kind: 'image' | 'audio' | 'video' | 'file' | 'sticker';
  readonly url: string;
  readonly mime: string;
  readonly name?: string;
  /** Bytes, as far as known. */
  readonly size?: number;
  readonly caption?: string;
}

export type WebPart = Exclude<Part, { readonly type: 'media' }> | WebMedia;

/** What a person wrote. */
export interface WebQuestion {
  readonly text: string;
  readonly media: readonly WebMedia[];
  /** Unix milliseconds. */
  readonly at: number;
}

export type WebToolCall = Omit<Extract<LiveEvent, { readonly kind: 'tool' }>, 'kind' | 'turnId' | 'sequence'>;

/** One answered message: what was asked, what was done, what was replied. */
export interface WebTurn {
  /** TURN sequence: the id of the `commit` event, and the cursor of the history. */
  readonly sequence: number;
  readonly turnId: string;
  /** The client's own ids of the messages this turn answers. */
  readonly messageIds: readonly string[];
  /** Unix milliseconds. */
  readonly at: number;
  readonly status: TurnStatus;
  /** Absent when the message itself is no longer stored. */
  readonly question?: WebQuestion;
  readonly tools: readonly WebToolCall[];
  readonly replies: readonly { readonly parts: readonly WebPart[]; readonly actions?: readonly (readonly Action[])[] }[];
  readonly model?: string;
  readonly usage?: Usage;
  readonly traceId: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** `GET /api/chat/conversations/:id/messages`. */
export interface WebHistory {
  /** Oldest first. */
  readonly turns: readonly WebTurn[];
  /** There are older ones: ask with `before` = the first one's sequence. */
  readonly more: boolean;
  /** Where `…/events?after=` goes on without a gap; 0 = nothing was answered yet. */
  readonly cursor: number;
  /** Accepted and not answered yet, oldest first. */
  readonly pending: readonly (WebQuestion & { readonly messageId: string })[];
}

/** An event of `…/events`; `kind` is also the SSE event's name. Only `commit` carries an SSE id. */
export type WebEvent =
  | { readonly kind: 'started'; readonly turnId: string; readonly messageIds: readonly string[] }
  | Extract<LiveEvent, { readonly kind: 'snapshot' | 'tool' }>
  | { readonly kind: 'commit'; readonly turn: WebTurn };

/** `POST /api/chat/uploads`: hand `ref` on as the attachment of a message. */
export interface WebUpload {
  readonly ref: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly url: string;
}

/** Every failed request of our HTTP APIs. */
export interface WebError {
  readonly error: { readonly code: string; readonly message: string; readonly traceId?: string };
}
