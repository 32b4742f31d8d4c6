import { canonicalJson } from '#kernel';
import { type MediaKind } from '#media';
import { type FormField, type Json } from '#platforms/core';
import { type TextPart } from '../comments/anchor.js';
import { type AttachedMedia, type ChannelTarget, type PostContent, type ThreadPart } from '../post-content.js';
import { settingWords } from '../setting-words.js';
import { collectiveName, fittingWords } from './media-changes.js';

/** One difference between two versions of a post, in words. */
export interface Change {
  /** Where, as a path; a channel by its id: `content/thread/0/text`, `channels/<id>/media`. */
  field: string;
  /** Null for what is written for all channels. */
  channelId: string | null;
  part?: TextPart;
  /** `text` = a text to compare word by word; `media` = other images, or in another order. */
  kind: 'text' | 'value' | 'media' | 'channel';
  /** For people: "Part 2 of the thread on Bluesky". */
  label: string;
  /** Null where there was nothing. */
  before: string | null;
  after: string | null;
  /** Of other images: which there were, and which there are. */
  media?: { before: string[]; after: string[] };
}

/** What ids and settings are called. */
export interface Names {
  channel(id: string): string;
  media(id: string): { filename: string; altText: string | null; kind?: MediaKind } | undefined;
  setting(channelId: string, name: string): FormField | undefined;
}

/** A value, and whether a channel has it for itself. */
interface Own<T> {
  value: T;
  own: boolean;
}

/** What one channel gets, or what is written for all of them. */
interface Slot {
  text: Own<string | null>;
  link: Own<string | null>;
  thread: Own<readonly ThreadPart[]>;
  comment: Own<string | null>;
  media: Own<readonly AttachedMedia[]>;
}

/** Where a slot is, for paths and labels. */
interface Where {
  channelId: string | null;
  path: string;
  /** Follows every label: " on Bluesky". */
  on: string;
  names: Names;
}

/** What a channel that was not there had. */
const NOTHING: Slot = {
  text: { value: null, own: false },
  link: { value: null, own: false },
  thread: { value: [], own: false },
  comment: { value: null, own: false },
  media: { value: [], own: false },
};

/**
 * What differs between two versions of a post: first what is written for all channels, then channel by channel. What makes no
 * difference to anything that goes out (the order of channels, an empty link in place of none) is no change.
 */
export function changesBetween(from: PostContent, to: PostContent, names: Names): Change[] {
  const everywhere = { channelId: null, path: '', on: '', names };
  const [before, after] = [byId(from.channels), byId(to.channels)];
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  return [
    ...slotChanges(everywhere, slotOf(from), slotOf(to)),
    ...ids.flatMap((id) => {
      const where = { channelId: id, path: `channels/${id}/`, on: ` on ${names.channel(id)}`, names };
      return channelChanges(where, id, [from, before.get(id)], [to, after.get(id)]);
    }),
  ];
}

function byId(channels: readonly ChannelTarget[]): Map<string, ChannelTarget> {
  return new Map(channels.map((target) => [target.id, target]));
}

type Side = readonly [PostContent, ChannelTarget | undefined];

function channelChanges(where: Where, id: string, [from, old]: Side, [to, target]: Side): Change[] {
  const name = where.names.channel(id);
  const whole = { field: `channels/${id}`, channelId: id, kind: 'channel', label: 'Channel' } as const;
  if (!target) return [{ ...whole, before: name, after: null }];
  const own = [
    ...slotChanges(where, old ? slotOf(from, old) : NOTHING, slotOf(to, target)),
    ...settingChanges(where, id, old?.settings ?? {}, target.settings ?? {}),
  ];
  return old ? own : [{ ...whole, before: null, after: name }, ...own];
}

function slotOf({ content, media }: PostContent, target?: ChannelTarget): Slot {
  const own = target?.content;
  return {
    text: { value: own?.text ?? content.text, own: own?.text !== undefined },
    link: { value: filled(own?.link ?? content.link), own: own?.link !== undefined },
    thread: { value: own?.thread ?? content.thread ?? [], own: own?.thread !== undefined },
    comment: {
      value: filled((own?.firstComment ?? content.firstComment)?.text),
      own: own?.firstComment !== undefined,
    },
    media: { value: target?.media ?? media, own: target?.media !== undefined },
  };
}

