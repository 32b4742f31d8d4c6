import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { useMe } from '../app/workspace.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { securityQuery, type Security } from './security-queries.js';

/** Whether the organization asks all its members for a second factor. */
export function RequirementSwitch({ security }: { security: Security }) {
  const { organization } = useMe();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (required: boolean) =>
      answer(
        api.PUT('/v1/organizations/{id}/second-factor', {
          params: { path: { id: organization.id } },
          body: { required },
        }),
      ),
    onSuccess: async (_, required) => {
      await queryClient.invalidateQueries({ queryKey: securityQuery.queryKey });
      notifyDone(
        required
          ? `${organization.name} asks its members for two-step sign-in now.`
          : `${organization.name} leaves two-step sign-in to its members.`,
      );
    },
    onError: notifyError,
  });
  return (
    <Switch
      label={`Ask every member of ${organization.name} for two-step sign-in`}
      description={
        security.secondFactorSince === null && !security.secondFactorRequired
          ? 'Set up your own first.'
          : 'Who has none can do nothing but set it up. API keys go on working.'
      }
      checked={security.secondFactorRequired}
      disabled={change.isPending || (security.secondFactorSince === null && !security.secondFactorRequired)}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}
