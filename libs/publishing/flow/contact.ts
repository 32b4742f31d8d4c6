import { type OpenChannel } from '#channels';
import { type Exchange } from '#kernel';
import { type Failure, type JsonObject, type PlatformManifest } from '#platforms/core';
import { type Sighting } from './breaker.js';

/** What a publication met at the outside server of its channel. */
export interface Contact extends Sighting {
  channelId: string;
  platform: string;
  practice: boolean;
  /** Which of the platform's servers, as `serverOf` names it. */
  server: string;
}

/**
 * A contact of a publication, for `noteMet`.
 * @param startedAt when the call began that showed it, by the database's time
 */
export function contactOf(open: OpenChannel, publicationId: string, startedAt: Date): Contact {
  const { channel, adapter } = open;
  const { credentials } = open.context({ timeoutMs: 1 });
  return {
    publicationId,
    startedAt,
    channelId: channel.id,
    platform: channel.platform,
    practice: channel.practice,
    server: serverOf(adapter.manifest, channel.id, credentials),
  };
}

/** Whom an outage hits together: channels with the same platform, practice and server. Empty = the whole platform. */
export function serverOf(
  { outage }: Pick<PlatformManifest, 'outage'>,
  channelId: string,
  credentials: JsonObject,
): string {
  switch (outage?.together) {
    case undefined:
      return '';
    case 'channel':
      return channelId;
    case 'host': {
      const address = credentials[outage.credential];
      // Nobody else is stopped because of an address that cannot be read.
      return typeof address === 'string' && URL.canParse(address) ? new URL(address).host : channelId;
    }
  }
}

/**
 * Whether a failure tells of the outside server itself, and not only of this one request: it could not be reached, or had a
 * fault of its own. A request that was turned down was answered.
 */
export function isServerAway(failure: Pick<Failure, 'kind'>, exchanges: readonly Exchange[]): boolean {
  const last = exchanges.at(-1);
  if (failure.kind !== 'unavailable' || !last) return false;
  return last.status === undefined || last.status >= 500 || last.status === 408;
}
