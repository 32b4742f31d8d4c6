import { type Media } from '../api/queries.js';

export type FileKind = Media['kind'];

/** How a place in a file of a post is spoken of. */
export interface FileWords {
  /** The file itself: "image". */
  name: string;
  /** The place of a thread: "Point 2". */
  numbered: (number: number) => string;
  /** What stands in the place of the way there, once the file has left the post. */
  gone: (revision: number) => string;
}

/** An image has points; a video is spoken of as a whole. @param kind left out = not known here */
export function fileWords(kind?: FileKind): FileWords {
  const [name, one] = NAMES[kind ?? 'file'];
  return {
    name,
    numbered: (number) => (kind === 'video' ? `Comment ${number} on the video` : `Point ${number}`),
    gone: (revision) => `About ${one} of revision ${revision}, which is not in the post any more.`,
  };
}

const NAMES = {
  image: ['image', 'an image'],
  video: ['video', 'a video'],
  document: ['document', 'a document'],
  file: ['file', 'a file'],
} as const satisfies Record<FileKind | 'file', readonly [string, string]>;
