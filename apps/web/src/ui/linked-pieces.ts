/** A piece of a sentence, and where it leads. */
export interface LinkedPiece {
  text: string;
  url?: string;
}

/** A sentence in pieces: the words of the links, each once, and what stands between them. What does not stand in it leads nowhere. */
export function linkedPieces(sentence: string, links: readonly { text: string; url: string }[]): LinkedPiece[] {
  const found = links
    .map((link) => ({ ...link, at: sentence.indexOf(link.text) }))
    .filter(({ at, text }) => at >= 0 && text !== '')
    .toSorted((a, b) => a.at - b.at);
  const pieces: LinkedPiece[] = [];
  let end = 0;
  for (const { text, url, at } of found) {
    // Words that two links name are the first one's.
    if (at < end) continue;
    pieces.push({ text: sentence.slice(end, at) }, { text, url });
    end = at + text.length;
  }
  return [...pieces, { text: sentence.slice(end) }].filter(({ text }) => text !== '');
}
