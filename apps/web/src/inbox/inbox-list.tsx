import { Button, Checkbox, Stack } from '@mantine/core';
import { type RefObject, useRef, useState } from 'react';
import { DecideDialog } from '../approvals/decide-dialog.js';
import { ChoiceBar } from './choice-bar.js';
import { type Deciding, InboxCard } from './inbox-card.js';
import classes from './inbox-list.module.css';
import { type InboxItem, useDecided } from './queries.js';
import { ReviewDialog } from './review-dialog.js';

interface InboxListProps {
  items: readonly InboxItem[];
  /** Where the focus goes when the last one is decided. */
  end: RefObject<HTMLElement | null>;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}

/** More than these are not sent in one request. */
const AT_ONCE = 50;

/** What waits, one card under the other. */
export function InboxList({ items, end, hasMore, loadingMore, onMore }: InboxListProps) {
  const [chosenIds, setChosenIds] = useState<readonly string[]>([]);
  const [deciding, setDeciding] = useState<Deciding>();
  const [reviewed, setReviewed] = useState<readonly InboxItem[]>();
  const { keep, focusAt, focusOn } = useCardFocus(end);
  const decided = useDecided();
  const open = items.filter(({ mayDecide }) => mayDecide).slice(0, AT_ONCE);
  const chosen = open.filter(({ postId }) => chosenIds.includes(postId));
  const toggle = (id: string) =>
    setChosenIds(chosenIds.includes(id) ? chosenIds.filter((one) => one !== id) : [...chosenIds, id]);
  const gone = (postIds: readonly string[]) => {
    const first = items.findIndex(({ postId }) => postIds.includes(postId));
    const left = items.filter(({ postId }) => !postIds.includes(postId));
    decided(postIds);
    setChosenIds((before) => before.filter((id) => !postIds.includes(id)));
    focusAt(left, first);
  };
  return (
    <Stack gap="md">
      {open.length > 1 && (
        <Checkbox
          className={classes['all'] ?? ''}
          label={`Choose all ${open.length} shown`}
          checked={chosen.length === open.length}
          indeterminate={chosen.length > 0 && chosen.length < open.length}
          onChange={() => setChosenIds(chosen.length === open.length ? [] : open.map(({ postId }) => postId))}
        />
      )}
      <ol className={classes['list']}>
        {items.map((item) => (
          <li key={item.postId}>
            <InboxCard
              ref={keep(item.postId)}
              item={item}
              chosen={chosen.includes(item)}
              choosing={chosen.length > 0}
              onChoose={() => toggle(item.postId)}
              onDecide={setDeciding}
            />
          </li>
        ))}
      </ol>
      {hasMore && (
        <Button variant="default" mx="auto" loading={loadingMore} onClick={onMore}>
          Show more
        </Button>
      )}
      <ChoiceBar count={chosen.length} onReview={() => setReviewed(chosen)} onNone={() => setChosenIds([])} />
      {deciding && (
        <DecideDialog
          post={{ id: deciding.postId }}
          approval={deciding}
          decision={deciding.decision}
          onClose={() => setDeciding(undefined)}
          onDone={() => gone([deciding.postId])}
        />
      )}
      {reviewed && (
        <ReviewDialog
          items={reviewed}
          onDecided={(postIds) => {
            gone(postIds);
            // What was refused is chosen again by whoever has looked at it again.
            setChosenIds([]);
          }}
          onClose={() => setReviewed(undefined)}
          onLookAgain={(postId) => {
            setReviewed(undefined);
            focusOn(postId);
          }}
        />
      )}
    </Stack>
  );
}

/** Moves the focus from card to card as they leave. */
function useCardFocus(end: RefObject<HTMLElement | null>) {
  const cards = useRef(new Map<string, HTMLElement>());
  const keep = (id: string) => (card: HTMLElement | null) => {
    if (card) cards.current.set(id, card);
    else cards.current.delete(id);
  };
  // When the dialog has given the focus back, and what was decided is gone.
  const later = (find: () => HTMLElement | null | undefined) => setTimeout(() => find()?.focus(), FOCUS_MS);
  const focusOn = (id: string) => later(() => cards.current.get(id) ?? end.current);
  const focusAt = (left: readonly InboxItem[], index: number) => {
    const next = left[index] ?? left.at(-1);
    later(() => (next && cards.current.get(next.postId)) ?? end.current);
  };
  return { keep, focusAt, focusOn };
}

/** Longer than a dialog takes to close, in milliseconds. */
const FOCUS_MS = 350;
