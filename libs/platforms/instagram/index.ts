import { definePlatform } from '#platforms/core';
import { adapter } from './adapter.js';

/** Instagram, as the registry finds it. */
export const platform = definePlatform({
  adapter,
  sandbox: async () => (await import('./instagram.sandbox.js')).sandbox,
});
