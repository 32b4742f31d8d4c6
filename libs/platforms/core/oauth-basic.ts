import { type OAuthApp } from './context.js';

/** The head of a request by which an app says who it is. https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
export function basicAuthorization({ clientId, clientSecret }: OAuthApp): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}

/**
 * Keeps fields out of the bodies that a strategy's OAuth client sends: it writes the app's id and secret there, of itself, and
 * one way to say who asks is enough.
 * @param client `_oauth2` of a strategy of passport-oauth2
 */
export function keepOutOfBody(client: object, ...names: readonly string[]): void {
  const sender = client as { _request(...all: unknown[]): void };
  const send = sender._request.bind(client);
  Object.assign(client, {
    _request: (method: string, url: string, headers: object, body: string, ...rest: unknown[]): void => {
      const fields = new URLSearchParams(body);
      for (const name of names) fields.delete(name);
      send(method, url, headers, fields.toString(), ...rest);
    },
  });
}
