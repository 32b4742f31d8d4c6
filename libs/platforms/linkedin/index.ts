import { definePlatform } from '#platforms/core';
import { adapter } from './adapter.js';

/** Members and organizations on LinkedIn, and their practice network. */
export const platform = definePlatform({
  adapter,
  sandbox: async () => (await import('./linkedin.sandbox.js')).sandbox,
});
