import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import request from 'supertest';
import { type Role, WORKSPACE_ROLES } from '#accounts';
import { loadPlatforms } from '#platforms';
import { type Sandbox, startSandbox } from '#sandbox';
import { type Agent, startTestApi, type TestAccount, type TestApi } from './api.js';

/** A channel as `POST /v1/workspaces/:id/connections` lists it. */
export interface TestChannel {
  id: string;
  platform: string;
  name: string;
}

/** The whole API with every platform and its practice network, over HTTP and on a real database. Nothing is published. */
export class PracticeApi {
  private constructor(
    readonly api: TestApi,
    readonly sandbox: Sandbox,
    /** The database's owner, who sees everything. */
    readonly owner: pg.Client,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<PracticeApi> {
    const platforms = await loadPlatforms();
    const reach = new Set<string>();
    const sandbox = await startSandbox({
      ...{ platforms, host: '127.0.0.1', port: 0, controlToken: 'a control token', reach },
    });
    const api = await startTestApi({ platforms, env: { SANDBOX: 'on', SANDBOX_URL: sandbox.origin, ...env } });
    reach.add(api.url);
    const owner = new pg.Client({ connectionString: api.ownerUrl });
    await owner.connect();
    return new PracticeApi(api, sandbox, owner);
  }

  async close(): Promise<void> {
    await this.owner.end();
    await this.api.close();
    await this.sandbox.close();
  }

  /** Requests with the account's API key. */
  as({ apiKey }: TestAccount): Agent {
    return request.agent(this.api.url).set('authorization', `Bearer ${apiKey}`);
  }

  /** Connects the practice account of a platform and answers its first channel. */
  async connect(account: TestAccount, platform = 'mastodon', workspaceId = account.workspaceId): Promise<TestChannel> {
    const { body } = await this.as(account)
      .post(`/v1/workspaces/${workspaceId}/connections`)
      .send({ platform, practice: true })
      .expect(201);
    return body.channels[0];
  }

  /** Makes somebody what the role says: of the organization, or a member with a role in their first workspace. */
  async become({ organizationId, workspaceId, userId }: TestAccount, role: Role): Promise<void> {
    const there = WORKSPACE_ROLES.find((one) => one === role);
    await this.owner.query('delete from workspace_members where user_id = $1', [userId]);
    await this.owner.query('update members set role = $2 where user_id = $1', [userId, there ? 'member' : role]);
    if (!there) return;
    await this.owner.query(
      'insert into workspace_members (organization_id, workspace_id, user_id, role) values ($1, $2, $3, $4)',
      [organizationId, workspaceId, userId, there],
    );
  }

  /** Schedules a text for the time. */
  async schedule(account: TestAccount, channels: { id: string }[], schedule: unknown = inHours(24)) {
    const answer = await this.as(account)
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({ content: { text: 'Hello' }, channels: channels.map(({ id }) => ({ id })), schedule })
      .expect(201);
    return { ...answer.body, etag: answer.headers['etag'] as string };
  }

  /** How many rows there are of everything that requests make. */
  async counts(): Promise<Record<string, number>> {
    const tables = ['connections', 'channels', 'oauth_flows', 'media_assets', 'posts', 'post_revisions'];
    const engine = ['publications', 'segments', 'publishing_log', 'outbox', 'idempotency_keys'];
    const counts = [...tables, ...engine].map((table) => `(select count(*)::int from ${table}) as ${table}`);
    const { rows } = await this.owner.query<Record<string, number>>(`select ${counts.join(', ')}`);
    return rows[0] ?? {};
  }

  /** Sends requests that all write to a table, and lets none of them write before every one of them is about to. */
  async atOnce<T>(table: string, requests: readonly PromiseLike<T>[]): Promise<T[]> {
    await this.owner.query('begin');
    await this.owner.query(`lock table ${table} in exclusive mode`);
    const answers = Promise.all(requests);
    while ((await this.waiting()) < requests.length) await sleep(10);
    await this.owner.query('commit');
    return answers;
  }

  /** How many transactions wait for a lock. */
  private async waiting(): Promise<number> {
    const { rows } = await this.owner.query<{ count: number }>(
      // Locks of tables name their database. Those of rows and transactions do not: there it is told by what else they hold.
      `with here as (select oid from pg_database where datname = current_database())
       select count(distinct l.pid)::int as count from pg_locks l, here
        where not l.granted and (l.database = here.oid
          or l.pid in (select held.pid from pg_locks held where held.granted and held.database = here.oid))`,
    );
    return rows[0]?.count ?? 0;
  }

  /** The kinds of a publication's log entries, oldest first, as the API tells them. */
  async logKinds(account: TestAccount, publicationId: string): Promise<string[]> {
    const { body } = await this.as(account).get(`/v1/publications/${publicationId}/log`).expect(200);
    return body.data.map((entry: { kind: string }) => entry.kind);
  }

  /** Puts a publication where only the worker brings it, by the allowed changes of state. */
  async bring(publicationId: string, states: readonly string[]): Promise<void> {
    for (const state of states) {
      const failure = { kind: 'unknown', message: 'No answer came.', remedy: 'Look at the account.' };
      const marks = /^(failed|unconfirmed)$/.test(state) ? JSON.stringify(failure) : null;
      await this.owner.query(
        `update publications set state = $2, version = version + 1, failure = $3,
           held_reason = case when $2 = 'held' then 'channel-paused' end,
           first_fenced_at = case when $2 = 'committing' then now() else first_fenced_at end,
           published_at = case when $2 = 'published' then now() end where id = $1`,
        [publicationId, state, marks],
      );
    }
  }
}

/** A schedule that many hours from now. */
export function inHours(hours: number): { at: string; timeZone: string } {
  return { at: new Date(Date.now() + hours * 3_600_000).toISOString(), timeZone: 'Europe/Berlin' };
}
