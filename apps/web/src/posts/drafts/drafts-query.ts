import { infiniteQueryOptions, type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schema } from '../../api/client.js';
import { ApiError } from '../../api/problem.js';
import { type Post } from '../../api/queries.js';
import { notifyDone, notifyError, notifyRefused } from '../../ui/notify.js';

const PAGE = 30;

interface DraftsPage {
  data: Schema<'PostDto'>[];
  next?: string;
}

/** The posts of a workspace that are not scheduled anywhere, newest first. */
export const draftsQuery = (workspaceId: string) =>
  infiniteQueryOptions({
    queryKey: ['posts', workspaceId, 'drafts'],
    queryFn: ({ pageParam, signal }): Promise<DraftsPage> =>
      answer(
        api.GET('/v1/workspaces/{id}/posts', {
          params: {
            path: { id: workspaceId },
            query: { state: 'draft', limit: PAGE, ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** Deletes drafts, each as it was seen: not if somebody changed or scheduled it meanwhile. */
export function useDeleteDraft(workspaceId: string) {
  const queryClient = useQueryClient();
  const { queryKey } = draftsQuery(workspaceId);
  return useMutation({
    mutationFn: ({ id, version }: Post) =>
      answer(api.DELETE('/v1/posts/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } } })),
    onSuccess: (_nothing, { id }) => {
      queryClient.setQueryData<InfiniteData<DraftsPage, string>>(queryKey, (found) => found && without(found, id));
      notifyDone('The draft is deleted.');
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 412) {
        notifyRefused('Somebody changed this draft meanwhile', 'It was not deleted. Look at it again before you do.');
      } else notifyError(error);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['posts', workspaceId] }),
  });
}

function without(found: InfiniteData<DraftsPage, string>, id: string): InfiniteData<DraftsPage, string> {
  const pages = found.pages.map((page) => ({ ...page, data: page.data.filter((post) => post.id !== id) }));
  return { ...found, pages };
}
