import { Button, CloseButton, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { NARROW_PX } from '../theme/tokens.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { DueText } from './inbox-card.js';
import { PostPreviews } from './post-previews.js';
import { decideMany, type DecisionResult, type InboxItem } from './queries.js';
import { ReviewResult } from './review-result.js';
import classes from './review-dialog.module.css';
import { nameOf, posts } from './words.js';

interface ReviewDialogProps {
  /** As they were on the screen when they were chosen: what is approved is exactly that. */
  items: readonly InboxItem[];
  /** Some were decided. */
  onDecided: (postIds: readonly string[]) => void;
  onClose: () => void;
  onLookAgain: (postId: string) => void;
}

/** Shows several posts beside each other once more, approves them together, and says what became of each. */
export function ReviewDialog({ items, onDecided, onClose, onLookAgain }: ReviewDialogProps) {
  const wide = useMediaQuery(`(min-width: ${NARROW_PX}px)`, undefined, { getInitialValueInEffect: false });
  const [left, setLeft] = useState(items);
  const [results, setResults] = useState<DecisionResult[]>();
  const approve = useMutation({
    mutationFn: () =>
      decideMany(left.map(({ postId, contentHash }) => ({ postId, contentHash, decision: 'approve' as const }))),
    onSuccess: (answered) => {
      setResults(answered);
      if (answered.every(({ outcome }) => outcome === 'done')) onClose();
      onDecided(answered.filter(({ outcome }) => outcome === 'done').map(({ postId }) => postId));
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen={!wide}
      size="min(72rem, 94vw)"
      title={results ? 'What became of your approval' : `Approve ${posts(left.length)}`}
      closeButtonProps={{ 'aria-label': 'Close', size: 'lg' }}
      classNames={{ content: classes['content'] ?? '', body: classes['body'] ?? '' }}
    >
      {results ? (
        <ReviewResult items={items} results={results} onLookAgain={onLookAgain} onClose={onClose} />
      ) : (
        <Stack gap="md" className={classes['review'] ?? ''}>
          <Text size="sm">
            You approve exactly what is shown here, on every channel of each post. A post that somebody changed
            meanwhile is left out, and you are told.
          </Text>
          <Columns items={left} onLeaveOut={(id) => setLeft(left.filter(({ postId }) => postId !== id))} />
          <ProblemAlert error={approve.error} />
          <Group justify="flex-end" gap="xs" className={classes['actions'] ?? ''}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button disabled={left.length === 0} loading={approve.isPending} onClick={() => approve.mutate()}>
              Approve {posts(left.length)}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

interface ColumnsProps {
  items: readonly InboxItem[];
  onLeaveOut: (postId: string) => void;
}

function Columns({ items, onLeaveOut }: ColumnsProps) {
  if (items.length === 0) return <Text c="dimmed">You left out all of them. Close this to choose again.</Text>;
  return (
    <div className={classes['columns']} role="region" aria-label="The chosen posts" tabIndex={0}>
      {items.map((item) => (
        <article key={item.postId} className={classes['column']} aria-label={nameOf(item)}>
          <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
            <div>
              <Title order={3} size="h5">
                {item.workspace.name}
              </Title>
              <DueText item={item} />
            </div>
            <CloseButton
              size="lg"
              aria-label={`Leave out: ${nameOf(item)}`}
              title="Leave out"
              onClick={() => onLeaveOut(item.postId)}
            />
          </Group>
          <PostPreviews item={item} single />
        </article>
      ))}
    </div>
  );
}
