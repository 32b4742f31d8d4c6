import { type Config } from '../config/index.js';
import { queueAnswers } from '../jobs/index.js';
import { explainAbsence } from './explain.js';
import { patiently, type Starting } from './patience.js';

/**
 * Waits for Redis where it is the job queue and is away; where the database is the queue, it is there already.
 * @throws QueueUnreachableError
 */
export async function awaitQueue({ redisUrl }: Pick<Config, 'redisUrl'>, starting: Starting): Promise<void> {
  if (redisUrl !== undefined) await patiently(starting, () => queueAnswers(redisUrl), explainAbsence);
}
