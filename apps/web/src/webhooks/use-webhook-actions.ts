import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { WEBHOOKS } from './queries.js';

/** What can be done with one webhook. Each says what came of it, and has the screen read anew. */
export function useWebhookActions(id: string) {
  const queryClient = useQueryClient();
  const path = { id };
  const after = {
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: WEBHOOKS }),
  };
  return {
    enable: useMutation({
      ...after,
      mutationFn: ({ enabled, etag }: { enabled: boolean; etag: string }) =>
        answer(api.PATCH('/v1/webhooks/{id}', { params: { path, header: { 'If-Match': etag } }, body: { enabled } })),
      onSuccess: (_, { enabled }) => notifyDone(enabled ? 'The webhook is enabled.' : 'The webhook is disabled.'),
    }),
    test: useMutation({
      ...after,
      mutationFn: () => answer(api.POST('/v1/webhooks/{id}/test', { params: { path } })),
    }),
    rotate: useMutation({
      ...after,
      mutationFn: () => answer(api.POST('/v1/webhooks/{id}/secret', { params: { path } })),
    }),
    remove: useMutation({
      ...after,
      mutationFn: (etag: string) =>
        answer(api.DELETE('/v1/webhooks/{id}', { params: { path, header: { 'If-Match': etag } } })),
      onSuccess: () => notifyDone('The webhook is deleted.'),
    }),
    repeat: useMutation({
      ...after,
      mutationFn: (deliveryId: string) =>
        answer(api.POST('/v1/webhooks/{id}/deliveries/{deliveryId}/repeat', { params: { path: { id, deliveryId } } })),
      onSuccess: () => notifyDone('It is sent again.'),
    }),
    repeatFailed: useMutation({
      ...after,
      mutationFn: (since: string) =>
        answer(api.POST('/v1/webhooks/{id}/deliveries/repeat', { params: { path }, body: { since } })),
      onSuccess: ({ repeated }) =>
        notifyDone(repeated === 1 ? 'One message is sent again.' : `${repeated} messages are sent again.`),
    }),
  };
}

export type WebhookActions = ReturnType<typeof useWebhookActions>;
