import { createHmac, randomUUID } from 'node:crypto';
import { type Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** An account on a practice network, and what a request to it needs. */
export type Target =
  | { network: 'webhook'; url: string; secret: string; channelId: string }
  | { network: 'bluesky'; url: string; repo: string; accessToken: string }
  | { network: 'mastodon'; url: string; accessToken: string };

/** What is sent. */
interface Message {
  headers: Record<string, string>;
  body: string;
}

/** Makes the one request that publishes a text. Throws unless the answer is a 2xx. Returns what the answer said. */
export async function publishBare(agent: Agent, target: Target, words: string): Promise<string> {
  const { headers, body } = messageFor(target, words);
  const options = { method: 'POST', agent, headers: { ...headers, 'content-type': 'application/json' } };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(target.url, options, resolve).on('error', reject).end(body);
  });
  const answer = await text(response);
  const { statusCode = 0 } = response;
  if (statusCode < 200 || statusCode > 299) {
    throw new Error(`${target.network} answered a bare request with ${statusCode}: ${answer}`);
  }
  return answer;
}

/** The same body as the platform's adapter makes. */
function messageFor(target: Target, words: string): Message {
  switch (target.network) {
    case 'webhook':
      return webhookMessage(target, words);
    case 'bluesky': {
      const record = { $type: 'app.bsky.feed.post', text: words, createdAt: new Date().toISOString() };
      const body = { repo: target.repo, collection: record.$type, rkey: recordKey(), record, swapRecord: null };
      return { headers: { authorization: `Bearer ${target.accessToken}` }, body: JSON.stringify(body) };
    }
    case 'mastodon': {
      const headers = { authorization: `Bearer ${target.accessToken}`, 'idempotency-key': randomUUID() };
      return { headers, body: JSON.stringify({ status: words, visibility: 'public' }) };
    }
  }
}

function webhookMessage(target: Target & { network: 'webhook' }, words: string): Message {
  const id = `msg_${randomUUID()}`;
  const now = new Date();
  const data = { id, channel: target.channelId, text: words, media: [] };
  const body = JSON.stringify({ type: 'post.published', timestamp: now.toISOString(), data });
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const key = Buffer.from(target.secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
  return { headers, body };
}

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
let lastKey = 0;

/** A key of the type TID. https://atproto.com/specs/tid */
function recordKey(): string {
  lastKey = Math.max(Date.now() * 1000, lastKey + 1);
  // The clock id tells processes apart.
  let rest = (BigInt(lastKey) << 10n) | BigInt(process.pid % 1024);
  let key = '';
  for (let place = 0; place < 13; place += 1, rest >>= 5n) key = `${ALPHABET[Number(rest & 31n)]}${key}`;
  return key;
}
