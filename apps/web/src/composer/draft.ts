import { type Schema } from '../api/client.js';
import {
  askedFields,
  type FileKinds,
  type FieldValue,
  type FieldValues,
  filledValues,
  followFiles,
  type FormField,
} from '../ui/manifest-values.js';
import { type MediaChoices } from '../media/choices.js';
import { changeFollowing, type FollowingAction, onChannel, onThread } from './following.js';
import { isBlankPart, type ThreadPart } from './thread.js';

/** An uploaded file in a post, with its description there and what was chosen for it. */
export interface MediaItem extends MediaChoices {
  id: string;
  altText: string;
}

/** A channel that the post goes to, and what differs there; what is left out is the common one. */
export interface ChannelDraft {
  id: string;
  text?: string;
  /** An empty text = no link on this channel. */
  link?: string;
  media?: MediaItem[];
  /** Empty = no thread on this channel. */
  thread?: ThreadPart[];
  /** An empty text = no first comment on this channel. */
  firstComment?: string;
  settings?: FieldValues;
  /** What was written for this channel and put aside for what all get; it can be brought back. */
  asideText?: string;
  asideThread?: ThreadPart[];
  asideComment?: string;
}

/** When a post goes out. */
export interface ScheduleChoice {
  kind: 'now' | 'at' | 'draft';
  /** `2027-03-28T09:00` as clocks in the zone show it; empty = not chosen yet. */
  local: string;
  /** IANA name. */
  zone: string;
}

/** Everything that the editor holds of a post. */
export interface Draft {
  text: string;
  /** Empty = none. */
  link: string;
  media: MediaItem[];
  /** The parts after the first one, in order. */
  thread: ThreadPart[];
  /** Empty = none. */
  firstComment: string;
  channels: ChannelDraft[];
  /** Channels that were taken out, with what was written for them, in case they come back. */
  parked: ChannelDraft[];
  schedule: ScheduleChoice;
}

/** What a post says and where, as the API takes it. */
export type PostContent = Schema<'PostContentDto'>;
/** What is sent to create a post or to check one. */
export type CreateBody = Schema<'CreatePostDto'>;

/** Where a change applies: on one channel, or, left out, on all of them. */
export interface Where {
  channelId?: string | undefined;
}

/** The message that a text or an image belongs to: a part of the thread by its key, or, left out, the post itself. */
export interface Message extends Where {
  part?: string | undefined;
}

export type DraftAction =
  | ({ type: 'text'; value: string } & Message)
  | ({ type: 'link'; value: string } & Where)
  | { type: 'toggle-channel'; channelId: string }
  | { type: 'choose-channels'; channelIds: readonly string[] }
  | { type: 'own-text'; channelId: string }
  | { type: 'common-text'; channelId: string }
  | { type: 'own-link'; channelId: string }
  | { type: 'common-link'; channelId: string }
  | { type: 'own-media'; channelId: string }
  | { type: 'common-media'; channelId: string }
  /** `before` = the item in front of which it stands, where that is there; left out = at the end. */
  | ({ type: 'add-media'; item: MediaItem; before?: string | undefined } & Message)
  | ({ type: 'adjust-media'; id: string; choices: MediaChoices } & Message)
  | ({ type: 'remove-media'; id: string } & Message)
  | ({ type: 'move-media'; id: string; to: number } & Message)
  | ({ type: 'alt-text'; id: string; value: string } & Message)
  | FollowingAction
  | { type: 'setting'; channelId: string; name: string; value: FieldValue }
  | { type: 'schedule'; change: Partial<ScheduleChoice> }
  | { type: 'replace'; draft: Draft };

/** A post that nobody has written yet. @param zone the workspace's */
export function emptyDraft(zone: string): Draft {
  const schedule: ScheduleChoice = { kind: 'at', local: '', zone };
  return { text: '', link: '', media: [], thread: [], firstComment: '', channels: [], parked: [], schedule };
}

