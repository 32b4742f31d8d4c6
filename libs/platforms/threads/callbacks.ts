import { type CallbackAccount, type CallbackRequest, type OAuthApp, type PlatformCallbacks } from '#platforms/core';
import { metaCallbacks, readSignedRequest } from '#platforms/meta';

/**
 * What Meta tells the Threads app, with the Threads app's own secret. Threads' ids have seventeen digits and more: where one
 * comes as a number it is read from the text, since no number of JavaScript holds it.
 */
export const callbacks: PlatformCallbacks = {
  ...metaCallbacks,
  deletion: (request, app) => metaCallbacks.deletion?.(request, app) ?? numberedAccount(request, app),
  deauthorization: (request, app) => metaCallbacks.deauthorization?.(request, app) ?? numberedAccount(request, app),
};

function numberedAccount({ form }: CallbackRequest, app: OAuthApp): CallbackAccount | undefined {
  const text = form.signed_request ?? '';
  if (!readSignedRequest(text, app.clientSecret)) return undefined;
  const payload = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString('utf8');
  const accountId = /"user_id"\s*:\s*(\d+)/.exec(payload)?.[1];
  return accountId === undefined ? undefined : { accountId };
}
