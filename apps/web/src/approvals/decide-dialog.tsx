import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.js';
import { type Post } from '../api/queries.js';
import { notifyDone } from '../ui/notify.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { type Approval } from './queries.js';

interface DecideDialogProps {
  post: Pick<Post, 'id'>;
  /** As it was on the screen. */
  approval: Pick<Approval, 'contentHash'>;
  decision: 'approve' | 'request-changes';
  onClose: () => void;
  /** The decision was taken. */
  onDone?: () => void;
}

/** A decision about exactly what is on the screen, with a word to it. */
export function DecideDialog({ post, approval, decision, onClose, onDone }: DecideDialogProps) {
  const approves = decision === 'approve';
  const [comment, setComment] = useState('');
  const queryClient = useQueryClient();
  const decide = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/v1/posts/{id}/approval/decisions', {
          params: { path: { id: post.id } },
          body: {
            ...{ decision, contentHash: approval.contentHash },
            ...(comment.trim() !== '' && { comment: comment.trim() }),
          },
        }),
      ),
    onSuccess: () => {
      notifyDone(approves ? 'You approved it.' : 'You asked for changes.');
      onClose();
      onDone?.();
    },
    onSettled: () =>
      Promise.all(
        [['post', post.id], ['publication'], ['calendar'], ['attention'], ['approvals'], ['posts']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    decide.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={approves ? 'Approve this post' : 'Ask for changes'}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <Text size="sm">
            {approves
              ? 'You approve exactly what you see now. If somebody changes it, it comes back to you.'
              : 'Nothing of it goes out until it was changed and approved.'}
          </Text>
          <Textarea
            label={approves ? 'A word to it' : 'What should be different'}
            description={approves ? 'Optional.' : undefined}
            autosize
            minRows={3}
            maxLength={5000}
            data-autofocus
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <ProblemAlert error={decide.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={decide.isPending}>
              {approves ? 'Approve' : 'Ask for changes'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
