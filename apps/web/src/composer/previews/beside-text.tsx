import { IconLock, IconMapPin } from '@tabler/icons-react';
import classes from './beside-text.module.css';
import { type Details } from './details.js';

/** The answers of a poll, as nobody has voted yet. */
export function Poll({ options }: { options: readonly string[] }) {
  if (options.length === 0) return null;
  return (
    <div className={classes['poll']}>
      <ul aria-label="Answers of the poll">
        {options.map((option, index) => (
          <li key={index}>{option}</li>
        ))}
      </ul>
      <span className={classes['quiet']}>0 votes · 1 day left</span>
    </div>
  );
}

/** Where it is, and who can answer. */
export function BesideText({ details: { place, audience } }: { details: Pick<Details, 'place' | 'audience'> }) {
  if (place === undefined && audience === undefined) return null;
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
    </ul>
  );
}
