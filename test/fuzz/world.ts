import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import sharp from 'sharp';
import { ORGANIZATION_ROLES, type Role, WORKSPACE_ROLES } from '#accounts';
import { type Description, placesOf } from './description.js';
import { type Home, ownedBy, readTables, type Table, writeRow } from './tables.js';

/** One that answers later has hung. */
export const HANGS_AFTER_MS = 10_000;

/** Who asks: every role of the first organization, a member without its workspace, another organization, nobody. */
export type CallerName = Role | 'elsewhere' | 'stranger' | 'nobody';

export interface Caller {
  name: CallerName;
  /** With an API key. */
  headers: Record<string, string>;
  /** With the session of a browser. */
  session: Record<string, string>;
}

/** What a request came to. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** How long it took, in milliseconds. */
  took: number;
}

/** An organization with something of everything. */
export interface Tenant {
  /** A text that nobody else's things contain. */
  marker: string;
  home: Home;
  /** A member whom no test needs. */
  spareUserId: string;
  /** Real ids, by the path that names them: `/v1/posts/{id}`. */
  ids: ReadonlyMap<string, readonly string[]>;
}

/** Two organizations, and everybody who may ask. */
export interface World {
  url: string;
  own: Tenant;
  foreign: Tenant;
  callers: ReadonlyMap<CallerName, Caller>;
}

/** Places in addresses that name nothing of an organization. */
const NO_IDS: Readonly<Record<string, string>> = {
  '/v1/oauth/{platform}': 'mastodon',
  '/v1/platforms/{platform}': 'facebook',
  // The installation's, whoever asks: test/integration/installation-apps.spec.ts shows that operators alone get there.
  '/v1/installation/apps/{name}': 'facebook',
  // The name of a setting, which no platform has; like an id, it may stand in an answer.
  '/v1/channels/{id}/lookups/{setting}': '00000000-0000-4000-8000-000000000000',
  // Known to whoever was sent it by mail.
  '/v1/invitations/{token}': 'made-up-token-of-an-invitation',
  // Known to whoever was given the link.
  '/v1/review/{token}': 'made-up-token-of-a-review-link',
  // A sum over bytes; test/integration/api-practice.spec.ts shows that it opens the organization's own pictures alone.
  '/v1/practice/media/{digest}': 'a'.repeat(64),
};

/** Tables whose name is not that of the resource. */
const TABLE_OF: Readonly<Record<string, string>> = {
  media: 'media_assets',
  folders: 'media_folders',
  deliveries: 'webhook_deliveries',
};

/** Rows that a test may take away without taking away who asks. */
const SPARE: Readonly<Record<string, string>> = { api_keys: `name like 'Spare %'` };

/** Sends a request. One that hangs fails. */
export async function send(url: string, method: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const began = performance.now();
  const signal = AbortSignal.timeout(HANGS_AFTER_MS);
  const response = await fetch(`${url}${path}`, { ...init, method, redirect: 'manual', signal });
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  // A stream of events never ends: its first words are all that there is to read.
  if (streams) await response.body?.cancel();
  const text = streams ? '' : await response.text();
  return { status: response.status, headers: response.headers, text, took: performance.now() - began };
}

/** Makes two organizations with everything that the API knows, through the API as far as it goes. */
export async function makeWorld(url: string, owner: pg.Client, description: Description): Promise<World> {
  const builder = new Builder(url, owner, description);
  const [own, foreign] = [await builder.tenant(), await builder.tenant()];
  const callers = new Map<CallerName, Caller>([
    ['owner', { name: 'owner', headers: own.headers, session: own.session }],
    ['stranger', { name: 'stranger', headers: foreign.headers, session: foreign.session }],
    ['nobody', { name: 'nobody', headers: {}, session: {} }],
  ]);
  for (const role of [...ORGANIZATION_ROLES.slice(1), ...WORKSPACE_ROLES]) {
    // Somebody who is a member and nothing else has no workspace at all.
    const there = WORKSPACE_ROLES.find((one) => one === role);
    const places = there ? [{ id: own.home.workspaceId, role: there }] : [];
    const organizationRole = ORGANIZATION_ROLES.find((one) => one === role) ?? 'member';
    callers.set(role, { name: role, ...(await builder.member(own, organizationRole, places)) });
  }
  const places = [{ id: own.otherWorkspaceId, role: 'manager' }];
  callers.set('elsewhere', { name: 'elsewhere', ...(await builder.member(own, 'member', places)) });
  const [ownIds, foreignIds] = [await builder.ids(own), await builder.ids(foreign)];
  return { url, own: { ...own, ids: ownIds }, foreign: { ...foreign, ids: foreignIds }, callers };
}

