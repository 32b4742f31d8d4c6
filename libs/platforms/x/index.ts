import { definePlatform } from '#platforms/core';
import { adapter } from './adapter.js';

/** X accounts, and their practice network. */
export const platform = definePlatform({
  adapter,
  sandbox: async () => (await import('./x.sandbox.js')).sandbox,
});
