import { createHash } from 'node:crypto';
import {
  type AccountContext,
  type Json,
  type JsonObject,
  type MediaSource,
  type PrepareContext,
  type SegmentDraft,
} from '#platforms/core';
import { readable } from '#platforms/testing';
import { manifest } from './manifest.js';

/** A 1x1 PNG. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A draft with a text and whatever else is given. */
export function draft(text: string, rest: Partial<SegmentDraft> = {}): SegmentDraft {
  return { kind: 'post', text, media: [], settings: {}, ...rest };
}

/** A file as `prepare` is given it. */
export function media(content: Uint8Array, contentType = 'image/png', altText?: string): MediaSource {
  const bytes = new Uint8Array(content);
  return {
    kind: 'image',
    contentType,
    bytes: bytes.length,
    width: 1,
    height: 1,
    ...(altText !== undefined && { altText }),
    digest: createHash('sha256').update(bytes).digest('hex'),
    ...readable(bytes, contentType),
  };
}

/** A context as the runner makes it; `steps` are the checkpoints and survive from one `prepare` to the next. */
export function context(
  credentials: JsonObject,
  files: readonly MediaSource[] = [],
  steps = new Map<string, Json>(),
): PrepareContext {
  const account: AccountContext = {
    fetch: (...input) => fetch(...input),
    now: () => new Date(),
    endpoints: manifest.endpoints,
    credentials,
    channelDetails: {},
    options: {},
    spend: () => undefined,
    use: () => undefined,
  };
  return {
    ...account,
    media: files,
    setId: 'set-1',
    async step<T extends Json>(name: string, fn: () => Promise<T> | T): Promise<T> {
      if (!steps.has(name)) steps.set(name, await fn());
      return steps.get(name) as T;
    },
  };
}