type Credentials = Omit<Caller, 'name'>;
type Furnished = Omit<Tenant, 'ids'> & Credentials & { otherWorkspaceId: string };

class Builder {
  private readonly run = randomUUID().slice(0, 8);
  private people = 0;

  constructor(
    private readonly url: string,
    private readonly owner: pg.Client,
    private readonly description: Description,
  ) {}

  async tenant(): Promise<Furnished> {
    const marker = `marker-${randomUUID()}`;
    const { home, headers, session } = await this.signUp(marker);
    const post = (path: string, body?: object) => this.json('POST', path, headers, body);
    const { id: otherWorkspaceId } = await post('/v1/workspaces', { name: `Other ${marker}`, timeZone: 'UTC' });
    const spareUserId = await this.person(marker).then(async ({ userId }) => {
      await this.move(userId, home.organizationId, 'member', []);
      return userId;
    });
    const furnished = { marker, home, headers, session, otherWorkspaceId, spareUserId };
    await this.absence(home.organizationId, spareUserId, home.userId);
    await this.furnish(furnished);
    await this.rendition(home);
    await this.upload(home);
    await this.fill({ ...home, userId: spareUserId });
    return furnished;
  }

  /** A file of which nothing has come yet. */
  private async upload({ organizationId, workspaceId, userId }: Home): Promise<void> {
    await this.owner.query(
      `insert into uploads (id, organization_id, workspace_id, user_id, actor, filename, bytes, expires_at)
       values (gen_random_uuid(), $1, $2, $3, '{}', 'film.mp4', 1000, now() + interval '1 day')`,
      [organizationId, workspaceId, userId],
    );
  }

  /** A version of a file that waits to be made: what PostgreSQL asks of it depends on its state. */
  private async rendition({ organizationId }: Home): Promise<void> {
    await this.owner.query(
      `insert into renditions (organization_id, source_digest, plan_hash, plan, state)
       select $1, digest, 'b', '{}', 'waiting' from media_assets where organization_id = $1 limit 1`,
      [organizationId],
    );
  }

  /** Makes a row up for every table in which the API has left none: some need one of another table first. */
  private async fill(home: Home): Promise<void> {
    let empty: Table[] = await readTables(this.owner);
    while (empty.length > 0) {
      const left: Table[] = [];
      const fails: unknown[] = [];
      for (const table of empty) {
        const condition = ownedBy(table);
        if (condition === undefined) continue;
        const any = `select 1 from ${table.name} where ${condition} limit 1`;
        if ((await this.owner.query(any, [home.organizationId])).rowCount) continue;
        await writeRow(this.owner, table, home).catch((error: unknown) => {
          fails.push(error);
          left.push(table);
        });
      }
      if (left.length === empty.length) throw fails[0];
      empty = left;
    }
  }

  /** Somebody who was invited with a role, and their API key. */
  async member(
    { home, marker }: Furnished,
    role: string,
    places: { id: string; role: string }[],
  ): Promise<Credentials> {
    const { userId, credentials } = await this.person(marker);
    await this.move(userId, home.organizationId, role, places);
    const { headers } = await this.request('POST', '/v1/auth/login', {}, credentials);
    return this.withKey(cookieOf(headers));
  }

