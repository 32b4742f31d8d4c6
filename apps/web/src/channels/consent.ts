import { ApiError } from '../api/problem.js';
import { type Connection } from './connections.js';

/** What came of a consent page. */
export type Consent =
  | { state: 'waiting' }
  | { state: 'connected'; connection: Connection }
  | { state: 'failed'; message: string; remedy: string };

/** Reads what came of it. A connection that nobody answered is deleted after its time. */
export function consentOf(connection: Connection | undefined, error: unknown): Consent {
  if (error instanceof ApiError && error.status === 404) {
    return { state: 'failed', message: 'Nobody answered in time.', remedy: 'Begin again.' };
  }
  if (!connection) return { state: 'waiting' };
  switch (connection.status) {
    case 'connected':
      return { state: 'connected', connection };
    case 'disconnected':
      return { state: 'failed', message: 'The account was disconnected in the meantime.', remedy: 'Begin again.' };
    case 'authorizing':
      return connection.failure
        ? { state: 'failed', message: connection.failure.message, remedy: connection.failure.remedy }
        : { state: 'waiting' };
  }
}
