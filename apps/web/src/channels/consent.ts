import { ApiError } from '../api/problem.js';
import { type Connection } from './connections.js';

/** What came of a consent page. */
export type Consent =
  | { state: 'waiting' }
  | { state: 'connected'; connection: Connection }
  /** Another workspace publishes to the account, and nobody has said yet that both may. */
  | { state: 'shared' }
  | { state: 'failed'; message: string; remedy: string };

/** A failure has no field; its remedy names the one that the API wants to be sent. People are asked instead. */
const SHARED = /"acceptShared"/;

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
    case 'authorizing': {
      if (!connection.failure) return { state: 'waiting' };
      const { message, remedy } = connection.failure;
      return SHARED.test(remedy) ? { state: 'shared' } : { state: 'failed', message, remedy };
    }
  }
}
