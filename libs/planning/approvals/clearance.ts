/** Whether what a channel would be sent, by its hash, may go out. */
export type Cleared = (channelId: string, contentHash: string) => boolean;

/** Where no approval is asked for. */
export const everything: Cleared = () => true;

/** Where one is missing. */
export const nothing: Cleared = () => false;

/** Exactly what was approved. */
export function onlyThese(hashes: Readonly<Record<string, string>>): Cleared {
  return (channelId, contentHash) => hashes[channelId] === contentHash;
}
