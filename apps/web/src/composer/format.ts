import { capabilitiesFor, formatOf, limitsFor, type PostFormat } from '#platforms/core';
import { type Schema } from '../api/client.js';
import { type Channel } from '../api/queries.js';
import { type FieldValues } from '../ui/manifest-values.js';
import { type Supports } from './local-findings.js';

/** A platform's manifest with the kinds of post that it has. */
export type Platform = Schema<'PlatformDto'>;

/** What a post of one format may be on a channel. */
export interface Posted {
  limits: Channel['limits'];
  supports: Supports;
  /** Undefined where the network has one kind of post alone. */
  format: PostFormat | undefined;
}

/** What a post with these settings may be on a channel. @param platform undefined while the manifests are read */
export function postedOn(
  { limits }: Pick<Channel, 'limits'>,
  platform: Platform | undefined,
  settings: FieldValues,
): Posted {
  if (!platform) return { limits, supports: { thread: false, firstComment: false }, format: undefined };
  return {
    // Lists of the manifest are read alone; the API's description does not say so.
    limits: limitsFor(platform, limits, settings) as Channel['limits'],
    supports: capabilitiesFor(platform, settings),
    format: formatOf(platform, settings),
  };
}

/** How a format is named within a sentence; undefined for the ordinary post, which needs no name. */
export function formatName(platform: Platform | undefined, format: PostFormat | undefined): string | undefined {
  return format === undefined || format.id === platform?.formats?.[0]?.id ? undefined : format.label;
}
