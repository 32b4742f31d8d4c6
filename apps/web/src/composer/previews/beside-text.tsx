import { IconLock, IconMapPin } from '@tabler/icons-react';
import classes from './beside-text.module.css';
import { type Details } from './details.js';

interface PollProps {
  options: readonly string[];
  question?: string | undefined;
  /** `3 days left`; left out = it is said elsewhere. */
  ends?: string | undefined;
}

/** The answers of a poll, as nobody has voted yet. */
export function Poll({ options, question, ends }: PollProps) {
  if (options.length === 0 && question === undefined) return null;
  return (
    <div className={classes['poll']}>
      {question !== undefined && <strong>{question}</strong>}
      <ul aria-label="Answers of the poll">
        {options.map((option, index) => (
          <li key={index}>{option}</li>
        ))}
      </ul>
      <span className={classes['quiet']}>0 votes{ends !== undefined && ` · ${ends}`}</span>
    </div>
  );
}

/** Where it is, who can answer, and what the network says of it. */
export function BesideText({ details: { place, audience, notes } }: { details: Details }) {
  if (place === undefined && audience === undefined && notes.length === 0) return null;
  return (
    <ul className={classes['facts']}>
      {place !== undefined && (
        <li>
          <IconMapPin size={14} aria-label="Location:" /> {place}
        </li>
      )}
      {audience !== undefined && (
        <li>
          <IconLock size={14} aria-hidden /> {audience}
        </li>
      )}
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
