import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import { contentHash, type PublicationContent } from '#publishing';

/** What an approval is about: the hash of what each channel would be sent, and of all of it together. */
export interface ApprovedContent {
  /** By channel id. */
  hashes: Record<string, string>;
  /** Changes with any of them, and with the time where that has to be approved too. */
  contentHash: string;
}

/**
 * @param contents what each channel would be sent
 * @param dueAt the time, where another one asks for a new approval
 */
export function approvedContent(
  contents: ReadonlyMap<string, PublicationContent>,
  dueAt: Date | undefined,
): ApprovedContent {
  const hashes = Object.fromEntries([...contents].map(([id, content]) => [id, contentHash(id, content)]));
  const whole = canonicalJson({ hashes, ...(dueAt && { dueAt: dueAt.toISOString() }) });
  return { hashes, contentHash: createHash('sha256').update(whole).digest('hex') };
}
