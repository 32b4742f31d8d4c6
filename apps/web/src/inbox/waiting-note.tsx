import { IconClock, IconPencilExclamation } from '@tabler/icons-react';
import { type Schema } from '../api/client.js';
import classes from './waiting-note.module.css';
import { waitingWords } from './words.js';

interface WaitingNoteProps {
  approval: Schema<'WaitingDto'>;
  /** Whether there is room for the sign alone; the words are still heard. */
  small?: boolean;
}

/** Who an approval waits for, or that changes were asked for. */
export function WaitingNote({ approval, small = false }: WaitingNoteProps) {
  const Sign = approval.state === 'pending' ? IconClock : IconPencilExclamation;
  const words = waitingWords(approval);
  return (
    <span className={classes['note']} data-approval={approval.state} title={words}>
      <Sign size={14} stroke={2} aria-hidden />
      <span className={small ? 'visually-hidden' : classes['words']}>{words}</span>
    </span>
  );
}
