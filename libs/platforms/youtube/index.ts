import { definePlatform } from '#platforms/core';
import { adapter } from './adapter.js';

/** YouTube channels, and their practice network. */
export const platform = definePlatform({
  adapter,
  sandbox: async () => (await import('./youtube.sandbox.js')).sandbox,
});
