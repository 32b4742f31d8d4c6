import { definePlatform } from '#platforms/core';
import { blueskyAdapter } from './adapter.js';

/** Bluesky, and every other personal data server (PDS) of the AT Protocol. */
export const platform = definePlatform({
  adapter: blueskyAdapter,
  sandbox: async () => (await import('./bluesky.sandbox.js')).blueskySandbox,
});
