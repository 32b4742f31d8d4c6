import { createContext, use } from 'react';
import { type NewAnchor, type Comment } from './queries.js';

/** What the written text and the comments beside it know of each other. */
export interface CommentsState {
  threads: readonly Comment[];
  /** The thread that is being looked at. */
  active: string | undefined;
  /** Looks at a thread; it is brought into sight where it stands. */
  show: (id: string, where: 'place' | 'thread') => void;
  /** What the next comment will be about. */
  place: NewAnchor | undefined;
  setPlace: (place: NewAnchor | undefined) => void;
  /** It was said: what the next one will be about stays, where that was chosen meanwhile. */
  dropPlace: (place: NewAnchor | undefined) => void;
  /** Whether the person may comment at all. */
  mayComment: boolean;
}

export const CommentsContext = createContext<CommentsState | undefined>(undefined);

/** Undefined where a post is shown without its comments. */
export function useComments(): CommentsState | undefined {
  return use(CommentsContext);
}

/** Where a thread stands in the list. */
export const threadElementId = (id: string) => `thread-${id}`;
