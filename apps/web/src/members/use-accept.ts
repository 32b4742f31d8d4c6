import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { acceptInvitation } from '../app/session.js';

/** Accepts an invitation, and opens the first screen of the organization. */
export function useAccept(token: string) {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (account: { name?: string; password?: string }) => acceptInvitation(queryClient, token, account),
    onSuccess: () => router.navigate({ to: '/' }),
  });
}

/** Accepting under way, done or refused. */
export type Accepting = ReturnType<typeof useAccept>;
