import { type AttentionItem } from './queries.js';

/** A channel that holds publications: mending it mends all of them. */
export interface AffectedChannel {
  id: string;
  name: string;
  workspaceId: string;
  workspaceName: string;
}

/** The channels of some publications, each once, in their order. */
export function channelsOf(items: readonly AttentionItem[]): AffectedChannel[] {
  const channels = items.map(({ channelId, channelName, workspaceId, workspaceName }) => ({
    id: channelId,
    name: channelName,
    workspaceId,
    workspaceName,
  }));
  return [...new Map(channels.map((channel) => [channel.id, channel])).values()];
}
