import { type Exchange } from '#kernel';
import { type JsonObject, type PlatformManifest } from '#platforms/core';
import { isServerAway, serverOf } from './contact.js';

type OutageOf = Pick<PlatformManifest, 'outage'>;

const byInstance: OutageOf = { outage: { together: 'host', credential: 'instance' } };
const byServer: OutageOf = { outage: { together: 'host', credential: 'pds' } };
const byChannel: OutageOf = { outage: { together: 'channel' } };

describe('serverOf', () => {
  it.each<[string, OutageOf, JsonObject, string]>([
    ['one service for all', {}, {}, ''],
    ['a server of its own', byInstance, { instance: 'https://Social.example/path' }, 'social.example'],
    ['a server with a port', byServer, { pds: 'http://127.0.0.1:3001/bluesky' }, '127.0.0.1:3001'],
    ['an address that cannot be read', byServer, { pds: 'nowhere' }, 'channel-1'],
    ['a receiver, alone even on a shared host', byChannel, { url: 'https://hooks.example/a' }, 'channel-1'],
  ])('%s', (_name, manifest, credentials, expected) => {
    expect(serverOf(manifest, 'channel-1', credentials)).toBe(expected);
  });
});

describe('isServerAway', () => {
  const answered = (status?: number): Exchange[] => [
    { method: 'POST', host: 'h', path: '/', startedAt: '', durationMs: 1, ...(status !== undefined && { status }) },
  ];
  it.each([
    ['no answer', 'unavailable', answered(), true],
    ['a fault of its own', 'unavailable', answered(503), true],
    ['a timeout that it tells itself', 'unavailable', answered(408), true],
    ['a request that has to wait for another', 'unavailable', answered(422), false],
    ['nothing was sent', 'unavailable', [], false],
    ['a limit', 'rate-limit', answered(429), false],
    ['an unknown answer', 'unknown', answered(500), false],
  ] as const)('%s', (_name, kind, exchanges, expected) => {
    expect(isServerAway({ kind }, exchanges)).toBe(expected);
  });
});
