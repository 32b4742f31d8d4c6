/** Somebody who can be spoken to. */
export interface MentionPerson {
  id: string;
  name: string;
}

/** What was typed behind an @, and where it stands. */
export interface MentionQuery {
  /** Of the @. */
  start: number;
  words: string;
}

/** Names have spaces; what is longer than this is no name any more. */
const LONGEST = 40;

/** Whom somebody is about to mention, with the caret behind it. Undefined where there is no such @, as in an address. */
export function mentionQueryAt(text: string, caret: number): MentionQuery | undefined {
  const before = text.slice(0, caret);
  const start = before.lastIndexOf('@');
  if (start < 0 || /\S/.test(before[start - 1] ?? ' ')) return undefined;
  const words = before.slice(start + 1);
  return words.length > LONGEST || /[\n@]|^\s/.test(words) ? undefined : { start, words };
}

/** The people whose names fit, at most as many as a list shows without scrolling. */
export function fitting(people: readonly MentionPerson[], words: string): MentionPerson[] {
  const wanted = words.trim().toLocaleLowerCase();
  const fits = ({ name }: MentionPerson) =>
    name.toLocaleLowerCase().startsWith(wanted) || name.toLocaleLowerCase().includes(` ${wanted}`);
  return people.filter(fits).slice(0, 6);
}

/** Puts a name in the place of what was typed. */
export function withMention(
  text: string,
  caret: number,
  { start }: MentionQuery,
  { name }: MentionPerson,
): { text: string; caret: number } {
  const head = `${text.slice(0, start)}@${name} `;
  return { text: head + text.slice(caret).replace(/^ /, ''), caret: head.length };
}

/** Whose name still stands in the text. */
export function mentionedIn(text: string, chosen: readonly MentionPerson[]): MentionPerson[] {
  const ids = new Set<string>();
  return chosen.filter(({ id, name }) => text.includes(`@${name}`) && !ids.has(id) && ids.add(id));
}

/** A text in pieces, the mentions apart. The longest name wins where one begins another. */
export function piecesOf(text: string, mentions: readonly { name: string }[]): { text: string; mention: boolean }[] {
  const names = mentions.map(({ name }) => `@${name}`).toSorted((one, other) => other.length - one.length);
  const pieces: { text: string; mention: boolean }[] = [];
  let rest = 0;
  let at = text.indexOf('@');
  while (at >= 0) {
    const found = names.find((name) => text.startsWith(name, at));
    if (found) {
      if (at > rest) pieces.push({ text: text.slice(rest, at), mention: false });
      pieces.push({ text: found, mention: true });
      rest = at + found.length;
    }
    at = text.indexOf('@', Math.max(at + 1, rest));
  }
  if (rest < text.length) pieces.push({ text: text.slice(rest), mention: false });
  return pieces;
}
