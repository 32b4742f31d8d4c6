import { connect } from 'node:net';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { createPostgresBackend, Queue, setDefaultBackendFactory } from 'bullmq';
import { QUEUES } from '#kernel';
import { type Installation } from './installation.js';

/** Where the job queue lives in PostgreSQL. */
const QUEUE_SCHEMA = 'bullmq';

interface Invited {
  id: string;
  invitation: string;
}

/** Mischief with the job queue, which nothing may depend on. */
export class Transport {
  private constructor(
    private readonly installation: Installation,
    private readonly publish: Queue,
  ) {}

  static open(installation: Installation): Transport {
    const { queue } = installation;
    if ('databaseUrl' in queue) setDefaultBackendFactory(createPostgresBackend);
    const connection =
      'redisUrl' in queue
        ? { url: queue.redisUrl, maxRetriesPerRequest: null }
        : { connectionString: queue.databaseUrl, schema: QUEUE_SCHEMA, max: 2, skipMigrations: true };
    const publish = new Queue(QUEUES.publish, { connection });
    publish.on('error', () => undefined);
    return new Transport(installation, publish);
  }

  /** Adds a second job for every invitation that is open, to be delivered so much later. Returns how many. */
  async double(lateMs: number): Promise<number> {
    const invited = await this.installation.query<Invited>(
      'select id, invitation from publications where invitation is not null',
    );
    if (invited.length === 0) return 0;
    const jobs = invited.map(({ id, invitation }) => ({
      name: QUEUES.publish,
      data: { invitations: [{ publicationId: id, invitation }] },
      opts: { delay: lateMs, jobId: randomUUID() },
    }));
    // The queue may be away just now: then there is nothing to double either.
    const added = await within(2_000, this.publish.addBulk(jobs)).catch(() => undefined);
    return added ? invited.length : 0;
  }

  /** Empties the queue: every job that is on its way never arrives. */
  async flush(): Promise<void> {
    const { queue } = this.installation;
    if ('redisUrl' in queue) return flushRedis(Number(new URL(queue.redisUrl).port));
    const tables = await this.installation.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = $1 and tablename <> 'migration'`,
      [QUEUE_SCHEMA],
    );
    await this.installation.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
  }

  async close(): Promise<void> {
    await within(5_000, this.publish.close()).catch(() => undefined);
  }
}

/** By its plain protocol. One that is away has forgotten everything anyway. */
async function flushRedis(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(2_000, () => socket.destroy());
  socket.on('error', () => undefined);
  socket.write('FLUSHALL\r\n');
  await Promise.race([once(socket, 'data').catch(() => undefined), once(socket, 'close')]);
  socket.destroy();
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It took too long.')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
