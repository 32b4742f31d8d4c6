import { type VisiblePost } from '#platforms/core';
import { type RequestRecord } from '#sandbox';
import { type Intent } from '../ledger.js';

/** One message of a publication, as the database has it. */
export interface SegmentRow {
  position: number;
  outcome: string | null;
  objectId: string | null;
  fences: number;
}

/** A publication, as the database has it. */
export interface PublicationRow {
  id: string;
  postId: string;
  channelId: string;
  state: string;
  heldReason: string | null;
  version: number;
  /** Texts of its segments, in order. */
  texts: string[];
  segments: SegmentRow[];
  log: LogRow[];
}

/** An entry of the publishing log. */
export interface LogRow {
  version: number;
  /** Milliseconds since 1970. */
  at: number;
  kind: string;
  state: string;
  /** The kind and words of a failure, for whoever reads the story. */
  failure?: string | null;
  exchanges: { method: string; path: string; status?: number; error?: string }[];
}

/** What the practice networks know, and what the database says about the same. */
export interface Evidence {
  intents: readonly Intent[];
  publications: readonly PublicationRow[];
  visible: readonly VisiblePost[];
  requests: readonly RequestRecord[];
}
