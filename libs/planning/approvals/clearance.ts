import { type PublicationRecord } from '#publishing';
import { type ApprovalRecord } from './approval-store.js';
import { type ApprovalWorkflow } from './workflow.js';

/** Whether what a channel would be sent, by its hash, may go out. */
export type Cleared = (channelId: string, contentHash: string) => boolean;

/** Where no approval is asked for. */
const everything: Cleared = () => true;

/** Where one is missing. */
const nothing: Cleared = () => false;

/** Exactly what was approved. */
function onlyThese(hashes: Readonly<Record<string, string>>): Cleared {
  return (channelId, contentHash) => hashes[channelId] === contentHash;
}

/** What of a post may go out. An approval that was asked for binds also where none had to be asked for. */
export function clearedBy({ mode }: ApprovalWorkflow, approval: ApprovalRecord | undefined): Cleared {
  if (mode === 'none') return everything;
  if (!approval) return mode === 'optional' ? everything : nothing;
  const { approved_hash, approved_hashes, content_hash } = approval;
  return approved_hashes && approved_hash === content_hash ? onlyThese(approved_hashes) : nothing;
}

/** Whether nothing of a post may go out without an approval. */
export function bindsApproval({ mode }: Pick<ApprovalWorkflow, 'mode'>, approval: ApprovalRecord | undefined): boolean {
  return mode === 'required' || (mode === 'optional' && approval !== undefined);
}

/** Whether exactly what a publication holds may go out. */
export function isCleared(cleared: Cleared, { channel_id, content_hash }: PublicationRecord): boolean {
  return cleared(channel_id, content_hash);
}
