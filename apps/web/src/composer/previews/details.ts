import { isLookedUp } from '#platforms/core';
import { type FieldValues, marksIn, textsIn } from '../../ui/manifest-values.js';

/** In which settings of a platform stands what is seen beside the text. */
export interface DetailNames {
  place?: string;
  /** Shown with the name of whoever posts. */
  topic?: string;
  /** `asked` = the setting that says whether there is a poll. */
  poll?: { asked: string; options: string };
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
  /** What is said beside the post where a setting is switched on. */
  notes?: readonly { setting: string; words: string }[];
}

/** What is seen beside the text of a post. */
export interface Details {
  place?: string;
  topic?: string;
  /** The answers; empty where there is no poll. */
  poll: string[];
  audience?: string;
  collaborators: string[];
  people: string[];
  marks: { media: number; x: number; y: number; text: string }[];
  sound?: string;
  title?: string;
  notes: string[];
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
  return {
    ...(place !== undefined && { place }),
    ...(topic !== undefined && { topic: topic.replace(/^#/, '') }),
    ...(sound !== undefined && { sound }),
    ...(title !== undefined && { title }),
    ...(audience !== undefined && { audience }),
    poll: names.poll && settings[names.poll.asked] === true ? texts(names.poll.options) : [],
    collaborators: texts(names.collaborators).map(withoutAt),
    people: texts(names.people).map(withoutAt),
    marks:
      names.marks === undefined
        ? []
        : marksIn(settings[names.marks]).map((mark) => ({ ...mark, text: withoutAt(mark.text) })),
    notes: (names.notes ?? []).filter(({ setting }) => settings[setting] === true).map(({ words }) => words),
  };
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
