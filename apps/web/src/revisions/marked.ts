import { diffWordsWithSpace } from 'diff';

/** A piece of a text that changed, or that did not. */
export interface MarkedPiece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Two texts as one, with the words marked that are gone and that are new. Spaces and line breaks count as words do. */
export function markedWords(before: string, after: string): MarkedPiece[] {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}
