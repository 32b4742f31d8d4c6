import { definePlatform } from '#platforms/core';
import { mastodonAdapter } from './adapter.js';

/** Mastodon and the servers that speak its API. */
export const platform = definePlatform({
  adapter: mastodonAdapter,
  sandbox: async () => (await import('./mastodon.sandbox.js')).mastodonSandbox,
});
