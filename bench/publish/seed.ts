import { type Pool } from 'pg';
import { loadPlatforms } from '#platforms';
import { PREPARE_AHEAD_MS } from '#publishing';
import { type Customer, request } from '../customer.js';
import { type Target } from './bare-requests.js';

const AT_ONCE = 8;
/** What one post may name at the most, by the API's rule. */
const CHANNELS_OF_A_POST = 50;
const NETWORKS = ['webhook', 'bluesky', 'mastodon'] as const;

/** A channel, and what a bare request to its account needs. */
export interface Channel {
  id: string;
  target: Target;
}

/** The publications of one run, scheduled far ahead until they are given their time. */
export interface Batch {
  /** Stands in the text of each. */
  label: string;
  postIds: string[];
  publications: number;
}

/** Connects channels by the API, each an account of its own, the networks in turn. */
export async function connectChannels(customer: Customer, sandboxUrl: string, count: number): Promise<Channel[]> {
  const { manifest } = (await loadPlatforms()).get('webhook').adapter;
  const secret = manifest.practiceCredentials['secret'] ?? '';
  return inParallel(count, async (index) => {
    const network = NETWORKS[index % NETWORKS.length] ?? 'webhook';
    const credentials = credentialsOf(network, `bench${index}`, sandboxUrl, secret);
    const body = { platform: network, credentials };
    const connected = await request('POST', `${customer.workspace}/connections`, customer.headers, body);
    const { channels } = connected.body as { channels: [{ id: string }] };
    return { id: channels[0].id, target: await targetOf(network, credentials, channels[0].id) };
  });
}

/** Writes posts by the API that name every one of these channels `each` times, in turn. */
export async function schedule(
  customer: Customer,
  channels: readonly Channel[],
  each: number,
  label: string,
): Promise<Batch> {
  const at = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const postIds: string[] = [];
  for (let number = 0; number < each; number += 1) {
    for (let from = 0; from < channels.length; from += CHANNELS_OF_A_POST) {
      const post = {
        content: { text: textOf(label, number) },
        channels: channels.slice(from, from + CHANNELS_OF_A_POST).map(({ id }) => ({ id })),
        schedule: { at, timeZone: 'Europe/Berlin' },
      };
      const created = await request('POST', `${customer.workspace}/posts`, customer.headers, post);
      postIds.push((created.body as { id: string }).id);
    }
  }
  return { label, postIds, publications: channels.length * each };
}

/** What a publication says; the bare requests say as much. */
export function textOf(label: string, number: number): string {
  return `${label}, number ${number}: a text of ordinary length, as people write it when they have some news to tell.`;
}

/**
 * Gives publications their time, `apartMs` after each other, as rescheduling does: with a version and a log entry each.
 * Returns when the first is due, by the database's clock, in milliseconds since 1970.
 */
export async function setDue(pool: Pool, batch: Batch, inMs: number, apartMs: number): Promise<number> {
  const { rows } = await pool.query<{ first: string; moved: string }>(RESCHEDULE, [
    batch.postIds,
    inMs / 1000,
    apartMs / 1000,
    PREPARE_AHEAD_MS / 1000,
  ]);
  if (Number(rows[0]?.moved) !== batch.publications) throw new Error('Not every publication was given its time.');
  return Number(rows[0]?.first);
}

const RESCHEDULE = `
with base as (select now() + make_interval(secs => $2) as at),
planned as (
  select p.id, p.due_at as before, base.at + make_interval(secs => $3) * (row_number() over (order by p.id) - 1) as due_at
    from publications p, base where p.post_id = any($1)),
moved as (
  update publications p
     set due_at = n.due_at, next_check_at = n.due_at - make_interval(secs => $4), version = p.version + 1
    from planned n where p.id = n.id and p.state = 'scheduled'
  returning p.*, n.before),
told as (
  insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state, evidence)
  select gen_random_uuid(), id, organization_id, version, 'rescheduled', '{"type": "system", "name": "bench"}', 0, state,
         jsonb_build_object('from', before, 'dueAt', due_at, 'timeZone', time_zone) from moved)
select extract(epoch from min(due_at)) * 1000 as first, count(*) as moved from moved`;

function credentialsOf(
  network: (typeof NETWORKS)[number],
  name: string,
  sandboxUrl: string,
  secret: string,
): Record<string, string> {
  switch (network) {
    case 'webhook':
      return { name, url: `${sandboxUrl}/webhook/inbox/${name}`, secret };
    case 'bluesky':
      return { service: `${sandboxUrl}/bluesky`, identifier: `${name}.bsky.test`, password: 'practice' };
    case 'mastodon':
      return { instance: `${sandboxUrl}/mastodon`, accessToken: `practice-${name}` };
  }
}

/** The same account for requests without ClickPost; where there are sessions, with one of its own. */
async function targetOf(
  network: (typeof NETWORKS)[number],
  credentials: Record<string, string>,
  channelId: string,
): Promise<Target> {
  const { url = '', secret = '', service = '', identifier, password, instance = '', accessToken = '' } = credentials;
  switch (network) {
    case 'webhook':
      return { network, url, secret, channelId };
    case 'bluesky': {
      const signIn = `${service}/xrpc/com.atproto.server.createSession`;
      const { body } = await request('POST', signIn, {}, { identifier, password });
      const { did, accessJwt } = body as { did: string; accessJwt: string };
      return { network, url: `${service}/xrpc/com.atproto.repo.putRecord`, repo: did, accessToken: accessJwt };
    }
    case 'mastodon':
      return { network, url: `${instance}/api/v1/statuses`, accessToken };
  }
}

async function inParallel<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results = new Array<T>(count);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}
