import { type Draft } from './draft.js';
import { baseOf, type KeepStatus, type TaggedPost } from './draft-keeper.js';
import { type DraftBase, type KeptDraft } from './local-drafts.js';
import { contentDraft, contentOf, draftOf, sameContent } from './post-body.js';

/** With what an editor begins. */
export interface Opening {
  draft: Draft;
  base?: DraftBase;
  status?: KeepStatus;
  /** Something that was written before and not saved is shown again. */
  resumed: boolean;
}

/**
 * What a saved post and what is kept of it on this device make together. Pure.
 * @param zone in which the post's time is shown
 */
export function openPost(saved: TaggedPost, kept: KeptDraft | undefined, zone: string): Opening {
  const fresh = draftOf(saved.data, zone);
  const base = baseOf(saved);
  if (!kept?.base) return { draft: fresh, base, resumed: false };
  const mine = contentOf(kept.draft);
  const isMineNew = !sameContent(mine, kept.base.content);
  const areTheirsNew = !sameContent(saved.data, kept.base.content);
  if (isMineNew && areTheirsNew && !sameContent(mine, saved.data)) {
    return { draft: kept.draft, base, status: { kind: 'conflict', theirs: saved }, resumed: true };
  }
  // The server knows the time of what is scheduled; that of a draft is kept here alone.
  const isPlanHere = kept.base.etag === base.etag || (kept.base.isDraft && base.isDraft);
  const schedule = isPlanHere ? kept.draft.schedule : fresh.schedule;
  if (!isMineNew) {
    const theirs = areTheirsNew ? { ...kept.draft, ...contentDraft(saved.data) } : kept.draft;
    return { draft: { ...theirs, schedule }, base, resumed: false };
  }
  const status: KeepStatus = base.isDraft ? { kind: 'clean' } : { kind: 'local' };
  return { draft: { ...kept.draft, schedule }, base, status, resumed: true };
}

/** What is kept on this device, while the server cannot be asked. @param isGone the server says that it was deleted */
export function openWithoutServer({ draft, base }: KeptDraft, isGone: boolean): Opening {
  const status: KeepStatus = isGone
    ? { kind: 'gone' }
    : base?.isDraft === false
      ? { kind: 'local' }
      : { kind: 'clean' };
  return { draft, ...(base && { base }), status, resumed: true };
}
