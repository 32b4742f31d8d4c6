import { IconPlus } from '@tabler/icons-react';
import classes from './calendar-grid.module.css';

interface DayNumberProps {
  number: string;
  today: boolean;
  /** Whether choosing the day begins a post. */
  plus: boolean;
}

/** The number of a day; over or upon it, the plus that begins a post. */
export function DayNumber({ number, today, plus }: DayNumberProps) {
  return (
    <>
      {plus && <IconPlus className={classes['plus']} size={14} stroke={2.4} aria-hidden />}
      <span className={classes['number']} {...(today && { 'data-today': true })}>
        {number}
      </span>
    </>
  );
}
