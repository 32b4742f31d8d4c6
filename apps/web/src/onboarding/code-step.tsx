import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, formErrorsOf } from '../api/problem.js';
import { enterCode } from '../app/session.js';
import { LinkButton } from '../ui/links.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { filled } from './checks.js';

/** The second step of signing in: the code from the app, or a recovery code. */
export function CodeStep({ next }: { next: string }) {
  const [recovery, setRecovery] = useState(false);
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: filled('Enter the code.') },
    onSubmitPreventDefault: 'always',
  });
  const queryClient = useQueryClient();
  const router = useRouter();
  const enter = useMutation({
    mutationFn: ({ code }: typeof form.values) => enterCode(queryClient, code),
    onSuccess: () => router.navigate({ href: next }),
    onError: (error) => {
      form.setErrors(formErrorsOf(error));
      form.getInputNode('code')?.focus();
    },
  });
  const over = enter.error instanceof ApiError && enter.error.is('unauthorized');
  const change = () => {
    setRecovery(!recovery);
    form.reset();
    enter.reset();
    form.getInputNode('code')?.focus();
  };
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => enter.mutate(values),
        () => form.getInputNode('code')?.focus(),
      )}
    >
      <Stack gap="md">
        <ProblemAlert error={enter.error} shown={(field) => field === 'code'} />
        <TextInput
          size="md"
          label={recovery ? 'Recovery code' : 'Code'}
          description={
            recovery
              ? 'One of the ten that you kept when you set up two-step sign-in. Each works once.'
              : 'The six digits that your authenticator app shows for ClickPost.'
          }
          autoComplete="one-time-code"
          inputMode={recovery ? 'text' : 'numeric'}
          maxLength={40}
          autoFocus
          {...form.getInputProps('code')}
        />
        <Button type="submit" size="md" fullWidth loading={enter.isPending || enter.isSuccess}>
          Sign in
        </Button>
        <Group justify="space-between" gap="xs">
          <Button variant="subtle" onClick={change}>
            {recovery ? 'Use the app instead' : 'Use a recovery code'}
          </Button>
          <LinkButton to="/sign-in" search={next === '/' ? {} : { next }} variant={over ? 'filled' : 'subtle'} replace>
            Back to the password
          </LinkButton>
        </Group>
      </Stack>
    </form>
  );
}