/** The draft after a change. Names on images go along with them. Pure. */
export function changeDraft(draft: Draft, action: DraftAction): Draft {
  const next = changed(draft, action);
  return action.type === 'replace' || action.type === 'setting' ? next : withMarksFollowed(draft, next);
}

function withMarksFollowed(before: Draft, after: Draft): Draft {
  const ids = (draft: Draft, { media = draft.media }: ChannelDraft) => media.map(({ id }) => id);
  const channels = after.channels.map((channel) => {
    const was = before.channels.find(({ id }) => id === channel.id);
    if (!was || !channel.settings) return channel;
    const [old, now] = [ids(before, was), ids(after, channel)];
    const stays = old.every((id, index) => id === now[index]);
    return stays ? channel : { ...channel, settings: followFiles(channel.settings, old, now) };
  });
  return channels.every((channel, index) => channel === after.channels[index]) ? after : { ...after, channels };
}

function changed(draft: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case 'text':
      return at(draft, action, (part) => ({ ...part, text: action.value }));
    case 'link':
      return at(draft, action, (part) => ({ ...part, link: action.value }));
    case 'toggle-channel':
      return toggleChannel(draft, action.channelId);
    case 'choose-channels':
      return chooseChannels(draft, action.channelIds);
    case 'own-text':
      return onChannel(draft, action.channelId, ({ asideText, ...channel }) => ({
        ...channel,
        text: asideText ?? draft.text,
      }));
    case 'common-text':
      return onChannel(draft, action.channelId, ({ text, ...channel }) => ({
        ...channel,
        // What only repeats the common text is not worth keeping.
        ...(text !== undefined && text !== draft.text && text.trim() !== '' && { asideText: text }),
      }));
    case 'own-link':
      return onChannel(draft, action.channelId, (channel) => ({ ...channel, link: draft.link }));
    case 'common-link':
      return onChannel(draft, action.channelId, ({ link: _, ...channel }) => channel);
    case 'own-media':
      return onChannel(draft, action.channelId, (channel) => ({ ...channel, media: draft.media }));
    case 'common-media':
      return onChannel(draft, action.channelId, ({ media: _, ...channel }) => channel);
    case 'add-media':
    case 'adjust-media':
    case 'remove-media':
    case 'move-media':
    case 'alt-text':
      return at(draft, action, (part) => ({
        ...part,
        media: changeMedia(part.media ?? draft.media, action),
      }));
    case 'setting':
      return onChannel(draft, action.channelId, ({ settings, ...channel }) => ({
        ...channel,
        settings: { ...settings, [action.name]: action.value },
      }));
    case 'schedule':
      return { ...draft, schedule: { ...draft.schedule, ...action.change } };
    case 'replace':
      return action.draft;
    default:
      return changeFollowing(draft, action);
  }
}

type Part = Pick<ChannelDraft, 'text' | 'link' | 'media'>;

function at(draft: Draft, { channelId, part: key }: Message, change: (part: Part) => Part): Draft {
  if (key !== undefined) {
    return onThread(draft, channelId, (parts) =>
      parts.map((part) => (part.key === key ? { ...part, ...change(part) } : part)),
    );
  }
  if (channelId !== undefined) return onChannel(draft, channelId, (channel) => ({ ...channel, ...change(channel) }));
  return { ...draft, ...change(draft) };
}

type MediaAction = Extract<
  DraftAction,
  { type: 'add-media' | 'adjust-media' | 'remove-media' | 'move-media' | 'alt-text' }
>;

function changeMedia(media: MediaItem[], action: MediaAction): MediaItem[] {
  switch (action.type) {
    case 'add-media':
      return media.some(({ id }) => id === action.item.id) ? media : addMedia(media, action);
    case 'adjust-media':
      return media.map((item) =>
        item.id === action.id ? { id: item.id, altText: item.altText, ...action.choices } : item,
      );
    case 'remove-media':
      return media.filter(({ id }) => id !== action.id);
    case 'move-media': {
      const moved = media.find(({ id }) => id === action.id);
      return moved ? media.filter(({ id }) => id !== action.id).toSpliced(action.to, 0, moved) : media;
    }
    case 'alt-text':
      return media.map((item) => (item.id === action.id ? { ...item, altText: action.value } : item));
  }
}

