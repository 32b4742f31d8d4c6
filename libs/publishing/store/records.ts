import { type Failure, type JsonObject } from '#platforms/core';
import { type HeldReason, type PublicationContent, type PublicationState } from '../rules/index.js';

/** A row of `publications`. */
export interface PublicationRecord {
  id: string;
  organization_id: string;
  workspace_id: string;
  channel_id: string;
  post_id: string;
  revision: number;
  content: PublicationContent;
  content_hash: string;
  cleared_hash: string | null;
  due_at: Date;
  time_zone: string;
  local_due: string;
  state: PublicationState;
  held_reason: HeldReason | null;
  version: number;
  attempts: number;
  failure: Failure | null;
  invitation: string | null;
  invited_until: Date | null;
  lease: string | null;
  leased_until: Date | null;
  next_check_at: Date;
  first_fenced_at: Date | null;
  published_at: Date | null;
  permalink: string | null;
  /** The platform took the one request and still works on it. */
  accepted_at: Date | null;
  /** What the platform works on, for people. */
  waiting_for: string | null;
  /** How long before `due_at` it is begun, in milliseconds. */
  lead_ms: number;
  removed_at: Date | null;
  edited_at: Date | null;
  /** What it says since then. */
  edited_text: string | null;
  /** What people still have to know or to do about what is published: of the first segment that has such a note. */
  note: string | null;
  created_at: Date;
  updated_at: Date;
}

/** A row of `segments`. */
export interface SegmentRecord {
  id: string;
  publication_id: string;
  organization_id: string;
  channel_id: string;
  position: number;
  set_id: string | null;
  set_hash: string | null;
  checkpoints: JsonObject;
  prepared: JsonObject | null;
  prepared_until: Date | null;
  fences: number;
  /** Nothing on the platform from before it can be ours. */
  first_fenced_at: Date | null;
  fenced_at: Date | null;
  /** From then on, what a look does not find is not there. */
  settled_at: Date | null;
  /** What became of the last fence; null = not fenced, or not known. `refused` = that request had no effect. */
  outcome: 'published' | 'refused' | 'absent' | 'repeatable' | null;
  /** A request may have had its effect unseen: only sending it again under the same key is harmless. */
  uncertain: boolean;
  /**
   * The last fence's request was answered with "the same is there already", of which the platform may have named the id: no
   * success and no refusal, but what the look after it goes by.
   */
  duplicate: { of?: string } | null;
  /** By what the platform calls what it accepted and still works on, as the commit told it. */
  accepted: JsonObject | null;
  /** How much of the platform's budgets what is prepared has used, by the budget's id. */
  budget_used: Record<string, number>;
  /** The account on the platform that owns the object: `<platform>:<practice>:<its id there>`. */
  platform_account: string | null;
  platform_object_id: string | null;
  platform_reference: JsonObject | null;
  permalink: string | null;
  /** What people still have to know or to do, one sentence. */
  note: string | null;
  published_at: Date | null;
}

export const LOG_KINDS = [
  'scheduled',
  'revised',
  'rescheduled',
  'cleared',
  'clearance-withdrawn',
  'held',
  'released',
  'attempt-started',
  'step-done',
  'fenced',
  'committed',
  'segment-published',
  'published',
  'retry-planned',
  'reconciled',
  'failed',
  'unconfirmed',
  'cancelled',
  'resolved',
  'removed',
  'edited',
] as const;
export type LogKind = (typeof LOG_KINDS)[number];

/** Who did it. */
export interface Actor {
  /** `client`: somebody without an account, who decided by review link; their id is their e-mail address. */
  type: 'user' | 'client' | 'worker' | 'platform' | 'system';
  id?: string;
  name?: string;
}

/** An entry before it is written. Its evidence is redacted already. */
export interface LogEntry {
  kind: LogKind;
  failure?: Failure;
  evidence?: JsonObject;
}

/** A row of `publishing_log`. */
export interface LogRecord {
  id: string;
  publication_id: string;
  version: number;
  at: Date;
  kind: LogKind;
  actor: Actor;
  attempt: number;
  state: PublicationState;
  failure: Failure | null;
  evidence: JsonObject | null;
}