  /** Real ids of everything that an address names. */
  async ids({ home, spareUserId }: Furnished): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const { path } of this.description.operations) {
      for (const { name, subject } of placesOf(path)) {
        if (found.has(subject)) continue;
        const known = NO_IDS[subject] ?? (/^(user|member)Id$/.test(name) ? spareUserId : undefined);
        found.set(subject, known === undefined ? await this.idsOf(subject, home) : [known]);
      }
    }
    return found;
  }

  private async idsOf(subject: string, home: Home): Promise<string[]> {
    const resource = subject.split('/').at(-2) ?? '';
    if (resource === 'workspaces') return [home.workspaceId];
    const name = TABLE_OF[resource] ?? resource.replaceAll('-', '_');
    const table = (await readTables(this.owner)).find((one) => one.name === name);
    const condition = table && ownedBy(table);
    if (!table || condition === undefined) {
      throw new Error(`Nothing is known that "${subject}" names: say it in test/fuzz/world.ts.`);
    }
    const here = table.columns.some((column) => column.name === 'workspace_id');
    const { rows } = await this.owner.query<{ id: string }>(
      `select id from ${table.name} where ${condition} and ${SPARE[name] ?? 'true'}
         ${here ? 'and workspace_id = $2' : ''} order by id limit 5`,
      [home.organizationId, ...(here ? [home.workspaceId] : [])],
    );
    if (rows.length === 0) throw new Error(`The table "${table.name}" has no row for "${subject}".`);
    return rows.map(({ id }) => id);
  }

  private async signUp(marker: string): Promise<{ home: Home } & Credentials> {
    const { userId, answer } = await this.person(marker);
    const { organization, workspace } = JSON.parse(answer.text) as Record<string, { id: string }>;
    const home = { organizationId: organization?.id ?? '', workspaceId: workspace?.id ?? '', userId };
    return { home, ...(await this.withKey(cookieOf(answer.headers))) };
  }

  private async person(marker: string) {
    this.people += 1;
    const credentials = { email: `fuzz-${this.run}-${this.people}@example.com`, password: 'correct horse battery' };
    const input = { ...credentials, name: `Person ${marker}`, organization: `Organization ${marker}` };
    const answer = await this.request('POST', '/v1/auth/signup', {}, input);
    const { user } = JSON.parse(answer.text) as { user: { id: string } };
    return { userId: user.id, credentials, answer };
  }

  /** Takes somebody out of the organization that they signed up with, into another one. */
  private async move(userId: string, organizationId: string, role: string, places: { id: string; role: string }[]) {
    await this.owner.query('delete from members where user_id = $1', [userId]);
    await this.owner.query('insert into members (organization_id, user_id, role) values ($1, $2, $3)', [
      organizationId,
      userId,
      role,
    ]);
    for (const place of places) {
      await this.owner.query(
        'insert into workspace_members (organization_id, workspace_id, user_id, role) values ($1, $2, $3, $4)',
        [organizationId, place.id, userId, place.role],
      );
    }
  }

  private async withKey(cookie: string): Promise<Credentials> {
    const session = { cookie };
    const { key } = await this.json('POST', '/v1/api-keys', session, { name: 'everything' });
    return { headers: { authorization: `Bearer ${key}` }, session };
  }

  private async furnish({ home, headers, marker }: Furnished): Promise<void> {
    const workspace = `/v1/workspaces/${home.workspaceId}`;
    const post = (path: string, body?: object) => this.json('POST', path, headers, body);
    await post('/v1/api-keys', { name: `Spare ${marker}` });
    const connect = (platform: string) => post(`${workspace}/connections`, { platform, practice: true });
    const mastodon = (await connect('mastodon')) as unknown as { channels: { id: string }[] };
    await connect('facebook');
    const form = new FormData();
    form.set('altText', marker);
    form.set('file', new Blob([new Uint8Array(await picture())], { type: 'image/png' }), 'picture.png');
    const upload = await send(this.url, 'POST', `${workspace}/media`, { headers, body: form });
    const media = JSON.parse(upload.text) as { id: string };
    const folder = await post(`${workspace}/media/folders`, { name: `Folder ${marker}`.slice(0, 100) });
    await post(`${workspace}/media/actions`, { action: 'move', ids: [media.id], folderId: folder.id });
    await post(`${workspace}/media/actions`, { action: 'tag', ids: [media.id], tags: [marker.slice(0, 40)] });
    const written = {
      content: { text: `A text with ${marker}` },
      media: [{ id: media.id }],
      channels: mastodon.channels.slice(0, 1).map(({ id }) => ({ id })),
      schedule: { at: new Date(Date.now() + 86_400_000).toISOString(), timeZone: 'UTC' },
    };
    const headersOnce = { ...headers, 'idempotency-key': randomUUID() };
    await this.json('POST', `${workspace}/posts`, headersOnce, written);
    const draft = await post(`${workspace}/posts`, { ...written, schedule: null });
    await this.approve(workspace, draft.id, headers, marker);
    await post(`/v1/posts/${draft.id}/comments`, { text: `About ${marker}`, visibility: 'client' });
    await post(`/v1/posts/${draft.id}/review-links`, { email: `${marker}@example.com`, name: `Client ${marker}` });
    await this.notice(home, draft.id, marker);
    const channel = mastodon.channels[0]?.id ?? '';
    await post(`/v1/channels/${channel}/pause`);
    await post(`/v1/channels/${channel}/resume`);
    await post('/v1/support/actions/preview', { action: 'retry', filter: {} });
    const hook = await post('/v1/webhooks', { url: 'https://1.1.1.1/', description: marker, eventTypes: 'all' });
    // Nothing is sent anywhere: the guard refuses it at once.
    await this.owner.query(`update webhooks set url = 'https://[::1]/' where id = $1`, [hook.id]);
  }

  /** Asks for approval of a post, and agrees. */
  private async approve(workspace: string, postId: string, headers: Record<string, string>, marker: string) {
    await this.json('PUT', `${workspace}/approval-workflow`, headers, {
      ...{ mode: 'optional', selfApproval: true, rescheduleNeedsApproval: false },
      steps: [{ name: `Step ${marker}`, approvers: { roles: ['owner'] }, rule: 'any' }],
    });
    const approval = `/v1/posts/${postId}/approval`;
    const { contentHash } = await this.json('POST', `${approval}/requests`, headers);
    await this.json('POST', `${approval}/decisions`, headers, { decision: 'approve', contentHash, comment: marker });
  }

  /** What the worker keeps of whom it told what. */
  private async notice({ organizationId, workspaceId, userId }: Home, postId: string, marker: string) {
    const place = [postId, organizationId, workspaceId];
    await this.owner.query(
      `insert into approval_asks (post_id, organization_id, workspace_id, asked, round, step, content_hash, told_at)
       values ($1, $2, $3, 'member:' || $4::text, 1, 0, 'hash', now())`,
      [...place, userId],
    );
    await this.owner.query(
      `insert into notifications (id, post_id, organization_id, workspace_id, user_id, cause, about)
       values ($4, $1, $2, $3, $5, 'comment:mention', $6)`,
      [...place, randomUUID(), userId, { by: marker }],
    );
  }

  /** Somebody is away, and another decides in their place. */
  private async absence(organizationId: string, userId: string, delegateId: string) {
    await this.owner.query(
      `insert into absences (organization_id, user_id, delegate_id, from_at, until_at)
       values ($1, $2, $3, now(), now() + interval '1 day')`,
      [organizationId, userId, delegateId],
    );
  }

  private async json(method: string, path: string, headers: Record<string, string>, body?: object) {
    const { text } = await this.request(method, path, headers, body);
    return JSON.parse(text) as { id: string; key?: string; contentHash?: string };
  }

  private async request(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Answer> {
    const answer = await send(this.url, method, path, {
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw new Error(`${method} ${path} was answered with ${answer.status}: ${answer.text}`);
  }
}

function cookieOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

/** A small picture. */
export function picture(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
}
