import {
  genericFailure,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type MediaSource,
  type PlatformReference,
  PlatformFailure,
  PlatformHttpError,
  type PrepareContext,
  type SegmentDraft,
  streamedFile,
  stringField,
} from '#platforms/core';
import { manifest, POST_COLLECTION } from './manifest.js';
import { detectFacets } from './richtext.js';
import { storedSession } from './session.js';
import { TidGenerator } from './tid.js';
import { procedure, query, xrpcErrorName } from './xrpc.js';

/** Everything that `commit` sends: the record, complete, and where it will lie. */
export type PreparedPost = { repo: string; rkey: string; record: JsonObject };

const tids = new TidGenerator();

/** Chooses the key, uploads the files, resolves the mentions, and builds the record. */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<PreparedPost> {
  const { rkey, createdAt } = await ctx.step('key', () => {
    const now = ctx.now();
    return { rkey: tids.next(now), createdAt: now.toISOString() };
  });
  const files: Uploaded[] = [];
  for (const [index, media] of ctx.media.entries()) {
    files.push({ media, blob: await ctx.step(`upload:${index}`, () => uploadBlob(ctx, media)) });
  }
  const facets = await detectFacets(draft.text, async (handle) => {
    const did = await ctx.step(`mention:${handle}`, () => resolveHandle(ctx, handle));
    return did ?? undefined;
  });
  const langs = languages(draft.settings);
  const record: JsonObject = {
    $type: POST_COLLECTION,
    text: draft.text,
    createdAt,
    ...(langs.length > 0 && { langs }),
    ...(facets.length > 0 && { facets }),
    ...embed(files, draft.link),
    ...(draft.replyTo && {
      reply: { root: strongRef(draft.replyTo.root), parent: strongRef(draft.replyTo.parent) },
    }),
  };
  return { repo: storedSession(ctx).did, rkey, record };
}

/** The tags of the `langs` setting: `en, pt-BR`. */
export function languages(settings: JsonObject): string[] {
  const entered = settings['langs'];
  if (typeof entered !== 'string') return [];
  return entered.split(/[\s,]+/).filter((tag) => tag !== '');
}

/** https://docs.bsky.app/docs/api/com-atproto-repo-upload-blob */
async function uploadBlob(ctx: PrepareContext, media: MediaSource): Promise<JsonObject> {
  const { pds, accessJwt } = storedSession(ctx);
  const operation = 'com.atproto.repo.uploadBlob';
  const { blob } = await procedure(ctx.fetch, pds, operation, {
    token: accessJwt,
    file: await streamedFile(media),
  });
  if (!isJsonObject(blob) || !isJsonObject(blob['ref']) || typeof blob['ref']['$link'] !== 'string') {
    throw new MalformedAnswerError(operation, '"blob" is missing');
  }
  return blob;
}

/** Null when nobody has the handle. https://docs.bsky.app/docs/api/com-atproto-identity-resolve-handle */
async function resolveHandle(ctx: PrepareContext, handle: string): Promise<string | null> {
  const operation = 'com.atproto.identity.resolveHandle';
  try {
    return stringField(await query(ctx.fetch, storedSession(ctx).pds, operation, { handle }), 'did', operation);
  } catch (error) {
    // Servers answer an unknown or impossible handle with either name; everything else is a fault that passes.
    const name = error instanceof PlatformHttpError && error.status === 400 ? xrpcErrorName(error) : undefined;
    if (name === 'HandleNotFound' || name === 'InvalidRequest') return null;
    throw error;
  }
}

/** A file, and what the server calls it. */
interface Uploaded {
  media: MediaSource;
  blob: JsonObject;
}

/** `alt` of an image is required by the lexicon, empty when nobody described it. */
function described({ altText = '', width, height }: MediaSource): JsonObject {
  return { alt: altText, aspectRatio: { width, height } };
}

function embed(files: readonly Uploaded[], link: string | undefined): JsonObject {
  const video = files.find(({ media }) => media.kind === 'video');
  if (video) return { embed: { $type: 'app.bsky.embed.video', video: video.blob, ...described(video.media) } };
  const images = files.map(({ media, blob }) => ({ image: blob, ...described(media) }));
  if (images.length > 0) return { embed: { $type: 'app.bsky.embed.images', images } };
  if (link === undefined) return {};
  const external = { uri: link, title: linkTitle(link), description: '' };
  return { embed: { $type: 'app.bsky.embed.external', external } };
}

/** The address as people read it: `example.com/offers`. */
function linkTitle(link: string): string {
  const { host, pathname } = new URL(link);
  return `${host}${pathname}`.replace(/\/$/, '');
}

function strongRef({ id, extra }: PlatformReference): JsonObject {
  const cid = extra?.['cid'];
  if (typeof cid === 'string') return { uri: id, cid };
  throw new PlatformFailure({
    ...genericFailure('content', manifest.name),
    message: 'The post that this one answers is known only by its address, not by its version (CID).',
    remedy: 'Publish it as a post of its own, or publish the whole thread again.',
  });
}
