import { definePlatform } from '#platforms/core';
import { adapter } from './adapter.js';

/** Pinterest accounts, and their practice network. */
export const platform = definePlatform({
  adapter,
  sandbox: async () => (await import('./pinterest.sandbox.js')).sandbox,
});
