import { type AccountContext, endpointOf } from '#platforms/core';
import { GRAPH_VERSION, graphClient } from '#platforms/meta';

/** The Graph API of Facebook. */
export const graph = graphClient({
  name: 'Facebook',
  base: (ctx) => `${endpointOf(ctx, 'graph')}/${GRAPH_VERSION}`,
  proof: true,
});

/** The same for the bytes of videos: https://developers.facebook.com/docs/graph-api/video-uploads */
export const videoGraph = graphClient({
  name: 'Facebook',
  base: (ctx) => `${endpointOf(ctx, 'graphVideo')}/${GRAPH_VERSION}`,
  proof: true,
});

/** The Page of this context. */
export function pageId(ctx: AccountContext): string {
  if (ctx.channelId === undefined) throw new Error('No Page is given.');
  return ctx.channelId;
}

/** The token that `listChannels` returned for this Page. */
export function pageToken(ctx: AccountContext): string {
  const token = ctx.channelCredentials?.pageToken;
  if (typeof token !== 'string') throw new Error('The stored Facebook Page has no Page token.');
  return token;
}

/** An address of facebook.com; what Graph answers of videos is one without a host. */
export function facebookAddress(ctx: AccountContext, path: string): string {
  return URL.canParse(path) ? path : `${endpointOf(ctx, 'www')}/${path.replace(/^\//, '')}`;
}
