import { type Action, type AuditVia } from '#accounts';
import { type ProblemBody } from '#kernel';
import { type MediaView } from '../library/view.js';

/**
 * How an upload stands. `receiving` = bytes are awaited; `checking` = all of them are there, and are looked at; `done` = it
 * is in the library; `refused` = it will never be.
 */
export type UploadState = 'receiving' | 'checking' | 'done' | 'refused';

/** Who uploads, as the audit log will name them. */
export interface UploadActor {
  userId: string;
  name: string;
  via: AuditVia;
  apiKeyId?: string | undefined;
  ip?: string | undefined;
  userAgent?: string | undefined;
}

/** A row of `uploads`. */
export interface UploadRecord {
  id: string;
  organization_id: string;
  workspace_id: string;
  user_id: string;
  actor: UploadActor;
  filename: string;
  alt_text: string | null;
  folder_id: string | null;
  /** As PostgreSQL writes large numbers. */
  bytes: string;
  state: UploadState;
  media_id: string | null;
  problem: ProblemBody | null;
  received: boolean;
}

/** An upload as the API shows it. */
export interface UploadView {
  id: string;
  workspaceId: string;
  state: UploadState;
  filename: string;
  bytes: number;
  /** Bytes that are there. */
  received: number;
  /** Once it is done, as long as the library has it. */
  media?: MediaView;
  /** Why it was refused. */
  problem?: ProblemBody;
}

/** The permission under which files are taken in. */
export const UPLOAD_ACTION: Action = 'posts.write';
