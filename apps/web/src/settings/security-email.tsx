import { Button } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { useMe } from '../app/workspace.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { SecurityRow } from './security-row.js';
import { type Security } from './security-queries.js';

/** Whether the address is known to be the person's. */
export function EmailRow({ security: { emailVerified } }: { security: Security }) {
  const { email } = useMe().user;
  const resend = useMutation({
    mutationFn: () => answer(api.POST('/v1/auth/verify-email/resend')),
    onSuccess: () => notifyDone(`A link is on its way to ${email}.`),
    onError: notifyError,
  });
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
