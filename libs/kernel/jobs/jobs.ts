import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule } from '@nestjs/common';
import { createPostgresBackend, setDefaultBackendFactory } from 'bullmq';
import pg from 'pg';
import { QUEUE_SCHEMA, QUEUES } from './queue-schema.js';

/** Bounded by age, not by count: counting deadlocks with several workers on the PostgreSQL backend. */
const KEEP_FINISHED = { removeOnComplete: true, removeOnFail: { age: 24 * 3600 } } as const;

/**
 * A connection of the queue. BullMQ takes some out of its pool without listening to their errors, and one that breaks then
 * would end the process; whoever uses it is told by the query that fails.
 */
export class QueueClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/**
 * The job queue: transport, never the truth. On PostgreSQL, or on Redis where `REDIS_URL` is set.
 * Only processes that work need it; the API writes to the outbox.
 */
export function jobsModule(options: { databaseUrl: string; redisUrl?: string | undefined }): DynamicModule {
  if (!options.redisUrl) setDefaultBackendFactory(createPostgresBackend);
  const connection = options.redisUrl
    ? { url: options.redisUrl, maxRetriesPerRequest: null }
    : {
        connectionString: options.databaseUrl,
        schema: QUEUE_SCHEMA,
        max: 10,
        skipMigrations: true,
        Client: QueueClient,
      };
  const module = BullModule.forRoot({
    connection,
    defaultJobOptions: { ...KEEP_FINISHED, attempts: 1 },
  });
  const queues = BullModule.registerQueue(...Object.values(QUEUES).map((name) => ({ name })));
  return { module: JobsModule, global: true, imports: [module, queues], exports: [queues] };
}

class JobsModule {}
