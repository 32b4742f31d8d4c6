import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
  isJsonObject,
  type Json,
  type JsonObject,
  type PlatformSandbox,
  type SandboxAnswer,
  type SandboxRequest,
  type SandboxWorld,
  type VisiblePost,
} from '#platforms/core';
import { manifest } from './manifest.js';

/** The specification leaves the tolerance open; five minutes is what its libraries have. */
const TOLERANCE_SECONDS = 300;
const REFUSALS = { auth: 401, 'rate-limit': 429, unavailable: 503, 'bad-request': 400, content: 410 } as const;

/**
 * A good receiver: it verifies the signature before anything else, and counts an event once however often it comes.
 * Every inbox shares the practice secret. An inbox whose name is in the collection `switched-off` answers 410.
 */
export const webhookSandbox: PlatformSandbox = {
  routes: (world) => [
    {
      method: 'POST',
      path: '/inbox/:name',
      operation: ({ json }) => (json['type'] === 'clickpost.ping' ? 'connect' : 'commit'),
      handle: (request) => receive(world, request),
    },
  ],
  refusal: (kind, retryAfterSeconds) => ({
    status: REFUSALS[kind],
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
    body: { error: kind },
  }),
};

function receive(world: SandboxWorld, request: SandboxRequest): SandboxAnswer {
  const name = request.params['name'] ?? '';
  if (world.collection('switched-off').get(name) !== undefined) return { status: 410, body: { error: 'switched-off' } };
  const refused = signatureProblem(request, world.now());
  if (refused !== undefined) return { status: 401, body: { error: refused } };
  const { type, timestamp, data } = request.json;
  if (typeof timestamp !== 'string' || Number.isNaN(Date.parse(timestamp)) || !isJsonObject(data)) {
    return { status: 400, body: { error: 'An event has a type, a timestamp and data.' } };
  }
  switch (type) {
    case 'clickpost.ping':
      return { status: 204 };
    case 'post.published':
      return receiveOnce(world, name, request.headers['webhook-id'] ?? '', data);
    default:
      return { status: 400, body: { error: 'Events of this type are not known here.' } };
  }
}

/** "Use the webhook-id header as an idempotency key to prevent accidentally processing the same webhook more than once." */
function receiveOnce(world: SandboxWorld, inbox: string, id: string, data: JsonObject): SandboxAnswer {
  const deliveries = world.collection<number>('deliveries');
  const key = `${inbox}/${id}`;
  const before = deliveries.get(key) ?? 0;
  if (before === 0) {
    const media = keepMedia(world, data['media']);
    const { text, link } = data;
    if (typeof text !== 'string' || media === undefined)
      return { status: 400, body: { error: 'A post has text and media.' } };
    const shown = { platform: manifest.id, account: inbox, id, text, media, at: world.now().toISOString() };
    world.show({ ...shown, ...(typeof link === 'string' && { link }) });
  }
  deliveries.set(key, before + 1);
  return { status: 200, body: { received: before + 1 } };
}

/** Undefined where a file is not what it says it is. */
function keepMedia(world: SandboxWorld, media: Json | undefined): VisiblePost['media'] | undefined {
  if (!Array.isArray(media)) return undefined;
  const kept: VisiblePost['media'] = [];
  for (const file of media) {
    if (!isJsonObject(file) || typeof file['contentType'] !== 'string') return undefined;
    const { base64, contentType, altText, digest, url } = file;
    const described = typeof altText === 'string' ? { altText } : {};
    if (contentType.startsWith('video/')) {
      // Known by its address alone: fetching it is whatever the receiver does with it.
      if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
      if (typeof file['bytes'] !== 'number' || typeof digest !== 'string') return undefined;
      kept.push({ contentType, bytes: file['bytes'], digest, ...described });
      continue;
    }
    if (typeof base64 !== 'string') return undefined;
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length !== file['bytes'] || createHash('sha256').update(bytes).digest('hex') !== digest) return undefined;
    world.keep(world.file(bytes), contentType);
    kept.push({ contentType, bytes: bytes.length, digest, ...described });
  }
  return kept;
}

/** What is wrong with the signature, after "Verifying signatures" of the specification. */
function signatureProblem({ headers, body }: SandboxRequest, now: Date): string | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (!id || !timestamp || !signatures) return 'A webhook header is missing.';
  if (!/^\d+$/.test(timestamp)) return 'The timestamp is not in whole seconds.';
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return 'The timestamp is too far away.';
  const secret = Buffer.from((manifest.practiceCredentials['secret'] ?? '').replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body.read(0, body.bytes)).digest();
  const matches = signatures.split(' ').some((entry) => {
    const [version, signature = ''] = entry.split(',');
    const given = Buffer.from(signature, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  return matches ? undefined : 'No signature matches.';
}
