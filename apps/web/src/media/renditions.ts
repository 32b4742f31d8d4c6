import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { type PlannedMedia } from './changes.js';

/** How far the making of a version is. */
export type RenditionProgress = NonNullable<PlannedMedia['rendition']>;

/** What each channel gets of the files of a post. */
export const postMediaQuery = (postId: string) =>
  queryOptions({
    queryKey: ['post-media', postId],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/v1/posts/{id}/media', { params: { path: { id: postId } }, signal }))).media,
  });

/** A version that is made, or was; the live stream keeps it up to date. */
export const renditionQuery = (id: string) =>
  queryOptions({
    queryKey: ['rendition', id],
    queryFn: async ({ signal }): Promise<RenditionProgress> => {
      const { state, progress, remainingMs, failure } = await answer(
        api.GET('/v1/renditions/{id}', { params: { path: { id } }, signal }),
      );
      return {
        id,
        state,
        ...(progress !== undefined && { progress }),
        ...(remainingMs !== undefined && { remainingMs }),
        ...(failure && { failure }),
      };
    },
  });

/** A version as it stands by now. @param known what was read of it with its post */
export function useRendition(known: RenditionProgress): RenditionProgress {
  const { data } = useQuery({ ...renditionQuery(known.id), initialData: known });
  return data;
}

/** Where the made file is shown from. */
export function renditionAddress(id: string): string {
  return `/v1/renditions/${id}/content`;
}

/** Stops the making of a version, or makes it after all. */
export function useRenditionChange(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: 'cancel' | 'retry') => {
      const params = { path: { id } };
      return change === 'cancel'
        ? answer(api.POST('/v1/renditions/{id}/cancel', { params }))
        : answer(api.POST('/v1/renditions/{id}/retry', { params }));
    },
    onSettled: () =>
      Promise.all(
        [['rendition', id], ['post-media'], ['publication'], ['post']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
