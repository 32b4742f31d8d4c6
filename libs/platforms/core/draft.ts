import { type JsonObject } from './json.js';

export type DraftMediaKind = 'image' | 'video' | 'document';

/** One file of a segment, as it will be sent: already a rendition within the platform's limits once `prepare` sees it. */
export interface DraftMedia {
  kind: DraftMediaKind;
  contentType: string;
  bytes: number;
  /** Pixels, as displayed; 0 for documents. */
  width: number;
  height: number;
  /** Of a video. */
  durationMs?: number;
  /** The moment of a video that stands for it, in milliseconds from its start, where a person chose one. */
  coverAtMs?: number;
  /** An image of its own stands for the video, where a person chose one: `MediaSource.cover` gives it. */
  ownCover?: true;
  /** What of a picture should stay in sight where it is shown cut: 0 to 1 from the left and from the top. */
  focus?: { x: number; y: number };
  /** As the person who uploaded it calls it: for documents, whose name is shown. */
  filename?: string;
  altText?: string;
  /** SHA-256 of the bytes, hex. */
  digest: string;
}

/** Where a segment hangs below another: the first post of the thread and the one directly above. */
export interface ReplyTarget {
  root: PlatformReference;
  parent: PlatformReference;
}

/** A published object, with whatever else the platform needs to point at it (Bluesky's `cid`). */
export interface PlatformReference {
  id: string;
  extra?: JsonObject;
}

/** One message of a publication: what a platform is asked to show. */
export interface SegmentDraft {
  kind: 'post' | 'reply' | 'comment';
  text: string;
  link?: string;
  media: readonly DraftMedia[];
  /** The answers to the manifest's `settings` form. */
  settings: JsonObject;
  replyTo?: ReplyTarget;
}

/** A broken rule, found before anything is sent. */
export interface Violation {
  /** Stable id, `<platform>.<what>`: `bluesky.text-too-long`. */
  rule: string;
  /** Which part: `text`, `link`, `media/0`, `media/0/altText`, `settings/visibility`. */
  field: string;
  message: string;
  remedy: string;
  docs: string;
  /** When the rule was last compared with the documentation (ISO date). */
  verifiedOn: string;
}
