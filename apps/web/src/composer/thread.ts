import { type MediaItem } from './draft.js';

/** A further part of a thread, published below the one before. */
export interface ThreadPart {
  /** Tells it from the others here, wherever it is moved; the server does not know it. */
  key: string;
  text: string;
  media: MediaItem[];
}

/** How many parts may follow the first one. */
export const MOST_PARTS = 25;

/** What can be done to the parts of a thread as a whole. */
export type PartAction =
  | { type: 'add-part'; part: ThreadPart; index: number }
  | { type: 'remove-part'; key: string }
  | { type: 'move-part'; key: string; to: number };

/** A part that nothing is written in. @param key one that no other part has */
export function emptyPart(key: string): ThreadPart {
  return { key, text: '', media: [] };
}

/** Whether nothing is in it that would be worth keeping. */
export function isBlankPart({ text, media }: Pick<ThreadPart, 'text' | 'media'>): boolean {
  return text.trim() === '' && media.length === 0;
}

/** The parts after a change. A part that is not there, or is there already, changes nothing. */
export function changeParts(parts: readonly ThreadPart[], action: PartAction): ThreadPart[] {
  switch (action.type) {
    case 'add-part': {
      const isThere = parts.some(({ key }) => key === action.part.key);
      return isThere ? [...parts] : parts.toSpliced(action.index, 0, action.part);
    }
    case 'remove-part':
      return parts.filter(({ key }) => key !== action.key);
    case 'move-part': {
      const moved = parts.find(({ key }) => key === action.key);
      return moved ? parts.filter(({ key }) => key !== action.key).toSpliced(action.to, 0, moved) : [...parts];
    }
  }
}

/** Texts as one, with an empty line between them. */
export function joinTexts(texts: readonly string[]): string {
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n');
}
