import { definePlatform } from '#platforms/core';
import { adapter } from './adapter.js';

/** Threads profiles, and their practice network. */
export const platform = definePlatform({
  adapter,
  sandbox: async () => (await import('./threads.sandbox.js')).sandbox,
});
