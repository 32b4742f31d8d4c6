import { createHash, randomUUID } from 'node:crypto';
import {
  type AccountContext,
  type Authorization,
  checkLimits,
  type Json,
  type JsonObject,
  type MediaSource,
  type PlatformAdapter,
  type PlatformContext,
  PlatformFailure,
  type PrepareContext,
  type SegmentDraft,
} from '#platforms/core';
import { deliver, type Message, type Receiver } from './deliver.js';
import { classify, invalidSecret, invalidUrl } from './failures.js';
import { manifest, REPEATABLE_MS } from './manifest.js';

/** The event, ready to be signed: its id and its exact text, since a stored object may come back in another order. */
type Prepared = Message & JsonObject;

/** Signed webhooks after the Standard Webhooks specification. */
export const webhookAdapter: PlatformAdapter<Prepared> = {
  manifest,
  validate: (draft, limits) => checkLimits(draft, limits, manifest),
  classify,
  connect,

  async listChannels({ credentials }) {
    const { name, url } = credentials as { name: string; url: string };
    return [{ id: receiverId(url), name, url: new URL(url).origin }];
  },

  prepare: (ctx, draft) => ctx.step('event', () => event(ctx, draft)),

  async commit(ctx, prepared) {
    await deliver(ctx, receiver(ctx), prepared, 'post.published');
    return { id: prepared.id };
  },

  async reconcile(_ctx, { prepared, since }) {
    const until = new Date(since.getTime() + REPEATABLE_MS);
    return { outcome: 'repeatable', until, evidence: { webhookId: prepared.id, repeatableUntil: until.toISOString() } };
  },
};

/** Sends a test event and demands a 2xx. Throws `PlatformFailure` for a malformed address or secret. */
async function connect(ctx: PlatformContext, entered: Readonly<Record<string, string>>): Promise<Authorization> {
  const url = checkedUrl(entered['url'] ?? '');
  const secret = checkedSecret(entered['secret'] ?? '');
  const payload = JSON.stringify({ type: 'clickpost.ping', timestamp: ctx.now().toISOString(), data: {} });
  await deliver(ctx, { url: url.href, secret }, { id: `msg_${randomUUID()}`, payload }, 'clickpost.ping');
  const name = entered['name']?.trim() || url.host;
  return {
    account: { id: receiverId(url.href), name, url: url.origin },
    credentials: { name, url: url.href, secret },
    scopes: [],
  };
}

async function event(ctx: PrepareContext, draft: SegmentDraft): Promise<Prepared> {
  const id = `msg_${ctx.setId}`;
  const data = {
    id,
    channel: ctx.channelId ?? null,
    text: draft.text,
    ...(draft.link !== undefined && { link: draft.link }),
    media: await Promise.all(ctx.media.map(described)),
  };
  return { id, payload: JSON.stringify({ type: 'post.published', timestamp: ctx.now().toISOString(), data }) };
}

/** Images lie in the event itself as well; a video is fetched from its address. */
async function described(source: MediaSource): Promise<Json> {
  const { contentType, bytes, width, height, durationMs, digest, altText } = source;
  return {
    ...{ contentType, bytes, width, height, digest },
    ...(durationMs !== undefined && { durationMs }),
    ...(altText !== undefined && { altText }),
    url: await source.address(),
    ...(source.kind === 'image' && { base64: Buffer.from(await source.read()).toString('base64') }),
  };
}

function receiver({ credentials }: AccountContext): Receiver {
  return credentials as { url: string; secret: string };
}

/** Stable for an address and, unlike it, no secret: addresses of automation tools often carry a token. */
function receiverId(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 32);
}

function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A fetch refuses an address with a user and password in it.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) throw new PlatformFailure(invalidUrl());
  return url;
}

/** "At least 24 bytes (192 bits, 512 maximum)", base64, prefixed with `whsec_`. */
function checkedSecret(text: string): string {
  const secret = text.trim();
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1] ?? '';
  const { length } = Buffer.from(encoded, 'base64');
  if (encoded.length % 4 !== 0 || length < 24 || length > 64) throw new PlatformFailure(invalidSecret());
  return secret;
}
