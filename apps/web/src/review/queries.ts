import { queryOptions } from '@tanstack/react-query';
import { answer, api, newIdempotencyKey, type Schema } from '../api/client.js';
import { ApiError } from '../api/problem.js';
import { type PreviewPlan } from '../composer/previews/preview-source.js';
import { isMaking } from './sent-videos.js';

export type Review = Schema<'ReviewDto'>;
export type ReviewChannel = Schema<'ReviewChannelDto'>;
export type ReviewComment = Schema<'ReviewCommentDto'>;
export type ReviewLink = Schema<'ReviewLinkDto'>;
export type NewReviewLink = Schema<'CreateReviewLinkDto'>;

/** How often it is looked whether the post was changed, in milliseconds. */
const LOOK_EVERY_MS = 15_000;
/** The same while a video of it is being made. */
const MAKING_EVERY_MS = 4_000;

/** @param since the revision that the client saw last */
export const reviewQuery = (token: string, since: number | undefined) =>
  queryOptions({
    queryKey: ['review', token],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/v1/review/{token}', {
          params: { path: { token }, ...(since !== undefined && { query: { since } }) },
          signal,
        }),
      ),
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    // What the link refuses, it refuses the next time too.
    refetchInterval: ({ state: { error, data } }) => {
      if (error instanceof ApiError) return false;
      return data && isMaking(data.post) ? MAKING_EVERY_MS : LOOK_EVERY_MS;
    },
  });

/** Where a file of the post is to be had as it is. */
export function reviewFile(token: string, id: string): string {
  return `/v1/review/${token}/media/${id}/content`;
}

/** Where an image of the post is shown from. @param width in pixels, at most */
export function reviewImage(token: string, id: string, width: 200 | 400 | 800): string {
  return `/v1/review/${token}/media/${id}/content?width=${width}`;
}

/** Where a video is played from as a channel gets it; undefined where it is not to be had yet. */
export function reviewVideo(
  token: string,
  { action, mediaId, rendition }: Pick<PreviewPlan, 'action' | 'mediaId' | 'rendition'>,
): string | undefined {
  if (action === 'keep') return `/v1/review/${token}/media/${mediaId}/content`;
  return rendition?.state === 'ready' ? `/v1/review/${token}/renditions/${rendition.id}/content` : undefined;
}

export function enterPasscode(token: string, passcode: string): Promise<unknown> {
  return answer(api.POST('/v1/review/{token}/passcode', { params: { path: { token } }, body: { passcode } }));
}

export function decide(token: string, body: Schema<'DecideDto'>): Promise<Review> {
  return answer(api.POST('/v1/review/{token}/decisions', { params: { path: { token } }, body }));
}

/** @param key the same for each try of one comment */
export function say(token: string, key: string, body: Schema<'CommentReviewDto'>): Promise<ReviewComment> {
  const params = { path: { token }, header: { 'Idempotency-Key': key } };
  return answer(api.POST('/v1/review/{token}/comments', { params, body }));
}

/** The review links of a post, newest first. */
export const reviewLinksQuery = (postId: string) =>
  queryOptions({
    queryKey: ['post', postId, 'review-links'],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/v1/posts/{id}/review-links', { params: { path: { id: postId } }, signal }))).data,
  });

export function makeReviewLink(postId: string, body: NewReviewLink): Promise<ReviewLink> {
  const params = { path: { id: postId }, header: { 'Idempotency-Key': newIdempotencyKey() } };
  return answer(api.POST('/v1/posts/{id}/review-links', { params, body }));
}

export function revokeReviewLink(postId: string, linkId: string): Promise<unknown> {
  return answer(api.DELETE('/v1/posts/{id}/review-links/{linkId}', { params: { path: { id: postId, linkId } } }));
}
