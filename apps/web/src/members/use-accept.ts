import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { acceptInvitation } from '../app/session.js';

/** Accepts an invitation, and opens the first screen of the organization, or asks for the code first. */
export function useAccept(token: string) {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (account: { name?: string; password?: string }) => acceptInvitation(queryClient, token, account),
    onSuccess: (step) =>
      step === 'in' ? router.navigate({ to: '/' }) : router.navigate({ to: '/sign-in', search: { step: 'code' } }),
  });
}

/** Accepting under way, done or refused. */
export type Accepting = ReturnType<typeof useAccept>;
