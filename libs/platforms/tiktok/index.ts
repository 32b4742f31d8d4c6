import { definePlatform } from '#platforms/core';
import { adapter } from './adapter.js';

/** TikTok accounts, and their practice network. */
export const platform = definePlatform({
  adapter,
  sandbox: async () => (await import('./tiktok.sandbox.js')).sandbox,
});
