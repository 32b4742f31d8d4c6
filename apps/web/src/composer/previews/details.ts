import { isLookedUp } from '#platforms/core';
import { type FieldValue, type FieldValues, marksIn, textsIn } from '../../ui/manifest-values.js';

/** In which settings of a platform stands what is seen beside the text. */
export interface DetailNames {
  place?: string;
  /** Shown with the name of whoever posts. */
  topic?: string;
  /** `asked` = the setting that says whether there is a poll; left out = the format is one. */
  poll?: { asked?: string; question?: string; options: string; ends?: PollEnds };
  /** Who sees it, said beside the name, by the value that is chosen. */
  visibility?: { setting: string; words: Readonly<Record<string, string>> };
  /** The address of a post that this one quotes. */
  quote?: string;
  /** What the card of a link says, where the network does not read it from the page. */
  card?: { title: string; description: string };
  /** What stands above the pages of a document; its file name where nothing is entered. */
  documentTitle?: string;
  /** Where it is kept. */
  board?: { board: string; section: string };
  /** What is said below the post, by the value that is chosen. */
  audience?: { setting: string; words: Readonly<Record<string, string>> };
  collaborators?: string;
  /** Names without a place. */
  people?: string;
  /** Names on places of images. */
  marks?: string;
  sound?: string;
  /** Of a video. */
  title?: string;
  /** What is said beside the post where a setting is switched on, and another one is not. */
  notes?: readonly { setting: string; words: string; unless?: string }[];
  /** What is written on the button, by the value that is chosen. */
  button?: { setting: string; words: Readonly<Record<string, string>> };
  /** When something begins and ends, as clocks at the place show it. */
  period?: { from: Moment; to: Moment };
  /** How an offer is redeemed. */
  offer?: { code: string; redeem: string; terms: string };
}

/** In which settings a day and its time stand. */
interface Moment {
  date: string;
  time: string;
}

/** How long a poll is open: in minutes, the same for all without a setting, or by the value that is chosen. */
export type PollEnds =
  | { setting?: string; minutes: number }
  | { setting: string; words: Readonly<Record<string, string>>; otherwise: string };

/** What is seen beside the text of a post. */
export interface Details {
  place?: string;
  topic?: string;
  /** The answers; empty where there is no poll. */
  poll: string[];
  pollQuestion?: string;
  /** `3 days left` */
  pollEnds?: string;
  visibility?: string;
  quote?: string;
  card?: { title: string; description: string };
  documentTitle?: string;
  /** `Recipes › Soups` */
  board?: string;
  audience?: string;
  collaborators: string[];
  people: string[];
  marks: { media: number; x: number; y: number; text: string }[];
  sound?: string;
  title?: string;
  notes: string[];
  button?: string;
  /** `24 Nov 2026, 18:30 to 20:00` */
  period?: string;
  offer?: { code?: string; redeem?: string; terms?: string };
}

