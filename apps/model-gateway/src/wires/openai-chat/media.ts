import type { ChatPart } from '@assistant/contracts';
import type { JsonRecord } from '../json';

export type MediaPart = Extract<ChatPart, { readonly type: 'media' }>;

const DATA_URI = /^data:([^;,]*)(?:;[^,]*)?;base64,(.*)$/s;

/** An address of the OpenAI dialect as a part: inside a data URI, or somewhere else. */
export const mediaFromUrl = (url: string, family: 'image' | 'video', detail?: string): MediaPart => {
  const inline = DATA_URI.exec(url);
  const source =
    inline === null
      ? { mime: `${family}/*`, uri: url }
      : { mime: inline[1] === '' || inline[1] === undefined ? `${family}/*` : inline[1], data: inline[2] ?? '' };
  return { type: 'media', ...source, ...(detail === undefined ? {} : { detail }) };
};

const AUDIO_FORMATS: Readonly<Record<string, string>> = { wav: 'audio/wav', mp3: 'audio/mpeg' };

export const mediaFromAudio = ({ data, format }: { readonly data: string; readonly format: string }): MediaPart => ({
  type: 'media',
  mime: AUDIO_FORMATS[format] ?? `audio/${format}`,
  data,
});

export const mediaFromFile = (file: {
  readonly file_id?: string | undefined;
  readonly file_data?: string | undefined;
  readonly filename?: string | undefined;
}): MediaPart => {
  const name = file.filename === undefined ? {} : { name: file.filename };
  if (file.file_data === undefined) return { type: 'media', mime: 'application/octet-stream', uri: file.file_id ?? '', ...name };
  const inline = DATA_URI.exec(file.file_data);
  return { type: 'media', mime: inline?.[1] ?? 'application/octet-stream', data: inline?.[2] ?? file.file_data, ...name };
};

const audioFormat = (mime: string): string => Object.entries(AUDIO_FORMATS).find(([, known]) => known === mime)?.[0] ?? mime.slice('audio/'.length);

/** A media part as the OpenAI dialect writes it. */
export const encodeMedia = (part: MediaPart): JsonRecord => {
  const [family] = part.mime.split('/', 1);
  const address = part.data === undefined ? (part.uri ?? '') : `data:${part.mime};base64,${part.data}`;
  if (family === 'image') return { type: 'image_url', image_url: { url: address, ...(part.detail === undefined ? {} : { detail: part.detail }) } };
  if (family === 'video') return { type: 'video_url', video_url: { url: address } };
  if (family === 'audio' && part.data !== undefined) return { type: 'input_audio', input_audio: { data: part.data, format: audioFormat(part.mime) } };
  const name = part.name === undefined ? {} : { filename: part.name };
  return { type: 'file', file: part.data === undefined ? { file_id: part.uri ?? '', ...name } : { file_data: address, ...name } };
};