function filled(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function slotChanges(where: Where, before: Slot, after: Slot): Change[] {
  const { text, link, comment } = after;
  const value = (
    field: string,
    more: Pick<Change, 'kind' | 'label' | 'part'>,
    old: Own<string | null>,
    now: typeof old,
  ) =>
    ownChange(where, field, more.label, old, now, () =>
      old.value === now.value ? [] : [changeIn(where, field, { ...more, before: old.value, after: now.value })],
    );
  return [
    ...value('content/text', { kind: 'text', label: 'Text', part: 0 }, before.text, text),
    ...value('content/link', { kind: 'value', label: 'Link' }, before.link, link),
    ...ownChange(where, 'content/thread', 'Thread', before.thread, after.thread, () =>
      threadChanges(where, before.thread.value, after.thread.value),
    ),
    ...value(
      'content/firstComment/text',
      { kind: 'text', label: 'First comment', part: 'comment' },
      before.comment,
      comment,
    ),
    ...ownChange(where, 'media', 'Images', before.media, after.media, () =>
      mediaChanges(where, 'media', '', before.media.value, after.media.value),
    ),
  ];
}

/** Of a channel only what it has for itself, before or after: the rest is told once, of all. */
function ownChange(
  where: Where,
  field: string,
  label: string,
  before: Own<unknown>,
  after: Own<unknown>,
  changes: () => Change[],
): Change[] {
  if (where.channelId !== null && !before.own && !after.own) return [];
  const found = changes();
  if (found.length > 0 || before.own === after.own) return found;
  const words = ({ own }: Own<unknown>) => (own ? 'Its own' : 'The same as everywhere');
  return [changeIn(where, field, { kind: 'value', label, before: words(before), after: words(after) })];
}

function changeIn({ channelId, path, on }: Where, field: string, change: Omit<Change, 'field' | 'channelId'>): Change {
  return { ...change, channelId, field: `${path}${field}`, label: `${change.label}${on}` };
}

function threadChanges(where: Where, before: readonly ThreadPart[], after: readonly ThreadPart[]): Change[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
    const [old, now] = [before[index], after[index]];
    const field = `content/thread/${index}`;
    const name = `part ${index + 2} of the thread`;
    const label = `P${name.slice(1)}`;
    const [was, is] = [old?.text ?? null, now?.text ?? null];
    return [
      ...(was === is
        ? []
        : [changeIn(where, `${field}/text`, { kind: 'text', label, part: index + 1, before: was, after: is })]),
      ...mediaChanges(where, `${field}/media`, ` of ${name}`, old?.media ?? [], now?.media ?? []),
    ];
  }).flat();
}

/** @param of which text they belong to, behind the label; empty for those of the post itself */
function mediaChanges(
  where: Where,
  field: string,
  of: string,
  before: readonly AttachedMedia[],
  after: readonly AttachedMedia[],
): Change[] {
  const ids = (list: readonly AttachedMedia[]) => list.map(({ id }) => id);
  const names = (list: readonly AttachedMedia[]) =>
    list.length === 0 ? null : list.map(({ id }) => where.names.media(id)?.filename ?? 'An image').join(', ');
  const media = { before: ids(before), after: ids(after) };
  const kinds = [...media.before, ...media.after].map((id) => where.names.media(id)?.kind);
  const change = {
    kind: 'media',
    label: `${collectiveName(kinds)}${of}`,
    before: names(before),
    after: names(after),
    media,
  } as const;
  const others = canonicalJson(media.before) === canonicalJson(media.after) ? [] : [changeIn(where, field, change)];
  return [...others, ...ownWordsChanges(where, field, of, before, after)];
}

/** How files that are in both are described and fitted; the same one twice is compared in order. */
function ownWordsChanges(
  where: Where,
  field: string,
  of: string,
  before: readonly AttachedMedia[],
  after: readonly AttachedMedia[],
): Change[] {
  const left = [...before];
  const describe = ({ id, altText }: AttachedMedia) => filled(altText ?? where.names.media(id)?.altText ?? undefined);
  return after.flatMap((item, index) => {
    const at = left.findIndex(({ id }) => id === item.id);
    const [old] = at < 0 ? [] : left.splice(at, 1);
    if (!old) return [];
    const name = `${where.names.media(item.id)?.kind ?? 'image'} ${index + 1}${of}`;
    const [was, is] = [describe(old), describe(item)];
    const description = { kind: 'text', label: `Description of ${name}`, before: was, after: is } as const;
    const filename = (id: string) => where.names.media(id)?.filename;
    const [fitted, fits] = [fittingWords(old, filename), fittingWords(item, filename)];
    const fitting = { kind: 'value', label: `How ${name} is fitted`, before: fitted, after: fits } as const;
    return [
      ...(was === is ? [] : [changeIn(where, `${field}/${index}/altText`, description)]),
      ...(fitted === fits ? [] : [changeIn(where, `${field}/${index}`, fitting)]),
    ];
  });
}

type Settings = NonNullable<ChannelTarget['settings']>;

function settingChanges(where: Where, channelId: string, before: Settings, after: Settings): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const field = where.names.setting(channelId, name);
    const [old, now] = [settingOf(before[name], field), settingOf(after[name], field)];
    if (canonicalJson(old) === canonicalJson(now)) return [];
    const label = `Setting ${field?.label ?? name}`;
    const [was, is] = [words(old, field), words(now, field)];
    // The same words for two values: a name that was put elsewhere on an image.
    const [earlier, later] = was === is ? [exactly(old), exactly(now)] : [was, is];
    return [changeIn(where, `settings/${name}`, { kind: 'value', label, before: earlier, after: later })];
  });
}

/** What is sent: where nothing was chosen, what the platform's form says. Nobody agrees by saying nothing, or no. */
function settingOf(value: Json | undefined, field: FormField | undefined): Json {
  if (field?.type === 'consent') return value === true ? true : null;
  return value === undefined || value === null || value === '' ? (field?.default ?? null) : value;
}

function words(value: Json, field: FormField | undefined): string | null {
  if (value === null) return null;
  const told = field && settingWords(field, { [field.name]: value });
  if (told !== undefined && told !== '') return told;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return exactly(value);
}

function exactly(value: Json): string | null {
  if (value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
