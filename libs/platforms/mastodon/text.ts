import { textWithLink } from '#platforms/core';
import { LINK_SEPARATOR } from './manifest.js';

/** Mastodon has no field for a link and makes the card from the text, so the link goes behind it unless it is in there. */
export function withLink(text: string, link: string | undefined): string {
  return textWithLink(text, link, LINK_SEPARATOR);
}
