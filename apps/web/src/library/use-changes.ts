import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, newIdempotencyKey, type Schema } from '../api/client.js';
import { ApiError } from '../api/problem.js';
import { type Media, mediaQuery } from '../api/queries.js';
import { notifyError, notifyRefused } from '../ui/notify.js';
import { type Folder } from './folders.js';

export type ManyAction = Schema<'ActOnMediaDto'>;
export type ManyResult = Schema<'MediaResultDto'>;

/** Makes everything anew that the library shows. */
export function useRefresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['library'] });
}

/** Does the same to several files; the results say what became of each. */
export function useActOnMany(workspaceId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (body: ManyAction) =>
      (await answer(api.POST('/v1/workspaces/{id}/media/actions', { params: { path: { id: workspaceId } }, body })))
        .results,
    onError: notifyError,
    onSettled: refresh,
  });
}

/** Changes what is told of one file, as it was seen. */
export function useUpdateFile() {
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ file: { id, version }, change }: { file: Media; change: Schema<'UpdateMediaDto'> }) =>
      answer(
        api.PATCH('/v1/media/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body: change,
        }),
      ),
    onSuccess: (changed) => queryClient.setQueryData(mediaQuery(changed.id).queryKey, changed),
    onError: (error) => {
      if (error instanceof ApiError && error.status === 412) {
        notifyRefused(
          'Somebody changed this file meanwhile',
          'Nothing was saved. Look at it again, and repeat your change.',
        );
      } else notifyError(error);
    },
    onSettled: refresh,
  });
}

/** Lets an uploaded file take the place of another. */
export function useAddVersion() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, mediaId }: { id: string; mediaId: string }) =>
      answer(
        api.POST('/v1/media/{id}/versions', {
          params: { path: { id }, header: { 'Idempotency-Key': newIdempotencyKey() } },
          body: { mediaId },
        }),
      ),
    onError: notifyError,
    onSettled: refresh,
  });
}

/** Makes a folder. Its problem is for the field. */
export function useCreateFolder(workspaceId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: Schema<'CreateFolderDto'>) =>
      answer(
        api.POST('/v1/workspaces/{id}/media/folders', {
          params: { path: { id: workspaceId }, header: { 'Idempotency-Key': newIdempotencyKey() } },
          body,
        }),
      ),
    onSettled: refresh,
  });
}

/** Renames or moves a folder. Its problem is for the field. */
export function useUpdateFolder() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ folder: { id, version }, change }: { folder: Folder; change: Schema<'UpdateFolderDto'> }) =>
      answer(
        api.PATCH('/v1/media/folders/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body: change,
        }),
      ),
    onSettled: refresh,
  });
}

/** Takes a folder away; what lies in it stays. */
export function useDeleteFolder() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, version }: Folder) =>
      answer(
        api.DELETE('/v1/media/folders/{id}', { params: { path: { id }, header: { 'If-Match': `"${version}"` } } }),
      ),
    onError: notifyError,
    onSettled: refresh,
  });
}

/** Says how much the workspace may keep. Its problem is for the field. */
export function useSetQuota(workspaceId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (allowedBytes: number | null) =>
      answer(
        api.PUT('/v1/workspaces/{id}/media/quota', { params: { path: { id: workspaceId } }, body: { allowedBytes } }),
      ),
    onSettled: refresh,
  });
}
