import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/problem.js';
import { DecisionModal, type Verdict } from '../approvals/decision-modal.js';
import { decide, type Review } from './queries.js';
import { type Seen } from './standing.js';

interface DecisionDialogProps {
  token: string;
  decision: Verdict;
  seen: Seen;
  /** Kept where they are typed, should another version arrive in the meantime. */
  words: string;
  onWords: (words: string) => void;
  onClose: () => void;
}

/** A decision about exactly the version that was looked at. Whoever asks for changes says which. */
export function DecisionDialog({ token, decision, seen, words, onWords, onClose }: DecisionDialogProps) {
  const queryClient = useQueryClient();
  const key = ['review', token];
  const send = useMutation({
    mutationFn: (comment: string) =>
      decide(token, { decision, contentHash: seen.contentHash, ...(comment !== '' && { comment }) }),
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
  return (
    <DecisionModal
      decision={decision}
      words={words}
      onWords={onWords}
      wordsNeeded
      error={send.error}
      isPending={send.isPending}
      onSend={(comment) => send.mutate(comment)}
      onClose={onClose}
    />
  );
}
