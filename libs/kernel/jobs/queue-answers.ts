import { Redis } from 'ioredis';

/** How long one attempt to reach Redis may take, in milliseconds. */
const CONNECT_MS = 5_000;

/** Redis cannot be used as the job queue; the cause is what it or the system said. */
export class QueueUnreachableError extends Error {
  override readonly name = 'QueueUnreachableError';
}

/**
 * Resolves when Redis takes commands. BullMQ itself waits for ever and says nothing, so a start asks first.
 * @throws QueueUnreachableError
 */
export async function queueAnswers(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: CONNECT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // `connect` itself only says that the connection is closed.
  let said: unknown;
  redis.on('error', (error: unknown) => (said = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new QueueUnreachableError('The job queue does not answer.', { cause: said ?? error });
  } finally {
    redis.disconnect();
  }
}
