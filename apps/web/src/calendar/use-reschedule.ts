import { useMutation, useQueryClient } from '@tanstack/react-query';
import { formatDateTime } from '../ui/dates.js';
import { notifyDone, notifyRefused } from '../ui/notify.js';
import { explainRefusal, type Movable, refusedBeforehand, reschedule, showAnswer, showMoved } from './reschedule.js';

interface Move {
  post: Movable;
  /** ISO instant. */
  to: string;
  /** Takes an earlier move back. */
  undoing?: boolean;
}

/** Moves posts to other times: shown at once, put back with a reason when it is refused, and undone on demand. */
export function useReschedule(zone: string) {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ post, to }: Move) => reschedule(post, to),
    onMutate: async ({ post, to }) => {
      // An answer that is under way would show the time before.
      await queryClient.cancelQueries({ queryKey: ['calendar'] });
      return { putBack: showMoved(queryClient, post, to) };
    },
    onError: (error, _move, context) => {
      context?.putBack();
      const { title, detail } = explainRefusal(error);
      notifyRefused(title, detail);
    },
    onSuccess: (answered, { post, to, undoing }) => {
      showAnswer(queryClient, answered);
      const when = formatDateTime(to, zone);
      if (undoing) notifyDone(`Back at ${when}.`);
      else notifyDone(`Moved to ${when}.`, { label: 'Undo', onClick: () => undo(post, answered.version, to) });
    },
    onSettled: (_answered, _error, { post }) => {
      void queryClient.invalidateQueries({ queryKey: ['calendar'] });
      void queryClient.invalidateQueries({ queryKey: ['post', post.postId] });
    },
  });
  const undo = (post: Movable, postVersion: number, from: string) =>
    move({ post: { ...post, postVersion, dueAt: from }, to: post.dueAt, undoing: true });
  const move = (wanted: Move): boolean => {
    if (wanted.to === wanted.post.dueAt) return true;
    const refusal = refusedBeforehand(wanted.to, Date.now());
    if (refusal) {
      notifyRefused(refusal.title, refusal.detail);
      return false;
    }
    mutation.mutate(wanted);
    return true;
  };
  return { move, moving: mutation.isPending };
}
