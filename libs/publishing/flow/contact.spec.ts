import { type Exchange } from '#kernel';
import { manifest as bluesky } from '../../platforms/bluesky/manifest.js';
import { manifest as facebook } from '../../platforms/facebook/manifest.js';
import { manifest as mastodon } from '../../platforms/mastodon/manifest.js';
import { manifest as webhook } from '../../platforms/webhook/manifest.js';
import { isServerAway, serverOf } from './contact.js';

describe('serverOf', () => {
  it.each([
    ['one service for all', facebook, {}, ''],
    ['a server of its own', mastodon, { instance: 'https://Social.example/path' }, 'social.example'],
    ['a server with a port', bluesky, { pds: 'http://127.0.0.1:3001/bluesky' }, '127.0.0.1:3001'],
    ['an address that cannot be read', bluesky, { pds: 'nowhere' }, 'channel-1'],
    ['a receiver, alone even on a shared host', webhook, { url: 'https://hooks.example/a' }, 'channel-1'],
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
