import { definePlatform } from '#platforms/core';
import { adapter } from './adapter.js';

/** Facebook Pages, and their practice network. */
export const platform = definePlatform({
  adapter,
  sandbox: async () => (await import('./facebook.sandbox.js')).sandbox,
});