/** Reads from the settings of a post what is seen beside its text. */
export function detailsOf(names: DetailNames, settings: FieldValues): Details {
  const text = (name: string | undefined) => {
    const value = name === undefined ? undefined : settings[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const texts = (name: string | undefined) =>
    name === undefined ? [] : textsIn(settings[name]).filter((one) => one.trim() !== '');
  const at = names.place === undefined ? undefined : settings[names.place];
  const place = isLookedUp(at) ? at.label : undefined;
  const [topic, sound, title] = [text(names.topic), text(names.sound), text(names.title)];
  const audience = names.audience?.words[text(names.audience.setting) ?? ''];
  const visibility = names.visibility?.words[text(names.visibility.setting) ?? ''];
  const [quote, documentTitle] = [text(names.quote), text(names.documentTitle)];
  const board = names.board && boardOf(settings, names.board);
  return {
    ...(place !== undefined && { place }),
    ...(topic !== undefined && { topic: topic.replace(/^#/, '') }),
    ...(sound !== undefined && { sound }),
    ...(title !== undefined && { title }),
    ...(audience !== undefined && { audience }),
    ...(visibility !== undefined && { visibility }),
    ...(quote !== undefined && { quote }),
    ...(documentTitle !== undefined && { documentTitle }),
    ...(board !== undefined && { board }),
    ...(names.card && {
      card: { title: text(names.card.title) ?? '', description: text(names.card.description) ?? '' },
    }),
    ...pollOf(names.poll, settings, text, texts),
    collaborators: texts(names.collaborators).map(withoutAt),
    people: texts(names.people).map(withoutAt),
    marks:
      names.marks === undefined
        ? []
        : marksIn(settings[names.marks]).map((mark) => ({ ...mark, text: withoutAt(mark.text) })),
    notes: (names.notes ?? [])
      .filter(({ setting, unless = '' }) => settings[setting] === true && settings[unless] !== true)
      .map(({ words }) => words),
    ...placeDetails(names, text),
  };
}

type Text = (name: string | undefined) => string | undefined;

/** What a place tells beside its text. */
function placeDetails(names: DetailNames, text: Text): Pick<Details, 'button' | 'period' | 'offer'> {
  const button = names.button?.words[text(names.button.setting) ?? ''];
  const period = names.period && periodInWords(momentOf(names.period.from, text), momentOf(names.period.to, text));
  const { code, redeem, terms } = names.offer ?? {};
  const [shownCode, shownRedeem, shownTerms] = [text(code), text(redeem), text(terms)];
  return {
    ...(button !== undefined && { button }),
    ...(period !== undefined && { period }),
    ...(names.offer && {
      offer: {
        ...(shownCode !== undefined && { code: shownCode }),
        ...(shownRedeem !== undefined && { redeem: shownRedeem }),
        ...(shownTerms !== undefined && { terms: shownTerms }),
      },
    }),
  };
}

function momentOf({ date, time }: Moment, text: Text): LocalMoment {
  return { date: text(date), time: text(time) };
}

/** A day and a time as the clocks at the place show them. */
interface LocalMoment {
  date: string | undefined;
  time: string | undefined;
}

/** `24 Nov 2026, 18:30 to 20:00`, `24 Nov 2026 to 1 Dec 2026`; undefined where no day is chosen. */
export function periodInWords(from: LocalMoment, to: LocalMoment, locale?: string): string | undefined {
  const begins = momentInWords(from, locale);
  const isOneDay = begins !== undefined && to.date === from.date;
  const ends = isOneDay ? to.time : momentInWords(to, locale);
  if (begins === undefined) return ends === undefined ? undefined : `until ${ends}`;
  return ends === undefined ? begins : `${begins} to ${ends}`;
}

function momentInWords({ date, time }: LocalMoment, locale: string | undefined): string | undefined {
  if (date === undefined || Number.isNaN(Date.parse(date))) return undefined;
  // A day without a zone, as if it were UTC.
  const shape = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  const day = new Intl.DateTimeFormat(locale, shape).format(new Date(`${date}T00:00:00Z`));
  return time === undefined ? day : `${day}, ${time}`;
}

type PollDetails = Pick<Details, 'poll' | 'pollQuestion' | 'pollEnds'>;

function pollOf(
  names: DetailNames['poll'],
  settings: FieldValues,
  text: (name: string | undefined) => string | undefined,
  texts: (name: string) => string[],
): PollDetails {
  if (!names || (names.asked !== undefined && settings[names.asked] !== true)) return { poll: [] };
  const question = text(names.question);
  return {
    poll: texts(names.options),
    ...(question !== undefined && { pollQuestion: question }),
    ...(names.ends && { pollEnds: endsIn(names.ends, settings[names.ends.setting ?? '']) }),
  };
}

function endsIn(ends: PollEnds, value: FieldValue | undefined): string {
  if ('words' in ends) return `${(typeof value === 'string' && ends.words[value]) || ends.otherwise} left`;
  return `${minutesInWords(typeof value === 'number' ? value : ends.minutes)} left`;
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** `1 day`, `6 hours`, `45 minutes`: the largest unit alone, as networks say it. */
export function minutesInWords(minutes: number): string {
  if (minutes >= DAY) return plural(Math.floor(minutes / DAY), 'day');
  return minutes >= HOUR ? plural(Math.floor(minutes / HOUR), 'hour') : plural(Math.floor(minutes), 'minute');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function boardOf(settings: FieldValues, { board, section }: { board: string; section: string }): string | undefined {
  const labels = [settings[board], settings[section]].flatMap((one) => (isLookedUp(one) ? [one.label] : []));
  return isLookedUp(settings[board]) ? labels.join(' › ') : undefined;
}

/** `ada, grace and 2 others` */
export function namesInWords([first, ...others]: readonly string[]): string {
  if (first === undefined) return '';
  const [second] = others;
  if (second === undefined) return first;
  return others.length === 1 ? `${first} and ${second}` : `${first} and ${others.length} others`;
}

function withoutAt(name: string): string {
  return name.trim().replace(/^@/, '');
}
