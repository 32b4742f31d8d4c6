import { definePlatform } from '#platforms/core';
import { webhookAdapter } from './adapter.js';

/** A receiver of one's own, told of posts by signed webhooks. */
export const platform = definePlatform({
  adapter: webhookAdapter,
  sandbox: async () => (await import('./webhook.sandbox.js')).webhookSandbox,
});
