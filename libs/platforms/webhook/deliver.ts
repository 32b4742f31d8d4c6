import { Webhook } from 'standardwebhooks';
import { parseJson, type PlatformContext, PlatformHttpError } from '#platforms/core';

/** Where a receiver is, and what proves that an event comes from us. */
export interface Receiver {
  url: string;
  secret: string;
}

/** One event. Both parts stay the same whenever it is sent again; only the attempt's time and signature differ. */
export interface Message {
  id: string;
  payload: string;
}

/**
 * Sends one signed event. Returns only on a 2xx, whatever it says (see "Delivery success and failure" of the specification);
 * throws `PlatformHttpError` on every other answer, and what the transport throws.
 */
export async function deliver(
  ctx: PlatformContext,
  receiver: Receiver,
  message: Message,
  operation: string,
): Promise<void> {
  const at = ctx.now();
  const response = await ctx.fetch(receiver.url, {
    method: 'POST',
    // "Following redirects causes unnecessary load": a 3xx is a failure.
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'ClickPost',
      'webhook-id': message.id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(receiver.secret).sign(message.id, at, message.payload),
    },
    body: message.payload,
  });
  const text = await response.text();
  if (!response.ok) throw new PlatformHttpError(response.status, response.headers, parseJson(text) ?? text, operation);
}
