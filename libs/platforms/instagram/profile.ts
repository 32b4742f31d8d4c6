import { endpointOf, type PlatformContext, stringField } from '#platforms/core';
import { instagramGraph } from './api.js';
import { textOf } from './compare.js';

/** An account as graph.instagram.com tells it. */
export interface Profile {
  /** `id`: by which this app alone knows it. */
  appScopedId: string;
  /** `user_id`: the account's own, by which everything is published. */
  accountId: string;
  username: string;
  name: string;
  url: string;
  avatarUrl?: string;
  /** It is no professional account. */
  personal: boolean;
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started */
export async function readProfile(ctx: PlatformContext, token: string): Promise<Profile> {
  const operation = 'ask who signed in';
  const query = { fields: 'id,user_id,username,name,account_type,profile_picture_url' };
  const me = await instagramGraph.call(ctx, { operation, method: 'GET', path: 'me', token, query });
  const username = stringField(me, 'username', operation);
  const { name, account_type: type, profile_picture_url: picture } = me;
  return {
    appScopedId: stringField(me, 'id', operation),
    accountId: stringField(me, 'user_id', operation),
    username,
    name: textOf(name) || username,
    url: profileUrl(ctx, username),
    ...(typeof picture === 'string' && { avatarUrl: picture }),
    // Business and Media_Creator are documented; only what is certainly another kind is refused.
    personal: textOf(type).toUpperCase() === 'PERSONAL',
  };
}

/** Where an account can be looked at. */
export function profileUrl(ctx: PlatformContext, username: string): string {
  return `${endpointOf(ctx, 'instagramWww')}/${encodeURIComponent(username)}/`;
}
