import { Button, Group, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { useMe } from '../app/workspace.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { SecurityRow } from './security-row.js';
import { type Security, securityQuery } from './security-queries.js';

/** Whether the address is known to be the person's. */
export function EmailRow({ security: { emailVerified } }: { security: Security }) {
  const { email } = useMe().user;
  const resend = useResend();
  return (
    <SecurityRow
      title="E-mail address"
      state={
        emailVerified
          ? `${email} · confirmed`
          : `${email} · not confirmed yet. Open the link in the mail that we sent you.`
      }
    >
      {!emailVerified && (
        <Button
          variant="default"
          leftSection={<IconMail size={16} aria-hidden />}
          loading={resend.isPending}
          onClick={() => resend.mutate()}
        >
          Send the link again
        </Button>
      )}
    </SecurityRow>
  );
}

/** For somebody who has just signed up: that the address is still to be confirmed. Nothing where it is. */
export function EmailReminder() {
  const { email } = useMe().user;
  const { data } = useQuery(securityQuery);
  const resend = useResend();
  if (!data || data.emailVerified) return null;
  return (
    <Group gap="xs" mt="md">
      <Text size="sm" c="dimmed">
        Confirm your address with the link that we sent to {email}, so that ClickPost can reach you.
      </Text>
      <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
        Send the link again
      </Button>
    </Group>
  );
}

function useResend() {
  const { email } = useMe().user;
  return useMutation({
    mutationFn: () => answer(api.POST('/v1/auth/verify-email/resend')),
    onSuccess: () => notifyDone(`A link is on its way to ${email}.`),
    onError: notifyError,
  });
}
