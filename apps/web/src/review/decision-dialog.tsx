import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../api/problem.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { decide, type Review } from './queries.js';
import { type Seen } from './standing.js';

const MAX_COMMENT = 5_000;

interface DecisionDialogProps {
  token: string;
  decision: 'approve' | 'request-changes';
  seen: Seen;
  /** Kept where they are typed, should another version arrive in the meantime. */
  words: string;
  onWords: (words: string) => void;
  onClose: () => void;
}

/** A decision about exactly the version that was looked at. Whoever asks for changes says which. */
export function DecisionDialog({ token, decision, seen, words, onWords, onClose }: DecisionDialogProps) {
  const approves = decision === 'approve';
  const [missing, setMissing] = useState(false);
  const queryClient = useQueryClient();
  const key = ['review', token];
  const send = useMutation({
    mutationFn: () => {
      const comment = words.trim();
      return decide(token, { decision, contentHash: seen.contentHash, ...(comment !== '' && { comment }) });
    },
    onSuccess: (review: Review) => {
      queryClient.setQueryData(key, review);
      onWords('');
      onClose();
      // There it says what was decided.
      window.scrollTo({ top: 0 });
    },
    onError: (error) => {
      // What stands against it is shown on the page then: another version, or an approval that has moved on.
      if (error instanceof ApiError) void queryClient.invalidateQueries({ queryKey: key });
      if (error instanceof ApiError && error.status === 409 && 'contentHash' in error.problem) onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!approves && words.trim() === '') return setMissing(true);
    return send.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={approves ? 'Approve this post' : 'Ask for changes'}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">
            {approves
              ? 'You approve exactly what you see now. If somebody changes it, you are asked again.'
              : 'Nothing of it goes out until it was changed and approved.'}
          </Text>
          <Textarea
            label={approves ? 'A word to it' : 'What should be different'}
            description={approves ? 'Optional.' : undefined}
            required={!approves}
            withAsterisk={false}
            error={missing && words.trim() === '' && 'Say what should be different, so that it can be changed.'}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={MAX_COMMENT}
            data-autofocus={!approves || undefined}
            value={words}
            onChange={(event) => onWords(event.currentTarget.value)}
          />
          <ProblemAlert error={send.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={send.isPending} {...(approves && { 'data-autofocus': true })}>
              {approves ? 'Approve' : 'Ask for changes'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
