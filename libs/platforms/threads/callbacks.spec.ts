import { createHmac } from 'node:crypto';
import { type CallbackRequest } from '#platforms/core';
import { adapter } from './adapter.js';

const callbacks = adapter.callbacks ?? {};
const app = { clientId: 'threads-app', clientSecret: 'threads-secret' };

function request(payload: string, secret: string): CallbackRequest {
  const encoded = Buffer.from(payload).toString('base64url');
  const signature = createHmac('sha256', secret).update(encoded).digest('base64url');
  return { headers: {}, query: {}, form: { signed_request: `${signature}.${encoded}` }, raw: new Uint8Array() };
}

// https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
describe("what Meta tells the Threads app, by the Threads app's own secret", () => {
  it.each(['"17841405793187218"', '17841405793187218', '123'])('reads the account %s whole', (id) => {
    const said = request(
      `{"algorithm":"HMAC-SHA256","user_id":${id},"issued_at":${Math.floor(Date.now() / 1000)}}`,
      app.clientSecret,
    );
    const accountId = id.replaceAll('"', '');
    expect(callbacks.deletion?.(said, app)).toEqual({ accountId });
    expect(callbacks.deauthorization?.(said, app)).toEqual({ accountId });
  });

  it.each(['"1"', '17841405793187218'])('hears nobody else speak of %s', (id) => {
    const said = request(`{"algorithm":"HMAC-SHA256","user_id":${id}}`, 'facebook-secret');
    expect(callbacks.deletion?.(said, app)).toBeUndefined();
    expect(callbacks.deauthorization?.(said, app)).toBeUndefined();
  });
});
