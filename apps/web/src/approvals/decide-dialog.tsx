import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.js';
import { type Post } from '../api/queries.js';
import { notifyDone } from '../ui/notify.js';
import { DecisionModal, type Verdict } from './decision-modal.js';
import { type Approval } from './queries.js';

interface DecideDialogProps {
  post: Pick<Post, 'id'>;
  /** As it was on the screen. */
  approval: Pick<Approval, 'contentHash'>;
  decision: Verdict;
  onClose: () => void;
  /** The decision was taken. */
  onDone?: () => void;
}

/** A decision about exactly what is on the screen, with a word to it. */
export function DecideDialog({ post, approval, decision, onClose, onDone }: DecideDialogProps) {
  const approves = decision === 'approve';
  const [words, setWords] = useState('');
  const queryClient = useQueryClient();
  const decide = useMutation({
    mutationFn: (comment: string) =>
      answer(
        api.POST('/v1/posts/{id}/approval/decisions', {
          params: { path: { id: post.id } },
          body: { decision, contentHash: approval.contentHash, ...(comment !== '' && { comment }) },
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
  return (
    <DecisionModal
      decision={decision}
      words={words}
      onWords={setWords}
      error={decide.error}
      isPending={decide.isPending}
      onSend={(comment) => decide.mutate(comment)}
      onClose={onClose}
    />
  );
}
