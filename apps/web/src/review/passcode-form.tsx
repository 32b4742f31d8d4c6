import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { formErrorsOf } from '../api/problem.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { enterPasscode } from './queries.js';
import { ReviewFrame } from './review-frame.js';

/** Asks for the passcode of a link, and says nothing of what lies behind it. */
export function PasscodeForm({ token }: { token: string }) {
  const [passcode, setPasscode] = useState('');
  const queryClient = useQueryClient();
  const enter = useMutation({
    mutationFn: () => enterPasscode(token, passcode),
    onSuccess: () => queryClient.resetQueries({ queryKey: ['review', token] }),
  });
  const error = formErrorsOf(enter.error)['passcode'];
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (passcode !== '') enter.mutate();
  };
  return (
    <ReviewFrame title="Passcode" narrow>
      <div>
        <Title order={1}>Enter the passcode</Title>
        <Text mt="xs">Whoever sent you this link gave you a passcode for it.</Text>
      </div>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <PasswordInput
            label="Passcode"
            size="md"
            autoComplete="off"
            autoFocus
            maxLength={64}
            value={passcode}
            onChange={(event) => setPasscode(event.currentTarget.value)}
            {...(error !== undefined && { error })}
          />
          <ProblemAlert error={enter.error} shown={(field) => field === 'passcode'} />
          <Button type="submit" size="md" fullWidth loading={enter.isPending} disabled={passcode === ''}>
            Open
          </Button>
        </Stack>
      </form>
    </ReviewFrame>
  );
}
