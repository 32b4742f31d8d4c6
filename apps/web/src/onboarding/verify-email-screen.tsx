import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { answer, api } from '../api/client.js';
import { LinkButton } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { securityQuery } from '../settings/security-queries.js';
import { AuthLayout } from './auth-layout.js';

/** Where the link of the mail leads. Confirmed by a person: programs that look into mail open links too. */
export function VerifyEmailScreen() {
  const token = useLocation({ select: ({ hash }) => hash });
  const queryClient = useQueryClient();
  const confirm = useMutation({
    mutationFn: () => answer(api.POST('/v1/auth/verify-email', { body: { token } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: securityQuery.queryKey }),
  });
  return (
    <AuthLayout
      title="Confirm your e-mail address"
      description="So that ClickPost can reach you when a post needs you."
    >
      <Stack gap="md">
        <ProblemAlert error={confirm.error} />
        <div role="status">
          {confirm.isSuccess && (
            <Alert color="teal" icon={<IconCheck aria-hidden />} title="Your address is confirmed">
              There is nothing more to do.
            </Alert>
          )}
        </div>
        {confirm.isSuccess ? (
          <LinkButton to="/" size="md" fullWidth>
            Go on to ClickPost
          </LinkButton>
        ) : (
          <Button
            size="md"
            fullWidth
            disabled={token === ''}
            loading={confirm.isPending}
            onClick={() => confirm.mutate()}
          >
            Confirm this address
          </Button>
        )}
        {(token === '' || confirm.isError) && (
          <Text size="sm" c="dimmed">
            A link works once, within three days. You get a new one in the settings, under Security.
          </Text>
        )}
      </Stack>
    </AuthLayout>
  );
}