function addMedia(media: MediaItem[], { item, before }: Extract<MediaAction, { type: 'add-media' }>): MediaItem[] {
  const place = media.findIndex(({ id }) => id === before);
  return media.toSpliced(place < 0 ? media.length : place, 0, item);
}

function toggleChannel(draft: Draft, id: string): Draft {
  const present = draft.channels.some((channel) => channel.id === id);
  const ids = draft.channels.map((channel) => channel.id);
  return chooseChannels(draft, present ? ids.filter((other) => other !== id) : [...ids, id]);
}

function chooseChannels(draft: Draft, ids: readonly string[]): Draft {
  const known = [...draft.channels, ...draft.parked];
  return {
    ...draft,
    channels: ids.map((id) => known.find((channel) => channel.id === id) ?? { id }),
    parked: known.filter((channel) => !ids.includes(channel.id)),
  };
}

/** What one channel gets. */
export interface EffectiveContent {
  text: string;
  link?: string;
  media: MediaItem[];
  thread: ThreadPart[];
  /** Empty = none. */
  firstComment: string;
  settings: FieldValues;
}

/** What a channel gets: its own words where there are some, else everybody's. The server composes it in the same way. */
export function effectiveContent(draft: Draft, channel: ChannelDraft): EffectiveContent {
  const link = (channel.link ?? draft.link).trim();
  return {
    text: channel.text ?? draft.text,
    ...(link !== '' && { link }),
    media: channel.media ?? draft.media,
    thread: channel.thread ?? draft.thread,
    firstComment: channel.firstComment ?? draft.firstComment,
    settings: filledValues(channel.settings ?? {}),
  };
}

/** What may differ on a channel. */
export type Difference = 'text' | 'link' | 'images' | 'thread' | 'first comment' | 'settings';

/**
 * What differs on a channel from what all get.
 * @param fields the form of the platform's settings
 * @param kinds of the files that the channel gets
 */
export function differencesOf(
  draft: Draft,
  channel: ChannelDraft,
  fields: readonly FormField[],
  kinds: FileKinds = [],
): Difference[] {
  const entered = filledValues(channel.settings ?? {});
  const isSet = ({ name, default: preset }: FormField) => {
    const value = entered[name];
    return value !== undefined && value !== (preset ?? (typeof value === 'boolean' ? false : undefined));
  };
  const found: (Difference | false)[] = [
    channel.text !== undefined && 'text',
    channel.link !== undefined && 'link',
    channel.media !== undefined && 'images',
    // To have none is nothing special where there is none.
    channel.thread !== undefined && channel.thread.length + draft.thread.length > 0 && 'thread',
    channel.firstComment !== undefined && channel.firstComment + draft.firstComment !== '' && 'first comment',
    askedFields(fields, channel.settings ?? {}, kinds).some(isSet) && 'settings',
  ];
  return found.filter((difference) => difference !== false);
}

/** Whether there is nothing yet that would be worth keeping. */
export function isEmpty(draft: Draft): boolean {
  const blank = (text = '') => text.trim() === '';
  const channels = [...draft.channels, ...draft.parked];
  const isBlank = ({ text, link, media = [], thread = [], firstComment }: Part & Following) =>
    blank(text) && blank(link) && media.length === 0 && thread.every(isBlankPart) && blank(firstComment);
  return (
    [draft, ...channels].every(isBlank) &&
    channels.every(
      ({ settings, asideText, asideThread = [], asideComment }) =>
        blank(asideText) &&
        blank(asideComment) &&
        asideThread.every(isBlankPart) &&
        Object.keys(filledValues(settings ?? {})).length === 0,
    )
  );
}

type Following = Pick<ChannelDraft, 'thread' | 'firstComment'>;
