import {
  type Capabilities,
  capabilitiesFor,
  type ChannelDifferences,
  formatOf,
  limitsFor,
  type PostFormat,
  settingsFor,
} from '#platforms/core';
import { type Schema } from '../api/client.js';
import { type Channel } from '../api/queries.js';
import { type FieldValues, type FormField } from '../ui/manifest-values.js';

/** A platform's manifest with the kinds of post that it has. */
export type Platform = Schema<'PlatformDto'>;

/** A channel with what it can do less, or more, than others of its network. */
type OwnChannel = Pick<Channel, 'limits'> & ChannelDifferences;

/** What a post of one format may be on a channel. */
export interface Posted {
  limits: Channel['limits'];
  supports: Capabilities;
  /** What other channels of the network have and this one has not. */
  lacks: Capabilities;
  /** The form of its settings, without those that this channel does not have. */
  fields: readonly FormField[];
  /** Undefined where the network has one kind of post alone. */
  format: PostFormat | undefined;
}

const NOTHING: Capabilities = { thread: false, firstComment: false, remove: false, edit: false };

/** What a post with these settings may be on a channel. @param platform undefined while the manifests are read */
export function postedOn(channel: OwnChannel, platform: Platform | undefined, settings: FieldValues): Posted {
  const { limits } = channel;
  if (!platform) return { limits, supports: NOTHING, lacks: NOTHING, fields: [], format: undefined };
  const usual = capabilitiesFor(platform, settings);
  const own = capabilitiesFor(platform, settings, channel);
  return {
    // Lists of the manifest are read alone; the API's description does not say so.
    limits: limitsFor(platform, limits, settings) as Channel['limits'],
    supports: own,
    lacks: {
      thread: usual.thread && !own.thread,
      firstComment: usual.firstComment && !own.firstComment,
      remove: usual.remove && !own.remove,
      edit: usual.edit && !own.edit,
    },
    fields: settingsFor(platform.settings, channel),
    format: formatOf(platform, settings),
  };
}

/** How a format is named within a sentence; undefined for the ordinary post, which needs no name. */
export function formatName(platform: Platform | undefined, format: PostFormat | undefined): string | undefined {
  return format === undefined || format.id === platform?.formats?.[0]?.id ? undefined : format.label;
}

/** A channel with the form that it has. */
interface Formed {
  name: string;
  fields: readonly FormField[];
}

/**
 * Which settings of its network a channel does not have, and which of the others have them; undefined where it has all.
 * @param all the form of the network
 * @param others channels of the same network that are chosen too
 */
export function missingInWords(
  { fields }: Formed,
  all: readonly FormField[],
  others: readonly Formed[],
): string | undefined {
  const lost = all.filter(({ name }) => !fields.some((field) => field.name === name));
  if (lost.length === 0) return undefined;
  const having = others.filter((other) => lost.every(({ name }) => other.fields.some((field) => field.name === name)));
  const names = having.map(({ name }) => name).join(' and ');
  const there =
    having.length === 0
      ? ''
      : ` ${names} ${having.length === 1 ? 'has' : 'have'} ${lost.length === 1 ? 'it' : 'them'}.`;
  return `Not to be had on this channel: ${lost.map(({ label }) => label).join(', ')}.${there}`;
}

/** What is chosen on a channel whose network has several formats. */
interface ChosenFormat {
  title: string;
  label: string;
  /** It is the ordinary post. */
  isUsual: boolean;
}

/** `Format: Story on Instagram, Reel on Facebook; ordinary posts on the 3 others.` */
export function formatsInWords(chosen: readonly ChosenFormat[]): string {
  const special = chosen.filter(({ isUsual }) => !isUsual);
  const others = chosen.length - special.length;
  if (special.length === 0) return 'Format: ordinary posts on all channels.';
  const named = special.map(({ label, title }) => `${label} on ${title}`).join(', ');
  if (others === 0) return `Format: ${named}.`;
  return `Format: ${named}; ordinary ${others === 1 ? 'post on the other channel' : 'posts on the other channels'}.`;
}
