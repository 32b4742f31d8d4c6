import { type Channel } from '../api/queries.js';
import { byUrgency, healthOf, whyDisconnected } from './channel-health.js';
import { type Connection } from './connections.js';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const channel = (more: Partial<Channel>): Channel =>
  ({ health: 'healthy', paused: false, blockedUntil: null, ...more }) as Channel;

describe('the health of a channel', () => {
  it('is told by what has to be mended first', () => {
    const later = '2026-11-24T09:05:00Z';
    expect(healthOf(channel({ health: 'disconnected', paused: true, blockedUntil: later }), NOW)).toBe('disconnected');
    expect(healthOf(channel({ paused: true, blockedUntil: later }), NOW)).toBe('paused');
    expect(healthOf(channel({ blockedUntil: later }), NOW)).toBe('break');
    expect(healthOf(channel({}), NOW)).toBe('healthy');
  });

  it('knows when a break is over', () => {
    expect(healthOf(channel({ blockedUntil: '2026-11-24T08:59:59Z' }), NOW)).toBe('healthy');
  });
});

describe('why an account is disconnected', () => {
  it('is what the platform said, or that somebody did it', () => {
    const failure = { kind: 'auth', message: 'The token was withdrawn.', remedy: 'Connect again.' } as const;
    expect(whyDisconnected({ failure })).toEqual({ message: failure.message, remedy: failure.remedy });
    expect(whyDisconnected({ failure: null }).message).toMatch(/^Somebody disconnected/);
  });
});

describe('the order of accounts', () => {
  it('begins with what wants somebody, and leaves the rest as it was', () => {
    const account = (id: string, status: Connection['status'], health: Partial<Connection['health']>) =>
      ({
        ...{ id, status, platform: 'youtube' },
        health: { status: 'healthy', missingScopes: [], validUntil: null, renewsAt: null, expiryNote: null, ...health },
      }) as unknown as Connection;
    const ending = { status: 'expiring', validUntil: '2026-11-30T18:47:00Z', expiryNote: 'The sign-in' } as const;
    const all = [
      account('well', 'connected', {}),
      account('ending', 'connected', ending),
      account('also well', 'connected', {}),
      account('down', 'disconnected', { status: 'disconnected' }),
    ];
    expect(byUrgency(all).map(({ id }) => id)).toEqual(['down', 'ending', 'well', 'also well']);
  });
});
