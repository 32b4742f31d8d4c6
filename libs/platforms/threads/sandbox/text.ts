import { badParameter, missingParameter } from '#platforms/meta/sandbox';

const MAX_TEXT = 500;
const MAX_LINKS = 5;

/**
 * The text of a container, as Threads keeps it; links count with the attached one.
 * https://developers.facebook.com/documentation/threads/posts
 */
export function textOf(given: Readonly<Record<string, string>>, isRequired: boolean): string {
  const text = (given.text ?? '').replace(/\r\n?/g, '\n').trim();
  if (isRequired && text === '') throw missingParameter('text');
  if (lengthOf(text) > MAX_TEXT) throw badParameter('Param text must be at most 500 characters long.');
  const links = new Set((text.match(/(?:https?:\/\/|\bwww\.)[^\s<>]+/gi) ?? []).map(withoutEnd));
  if (given.link_attachment !== undefined) links.add(given.link_attachment);
  if (links.size > MAX_LINKS) throw badParameter('THREADS_API__LINK_LIMIT_EXCEEDED');
  return text;
}

/** Characters, an emoji as its bytes: https://developers.facebook.com/documentation/threads/posts#limitations */
export function lengthOf(text: string): number {
  const characters = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
  const isEmoji = (one: string) => /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\ufe0f|\u20e3/u.test(one);
  return characters.reduce((sum, one) => sum + (isEmoji(one) ? Buffer.byteLength(one) : 1), 0);
}

const withoutEnd = (link: string): string => link.replace(/[.,;:!?)\]]+$/, '');
