import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { enterOrganization } from '../app/session.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { type Membership } from './queries.js';

/** Goes on in another of the person's organizations, at its first screen. */
export function useSwitchOrganization() {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ id }: Pick<Membership, 'id' | 'name'>) => enterOrganization(queryClient, id),
    onSuccess: async (_, { name }) => {
      await router.navigate({ to: '/' });
      await router.invalidate();
      notifyDone(`You are in ${name} now.`);
    },
    onError: notifyError,
  });
}
