import { type ChannelInfo } from '#platforms/core';

/** A channel of the connection, as far as the comparison needs it. */
interface Known {
  external_id: string;
}

/** What reconnecting would do to the channels of a connection. */
export interface ReconnectPlan<T extends Known> {
  /** Places that the account has and the connection does not. */
  gained: ChannelInfo[];
  kept: T[];
  /** Channels whose place the account no longer lists. */
  lost: T[];
}

/** Compares the channels of a connection with what the account lists now. A removed channel is one that it does not have. */
export function planReconnect<T extends Known>(
  current: readonly T[],
  listed: readonly ChannelInfo[],
): ReconnectPlan<T> {
  const known = new Set(current.map((channel) => channel.external_id));
  const there = new Set(listed.map((info) => info.id));
  return {
    gained: listed.filter((info) => !known.has(info.id)),
    kept: current.filter((channel) => there.has(channel.external_id)),
    lost: current.filter((channel) => !there.has(channel.external_id)),
  };
}
