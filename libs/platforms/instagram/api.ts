import {
  type AccountContext,
  type DraftMedia,
  endpointOf,
  type PlatformContext,
  PlatformFailure,
} from '#platforms/core';
import { GRAPH_VERSION, type GraphClient, graphClient } from '#platforms/meta';
import { FACEBOOK_LOGIN, INSTAGRAM_LOGIN } from './manifest.js';

/** How an account was connected. */
export type Way = typeof INSTAGRAM_LOGIN | typeof FACEBOOK_LOGIN;

/** The way of this context; the first of the manifest where none is named. Throws where it is one that does not exist. */
export function wayOf({ way = INSTAGRAM_LOGIN }: Pick<PlatformContext, 'way'>): Way {
  if (way === INSTAGRAM_LOGIN || way === FACEBOOK_LOGIN) return way;
  throw new Error(`Instagram cannot be connected by "${way}".`);
}

/**
 * The API of accounts that were connected with Instagram. It is not documented to take an `appsecret_proof`.
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login
 */
export const instagramGraph: GraphClient = graphClient({
  name: 'Instagram',
  base: (ctx) => `${endpointOf(ctx, 'graph')}/${GRAPH_VERSION}`,
  proof: false,
});

/** The API of accounts that were connected with Facebook. */
export const facebookGraph: GraphClient = graphClient({
  name: 'Facebook',
  base: (ctx) => `${endpointOf(ctx, 'facebookGraph')}/${GRAPH_VERSION}`,
  proof: true,
});

/** What acting on an account needs. */
export interface Access {
  way: Way;
  graph: GraphClient;
  /** An Instagram user token, or the token of the Page that the account is connected to. */
  token: string;
  /** The account's id at Instagram, the same by either way. */
  accountId: string;
}

/** The access of a channel. Throws where the stored connection lacks something, which no person can mend. */
export function accessOf(ctx: AccountContext): Access {
  const way = wayOf(ctx);
  if (ctx.channelId === undefined) throw new Error('No Instagram account is given.');
  if (way === INSTAGRAM_LOGIN) {
    return { way, graph: instagramGraph, token: instagramTokenOf(ctx), accountId: ctx.channelId };
  }
  const token = ctx.channelCredentials?.pageToken;
  if (typeof token !== 'string') throw new Error('The stored Instagram account has no Page token.');
  return { way, graph: facebookGraph, token, accountId: ctx.channelId };
}

/** The token of an account that was connected with Instagram. */
export function instagramTokenOf({ credentials }: AccountContext): string {
  if (typeof credentials.token === 'string') return credentials.token;
  throw new Error('The stored Instagram connection has no token.');
}

/** Says that something is there only for accounts that were connected with Facebook. */
export function onlyWithFacebook(what: string, remedy: string, docs: string): PlatformFailure {
  return new PlatformFailure({
    kind: 'permission',
    message: `${what} only for accounts that were connected with Facebook; this one was connected with Instagram.`,
    remedy,
    docs,
  });
}

/**
 * Whether Instagram fetches this file itself. Images it takes in no other way. Videos it takes as uploads only from those who
 * connected with Facebook; there they are uploaded, as that needs no public address and goes on where it was interrupted.
 * https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
 */
export function isPulled({ way }: Pick<Access, 'way'>, { kind }: Pick<DraftMedia, 'kind'>): boolean {
  return kind !== 'video' || way !== FACEBOOK_LOGIN;
}
