import twitterText from 'twitter-text';
import { hash, type Link } from './state.js';

/**
 * A text as X keeps it: every link short, also those that it adds for files and quotes, and HTML's three characters escaped.
 * Places are counted in code points of the text as it is kept. https://docs.x.com/x-api/fundamentals/data-dictionary (`entities`)
 */
export function storeText(text: string, added: readonly string[]): { stored: string; links: Link[] } {
  const links: Link[] = [];
  let stored = '';
  let at = 0;
  const place = (url: string) => {
    const short = shortened(url);
    const start = [...stored].length;
    stored += short;
    links.push({ start, end: start + short.length, short, expanded: expandedOf(url) });
  };
  for (const { url, indices } of twitterText.extractUrlsWithIndices(text)) {
    stored += escaped(text.slice(at, indices[0]));
    place(url);
    at = indices[1];
  }
  stored += escaped(text.slice(at));
  for (const url of added) {
    if (stored !== '') stored += ' ';
    place(url);
  }
  return { stored, links };
}

/** The scheme and the path that people leave out are written out. */
function expandedOf(url: string): string {
  return /^https?:\/\//i.test(url) ? url : `http://${url}`;
}

const shortened = (url: string): string => `https://t.co/${hash(url).slice(0, 10)}`;

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
