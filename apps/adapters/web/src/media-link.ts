import { AssistantError, type Media } from '@assistant/contracts';
import type { WebMedia } from '@assistant/contracts';
import { z } from 'zod';
import type { Signer } from './signer';

const ticket = z.object({ ref: z.string(), mime: z.string(), size: z.number().int().nonnegative(), name: z.string() });
type Ticket = z.infer<typeof ticket>;

const blobId = (ref: string): string => ref.replace(/^blob:/, '');

/** `image/png` → `image`; anything a browser cannot show is a `file`. */
export const kindOf = (mime: string): 'image' | 'audio' | 'video' | 'file' => {
  const [major] = mime.split('/', 1);
  return major === 'image' || major === 'audio' || major === 'video' ? major : 'file';
};

/** The address of a blob for one visitor: the signature is the right to read it. */
export const blobUrl = (ref: string, visitorId: string, signer: Signer): string => {
  const id = blobId(ref);
  return `/api/chat/blobs/${encodeURIComponent(id)}?t=${signer.sign('blob', `${visitorId}\n${id}`)}`;
};

/** Throws `not_found` unless this address was made for this visitor. */
export const verifyBlobUrl = (id: string, signature: string, visitorId: string, signer: Signer): string => {
  if (!signer.verify('blob', `${visitorId}\n${id}`, signature)) throw new AssistantError('not_found', 'no such file');
  return `blob:${id}`;
};

/** A file of a message as the page shows it. A file that is still with a vendor has no address. */
export const webMediaOf = (media: Media, kind: WebMedia['kind'], caption: string | undefined, visitorId: string, signer: Signer): WebMedia => ({
  type: 'media',
  kind,
  url: media.ref.startsWith('blob:') ? blobUrl(media.ref, visitorId, signer) : '',
  mime: media.mime,
  ...(media.name === undefined ? {} : { name: media.name }),
  ...(media.size === undefined ? {} : { size: media.size }),
  ...(caption === undefined ? {} : { caption }),
});

/** What an upload hands out: only its visitor can attach the file, and what it is cannot be changed on the way. */
export const uploadRef = (file: Ticket, visitorId: string, signer: Signer): string => {
  const payload = Buffer.from(JSON.stringify(file)).toString('base64url');
  return `upload:${payload}.${signer.sign('upload', `${visitorId}\n${payload}`)}`;
};

/** The uploaded file behind a reference. Throws `bad_request` for a reference this visitor did not get from us. */
export const openUploadRef = (ref: string, visitorId: string, signer: Signer): Media => {
  const [, payload = '', signature = ''] = /^upload:([\w-]+)\.([\w-]{43})$/.exec(ref) ?? [];
  if (!signer.verify('upload', `${visitorId}\n${payload}`, signature)) {
    throw new AssistantError('bad_request', 'attachments[].ref must be the ref that POST /api/chat/uploads answered to this visitor', { param: 'attachments' });
  }
  return ticket.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
};
