import { type Media } from '../api/queries.js';
import { type Pace } from './pace.js';

/**
 * Where an upload stands. `waiting` = others go first; `interrupted` = the connection is lost, it goes on by itself;
 * `checking` = all of it has arrived, and its content is looked at.
 */
export type UploadState = 'waiting' | 'sending' | 'paused' | 'interrupted' | 'checking' | 'done' | 'refused';

/** One file on its way to the library. */
export interface UploadItem {
  /** The same for the same file in the same workspace, also after a reload of the page. */
  id: string;
  workspaceId: string;
  file: File;
  name: string;
  state: UploadState;
  /** Bytes that have arrived; all of them are `file.size`. */
  sent: number;
  /** While it is sent, as soon as it is known. */
  pace?: Pace;
  /** What became of it; only when it is done. */
  media?: Media;
  /** Why it was refused; only then. */
  problem?: UploadProblem;
}

/** Why a file was not taken, in words for people. */
export interface UploadProblem {
  message: string;
  /** Whether the same file may be taken at another try. */
  mayRetry: boolean;
}

/** Whether leaving now would stop it. */
export function isUnderWay({ state }: Pick<UploadItem, 'state'>): boolean {
  return state !== 'done' && state !== 'refused';
}

/** How much has arrived, 0 to 1. */
export function partOf({ sent, file, state }: Pick<UploadItem, 'sent' | 'file' | 'state'>): number {
  if (state === 'checking' || state === 'done') return 1;
  return file.size > 0 ? Math.min(1, sent / file.size) : 0;
}
