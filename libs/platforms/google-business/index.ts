import { definePlatform } from '#platforms/core';
import { adapter } from './adapter.js';

/** Places of Google Business Profile, and their practice network. */
export const platform = definePlatform({
  adapter,
  sandbox: async () => (await import('./google-business.sandbox.js')).sandbox,
});
