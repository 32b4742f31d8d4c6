import { Button } from '@mantine/core';
import { IconCheck, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { DecisionDialog } from './decision-dialog.js';
import { type Review } from './queries.js';
import classes from './review.module.css';
import { type Seen } from './standing.js';

interface DecisionBarProps {
  token: string;
  review: Review;
  /** The version that the decision is about: the one that was looked at. */
  seen: Seen;
  /** What is being written to it. */
  words: string;
  onWords: (words: string) => void;
}

/** The two decisions, within reach of a thumb. */
export function DecisionBar({ token, review: { approval }, seen, words, onWords }: DecisionBarProps) {
  const [opened, setOpened] = useState<'approve' | 'request-changes'>();
  return (
    <div className={classes['bar']} role="group" aria-label="Your decision">
      <div className={classes['buttons']}>
        {approval.mayRequestChanges && (
          <Button
            variant="default"
            leftSection={<IconPencil size={18} aria-hidden />}
            onClick={() => setOpened('request-changes')}
          >
            Ask for changes
          </Button>
        )}
        {approval.mayDecide && (
          <Button leftSection={<IconCheck size={18} aria-hidden />} onClick={() => setOpened('approve')}>
            Approve
          </Button>
        )}
      </div>
      {opened && (
        <DecisionDialog
          token={token}
          decision={opened}
          seen={seen}
          words={words}
          onWords={onWords}
          onClose={() => setOpened(undefined)}
        />
      )}
    </div>
  );
}

/** In its place where another version arrived, wherever the page is scrolled to. */
export function NewVersionBar({ onLook }: { onLook: () => void }) {
  return (
    <div className={classes['bar']} role="group" aria-label="A new version">
      <div className={classes['buttons']}>
        <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={onLook}>
          It was changed: look at it
        </Button>
      </div>
    </div>
  );
}
