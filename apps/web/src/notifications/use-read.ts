import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { notifyError } from '../ui/notify.js';

/** Marks notifications as read: one, or all. */
export function useRead() {
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['notifications'] });
  const one = useMutation({
    mutationFn: (id: string) => answer(api.POST('/v1/notifications/{id}/read', { params: { path: { id } } })),
    onSettled,
  });
  const all = useMutation({
    mutationFn: () => answer(api.POST('/v1/notifications/read')),
    onError: notifyError,
    onSettled,
  });
  return { one, all };
}
