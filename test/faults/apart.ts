import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#kernel';
import { ask, type Customer, expectStatus } from '../support/customer.js';
import { type Addresses, freePort, Processes, type Program, SHORT_TIMES, until } from '../support/processes.js';

/** What became visible, and when, by the practice networks' own clock. */
export interface Shown {
  text: string;
  account: string;
  at: string;
}

/** API, practice networks and database, each a process of its own, and as many workers as a test starts. */
export class Apart {
  private constructor(
    private readonly processes: Processes,
    private readonly postgres: EmbeddedPostgres,
    readonly at: Addresses,
    private readonly env: Record<string, string>,
  ) {}

  /** @param more settings of every process: the job queue's address, for example */
  static async start(more: Record<string, string> = {}): Promise<Apart> {
    const processes = new Processes();
    const folder = await processes.folder();
    const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres'), durable: false });
    const [port, sandboxPort] = [await freePort(), await freePort()];
    const at = {
      url: `http://127.0.0.1:${port}`,
      sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
      sandboxToken: 'the token of the fault controls',
    };
    const env = {
      ...SHORT_TIMES,
      DATA_DIR: join(folder, 'data'),
      DATABASE_URL: postgres.url,
      MIGRATE_DATABASE_URL: postgres.ownerUrl,
      SECRET_KEY: 'a secret key for tests alone, long enough',
      SANDBOX: 'on',
      SANDBOX_TOKEN: at.sandboxToken,
      ...more,
    };
    const apart = new Apart(processes, postgres, at, { ...env, SANDBOX_URL: at.sandboxUrl });
    const sandbox = processes.start('sandbox', { ...env, SANDBOX_PORT: String(sandboxPort) });
    const api = processes.start('api', { ...apart.env, PORT: String(port) });
    try {
      await Promise.all([sandbox.says(/practice networks at/), api.says(/API at/)]);
    } catch (error) {
      await apart.end();
      throw error;
    }
    return apart;
  }

  /** The database as its owner sees it. */
  get ownerUrl(): string {
    return this.postgres.ownerUrl;
  }

  /** Where all of them keep their files. */
  get dataDir(): string {
    return this.env['DATA_DIR'] ?? '';
  }

  /** Starts a worker, and waits for nothing. */
  worker(more: Record<string, string> = {}): Program {
    return this.processes.start('worker', { ...this.env, ...more });
  }

  /** So many channels of one person, each an account of its own. */
  async channels(customer: Customer, count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const credentials = { instance: `${this.at.sandboxUrl}/mastodon`, accessToken: `practice-place${i}` };
      const path = `/v1/workspaces/${customer.workspaceId}/connections`;
      const made = await customer.request('POST', path, { json: { platform: 'mastodon', credentials } });
      ids.push(expectStatus(made, 201).body.channels[0].id as string);
    }
    return ids;
  }

  async shown(): Promise<Shown[]> {
    const headers = { authorization: `Bearer ${this.at.sandboxToken}` };
    const answer = await ask('GET', `${this.at.sandboxUrl}/_control/visible`, { headers });
    return expectStatus(answer, 200).body.data as Shown[];
  }

  /** Waits until so many posts are visible. */
  async untilShown(count: number): Promise<void> {
    await until(
      async () => ((await this.shown()).length >= count ? true : undefined),
      async () => `${(await this.shown()).length} of ${count} posts are visible.`,
    );
  }

  async end(): Promise<void> {
    await this.processes.end();
    await this.postgres.stop();
  }
}
