import { ApiError, OfflineError } from '../api/problem.js';
import { type Connection } from './connections.js';
import { consentOf } from './consent.js';

const connection = (more: Partial<Connection>): Connection =>
  ({ id: 'c', status: 'authorizing', failure: null, channels: [], ...more }) as Connection;
const problem = (status: number) =>
  new ApiError({ type: 'urn:clickpost:problem:not-found', title: 'Not found', status, detail: 'No.' });

describe('what came of a consent page', () => {
  it('is waited for while nobody has answered, also without a connection to the API', () => {
    expect(consentOf(undefined, null)).toEqual({ state: 'waiting' });
    expect(consentOf(connection({}), null)).toEqual({ state: 'waiting' });
    expect(consentOf(connection({}), new OfflineError('Away.'))).toEqual({ state: 'waiting' });
  });

  it('is the connected account', () => {
    const connected = connection({ status: 'connected' });
    expect(consentOf(connected, null)).toEqual({ state: 'connected', connection: connected });
  });

  it('is why nothing was connected', () => {
    const failure = { kind: 'permission', message: 'Declined.', remedy: 'Agree.' } as const;
    expect(consentOf(connection({ failure }), null)).toEqual({
      state: 'failed',
      message: 'Declined.',
      remedy: 'Agree.',
    });
    expect(consentOf(connection({}), problem(404))).toMatchObject({
      state: 'failed',
      message: 'Nobody answered in time.',
    });
    expect(consentOf(connection({ status: 'disconnected' }), null)).toMatchObject({ state: 'failed' });
  });

  it('is a question where another workspace publishes to the account, and no word of the API', () => {
    const remedy = 'Send "acceptShared": true if that is what you want, or use the other workspace.';
    const failure = { kind: 'permission', message: 'Already a channel.', remedy } as const;
    expect(consentOf(connection({ failure }), null)).toEqual({ state: 'shared' });
  });
});
