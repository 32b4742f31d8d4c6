import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, newIdempotencyKey } from '../api/client.js';
import { type Publication } from '../api/queries.js';

/** What a person does about a publication. */
export type PublicationChange =
  | { kind: 'retry' }
  | { kind: 'cancel' }
  | { kind: 'hold' }
  | { kind: 'release' }
  | { kind: 'remove' }
  | { kind: 'edit'; text: string }
  | { kind: 'resolve'; outcome: 'published' | 'not-published'; permalink?: string };

/** Sends a change. @throws ApiError when it is refused, OfflineError when ClickPost cannot be reached */
export function sendChange(id: string, change: PublicationChange): Promise<Publication> {
  const params = { path: { id } };
  switch (change.kind) {
    case 'retry':
      return answer(api.POST('/v1/publications/{id}/retry', { params }));
    case 'cancel':
      return answer(api.POST('/v1/publications/{id}/cancel', { params }));
    case 'hold':
      return answer(api.POST('/v1/publications/{id}/hold', { params }));
    case 'release':
      return answer(api.POST('/v1/publications/{id}/release', { params }));
    case 'remove':
      return answer(api.POST('/v1/publications/{id}/remove', { params: withKey(id) }));
    case 'edit':
      return answer(api.POST('/v1/publications/{id}/edit', { params: withKey(id), body: { text: change.text } }));
    case 'resolve': {
      const { outcome, permalink } = change;
      const body = { outcome, ...(permalink !== undefined && { permalink }) };
      return answer(api.POST('/v1/publications/{id}/resolve', { params, body }));
    }
  }
}

/** An answer that was lost on the way is not asked for a second time in vain. */
function withKey(id: string) {
  return { path: { id }, header: { 'Idempotency-Key': newIdempotencyKey() } };
}

/** Changes a publication, and reads everything anew that shows it: also after a refusal, which tells that it was old. */
export function usePublicationChange(id: string, postId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: PublicationChange) => sendChange(id, change),
    onSettled: () =>
      Promise.all(
        [['publication', id], ['post', postId], ['attention'], ['calendar'], ['posts']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** Lets a paused channel publish again. */
export function useResumeChannel(workspaceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.POST('/v1/channels/{id}/resume', { params: { path: { id } } })),
    onSettled: () =>
      Promise.all(
        [['channels', workspaceId], ['publication'], ['post'], ['attention']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
