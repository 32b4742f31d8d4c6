import { isJsonObject, type Json, type JsonObject, type VisiblePost } from '#platforms/core';
import { moreFacts, titleOf } from './more-facts.js';
import { AUDIENCES } from './looks.js';

/** What a practice network tells of a post beside its text and files, in the words of its feed. */
export interface ShownDetails {
  /** What kind of post it is; left out = the ordinary one. */
  format?: string;
  /** A place, or the board that it is on. */
  location?: string;
  topic?: string;
  /** Of a video, a picture, a card, a document; of a poll its question. */
  title?: string;
  poll: string[];
  collaborators: string[];
  /** What hides the whole post, and what hides its files. */
  warning?: string;
  spoiler?: string;
  /** The digest of a file that stands for the video while it does not play. */
  poster?: string;
  /** The shape in which all files are shown, width by height. */
  shape?: number;
  /** Everything else, a sentence each. */
  facts: string[];
}

const FORMATS: Readonly<Record<string, string>> = {
  reel: 'Reel',
  story: 'Story',
  carousel: 'Carousel',
  video: 'Video',
  article: 'Article',
  document: 'Document',
  poll: 'Poll',
  short: 'Short',
  photos: 'Photos',
  draft: 'Draft',
  event: 'Event',
  offer: 'Offer',
};
const DIGEST = /^[0-9a-f]{64}$/;

/** Reads what a practice network says of a post. Whatever it does not know how to say is left out. */
export function shownDetails({ details = {} }: Pick<VisiblePost, 'details'>): ShownDetails {
  const text = (name: string) => textOf(details[name]);
  const cover = text('cover');
  return {
    ...defined('format', FORMATS[text('format') ?? '']),
    ...defined('location', text('location') ?? boardOf(details)),
    ...defined('topic', text('topicTag')),
    ...defined('title', text('title') ?? text('question') ?? titleOf(details)),
    ...defined('warning', text('spoilerText')),
    ...defined('spoiler', spoilerOf(details)),
    ...defined('poster', cover !== undefined && DIGEST.test(cover) ? cover : undefined),
    ...(typeof details['shape'] === 'number' && { shape: details['shape'] }),
    poll: textsOf(details['poll']),
    collaborators: textsOf(details['collaborators']),
    facts: factsOf(details).filter((fact) => fact !== undefined),
  };
}

function spoilerOf(details: JsonObject): string | undefined {
  if (details['spoiler'] === true) return 'Spoiler';
  return details['sensitive'] === true ? 'Sensitive content' : undefined;
}

function factsOf(details: JsonObject): (string | undefined)[] {
  const text = (name: string) => textOf(details[name]);
  const cover = text('cover');
  const tagged = peopleOf(details['tags']);
  return [
    tagged.length > 0 ? `With ${tagged.join(', ')}` : undefined,
    sentence('Sound', text('audioName')),
    cover !== undefined && !DIGEST.test(cover) ? `Cover at ${cover}` : undefined,
    ...['replyControl', 'replySettings', 'visibility'].map((name) => AUDIENCES[(text(name) ?? '').toLowerCase()]),
    text('description'),
    pollEnds(details['pollMinutes']),
    sentence('Quotes', text('quotes')),
    details['madeWithAi'] === true ? 'Made with AI' : undefined,
    edits(details['edits']),
    details['shareToFeed'] === false ? 'Not in the feed' : undefined,
    text('trial') === undefined ? undefined : 'Trial reel',
    details['aiGenerated'] === true ? 'AI info' : undefined,
    details['paidPartnership'] === true ? 'Paid partnership' : undefined,
    ...moreFacts(details),
  ];
}

/** `Recipes › Soups` */
function boardOf(details: JsonObject): string | undefined {
  const [board, section] = [textOf(details['board']), textOf(details['section'])];
  return board !== undefined && section !== undefined ? `${board} › ${section}` : board;
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** By the largest unit that it holds whole. */
function pollEnds(minutes: Json | undefined): string | undefined {
  if (typeof minutes !== 'number' || minutes <= 0) return undefined;
  if (minutes % DAY === 0) return `The poll is open for ${plural(minutes / DAY, 'day')}`;
  if (minutes % HOUR === 0) return `The poll is open for ${plural(minutes / HOUR, 'hour')}`;
  return `The poll is open for ${plural(minutes, 'minute')}`;
}

function edits(count: Json | undefined): string | undefined {
  if (typeof count !== 'number' || count < 1) return undefined;
  return count === 1 ? 'Edited' : `Edited ${count} times`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** `ada on image 2`; on a single file the name alone. */
function peopleOf(tags: Json | undefined): string[] {
  if (!Array.isArray(tags)) return [];
  const people = tags.filter(isJsonObject);
  const several = people.some(({ media }) => media !== 0 && media !== undefined);
  return people.flatMap(({ username, media }) => {
    if (typeof username !== 'string') return [];
    return [several && typeof media === 'number' ? `${username} on file ${media + 1}` : username];
  });
}

function sentence(name: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${name}: ${value}`;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function defined<K extends string, V>(name: K, value: V | undefined) {
  return value === undefined ? {} : ({ [name]: value } as Record<K, V>);
}
