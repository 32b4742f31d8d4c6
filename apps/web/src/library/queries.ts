import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';
import { type LibraryFilter } from './search.js';

const PAGE = 60;

/** One page of the library. */
export interface FilesPage {
  data: Schema<'MediaDto'>[];
  next?: string;
}

/** The files of a workspace's library, each in its present version. */
export const filesQuery = (workspaceId: string, filter: LibraryFilter) =>
  infiniteQueryOptions({
    queryKey: ['library', workspaceId, 'files', filter],
    queryFn: ({ pageParam, signal }): Promise<FilesPage> =>
      answer(
        api.GET('/v1/workspaces/{id}/media', {
          params: {
            path: { id: workspaceId },
            query: { ...filter, limit: PAGE, ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** All folders of a workspace, parents before what lies in them. */
export const foldersQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['library', workspaceId, 'folders'],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/v1/workspaces/{id}/media/folders', { params: { path: { id: workspaceId } }, signal })))
        .data,
  });

/** The tags that are in use, the most frequent first. */
export const tagsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['library', workspaceId, 'tags'],
    queryFn: async ({ signal }) =>
      (
        await answer(
          api.GET('/v1/workspaces/{id}/media/tags', {
            params: { path: { id: workspaceId }, query: { limit: 100 } },
            signal,
          }),
        )
      ).data,
  });

/** How much the workspace keeps, and how much it may. */
export const quotaQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['library', workspaceId, 'quota'],
    queryFn: ({ signal }) =>
      answer(api.GET('/v1/workspaces/{id}/media/quota', { params: { path: { id: workspaceId } }, signal })),
  });

/** One file as it is now. */
export const fileQuery = (workspaceId: string, id: string) =>
  queryOptions({
    queryKey: ['library', workspaceId, 'file', id],
    queryFn: ({ signal }) => answer(api.GET('/v1/media/{id}', { params: { path: { id } }, signal })),
  });

/** The posts that use a file. */
export const usesQuery = (workspaceId: string, id: string) =>
  queryOptions({
    queryKey: ['library', workspaceId, 'uses', id],
    queryFn: ({ signal }) => answer(api.GET('/v1/media/{id}/uses', { params: { path: { id } }, signal })),
  });

/** All versions of a file, newest first. */
export const versionsQuery = (workspaceId: string, id: string) =>
  queryOptions({
    queryKey: ['library', workspaceId, 'versions', id],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/v1/media/{id}/versions', { params: { path: { id } }, signal }))).data,
  });
