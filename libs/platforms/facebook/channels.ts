import { type AccountContext, type ChannelInfo } from '#platforms/core';
import { pagesOf, pictureOf, revokeLogin } from '#platforms/meta';
import { graph } from './graph.js';

/** Every Page that this account may publish on. */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const pages = await pagesOf(ctx, { graph, fields: 'username,link,picture{url}' });
  return pages.map(({ id, name, token, node }) => {
    const avatarUrl = pictureOf(node);
    return {
      id,
      name,
      credentials: { pageToken: token },
      ...(typeof node.username === 'string' && { handle: node.username }),
      ...(typeof node.link === 'string' && { url: node.link }),
      ...(avatarUrl !== undefined && { avatarUrl }),
    };
  });
}

/** Gives every permission back. */
export function revoke(ctx: AccountContext): Promise<void> {
  return revokeLogin(ctx, graph);
}
