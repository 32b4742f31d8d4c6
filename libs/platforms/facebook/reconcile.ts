import { type AccountContext, type ReconcileInput, type Reconciliation } from '#platforms/core';
import { type Prepared } from './prepared.js';
import { reconcileComment } from './reconcile-comment.js';
import { reconcileFeed } from './reconcile-feed.js';
import { reconcilePhotoStory } from './reconcile-story.js';
import { reconcileVideo } from './reconcile-video.js';

/** Looks for what an attempt may have published: by the id of its video or photo where there is one, else by its content. */
export async function reconcile(ctx: AccountContext, input: ReconcileInput<Prepared>): Promise<Reconciliation> {
  const { prepared } = input;
  switch (prepared.kind) {
    case 'feed':
      return reconcileFeed(ctx, input, prepared);
    case 'comment':
      return reconcileComment(ctx, input, prepared);
    case 'photo-story':
      return reconcilePhotoStory(ctx, input, prepared.photoId);
    case 'video':
    case 'reel':
    case 'video-story':
      return reconcileVideo(ctx, input, prepared);
  }
}
