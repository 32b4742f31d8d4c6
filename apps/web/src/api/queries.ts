import { queryOptions } from '@tanstack/react-query';
import { answer, answerWithTag, api, type Schema } from './client.js';
import { ApiError } from './problem.js';

/**
 * What several screens read, and under which key. The first word of a key says what it is; `live/live-events.ts` makes
 * those anew that a change touches. What one screen alone reads stands beside that screen.
 */

/** Who is signed in, and their workspaces; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Schema<'MeDto'> | null> => {
    try {
      return await answer(api.GET('/v1/me', { signal }));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

/** How often it is looked whether a network is away, in milliseconds: no event of a publication tells that it came back. */
const DELAYS_EVERY_MS = 15_000;

/** Why channels send nothing although nobody paused them. */
export const delaysQuery = queryOptions({
  queryKey: ['delays'],
  queryFn: async ({ signal }) => (await answer(api.GET('/v1/support/delays', { signal }))).data,
  refetchInterval: DELAYS_EVERY_MS,
});

/** The platforms' manifests. They change with a new version of ClickPost alone. */
export const platformsQuery = queryOptions({
  queryKey: ['platforms'],
  queryFn: async ({ signal }) => (await answer(api.GET('/v1/platforms', { signal }))).data,
  staleTime: Number.POSITIVE_INFINITY,
});

/** The channels of a workspace. */
export const channelsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['channels', workspaceId],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/v1/workspaces/{id}/channels', { params: { path: { id: workspaceId } }, signal }))).data,
  });

/** A post with its publications, and the tag that a change of it must carry. */
export const postQuery = (postId: string) =>
  queryOptions({
    queryKey: ['post', postId],
    queryFn: ({ signal }) => answerWithTag(api.GET('/v1/posts/{id}', { params: { path: { id: postId } }, signal })),
  });

/** An uploaded file. */
export const mediaQuery = (mediaId: string) =>
  queryOptions({
    queryKey: ['media', mediaId],
    queryFn: ({ signal }) => answer(api.GET('/v1/media/{id}', { params: { path: { id: mediaId } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export type Me = Schema<'MeDto'>;
export type Workspace = Schema<'WorkspaceDto'>;
export type Channel = Schema<'ChannelDto'>;
export type Post = Schema<'PostDto'>;
export type Publication = Schema<'PublicationDto'>;
export type PublicationSummary = Schema<'PublicationSummaryDto'>;
export type PublicationState = PublicationSummary['state'];
export type Media = Schema<'MediaDto'>;
