import { type Due, type NewPublication } from '#publishing';
import { type PostContent } from './post-content.js';
import { type Preflight } from './preflight.js';

/** A row of `posts` with its present revision. */
export interface PostRecord {
  id: string;
  organization_id: string;
  workspace_id: string;
  revision: number;
  version: number;
  content: PostContent;
  created_at: Date;
  updated_at: Date;
}

/** One publication for each channel of a post. */
export function newPublications(post: PostRecord, preflight: Preflight, due: Due): NewPublication[] {
  return [...preflight.contents].map(([channelId, content]) => ({
    organizationId: post.organization_id,
    workspaceId: post.workspace_id,
    channelId,
    postId: post.id,
    revision: post.revision,
    content,
    due,
    cleared: true,
  }));
}
