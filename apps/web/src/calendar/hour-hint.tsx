import { type PointerEvent, type RefObject, useState } from 'react';
import classes from './calendar-grid.module.css';

/** Clicks are taken by quarters of an hour. */
const STEP_MINUTES = 15;
const DAY_MINUTES = 24 * 60;

/** Where a click would begin a post. */
interface Hint {
  left: number;
  top: number;
  width: number;
  height: number;
  /** `12:15` */
  time: string;
}

/** Follows the mouse over the hours of a week. @param hasPassed whether a time of a day lies in the past */
export function useHourHint(root: RefObject<HTMLElement | null>, hasPassed: (day: string, time: string) => boolean) {
  const [hint, setHint] = useState<Hint>();
  const onPointerMove = (event: PointerEvent) => {
    const target = event.target as Element;
    const lane = target.closest<HTMLElement>('[role="cell"][data-date]');
    const day = lane?.dataset['date'];
    const free = event.pointerType === 'mouse' && event.buttons === 0 && !target.closest('[role="button"]');
    if (!root.current || !lane || !day || !free) {
      setHint(undefined);
      return;
    }
    const [box, frame] = [lane.getBoundingClientRect(), root.current.getBoundingClientRect()];
    const minutes = Math.floor(((event.clientY - box.top) / box.height) * (DAY_MINUTES / STEP_MINUTES)) * STEP_MINUTES;
    const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    const height = (box.height * 2 * STEP_MINUTES) / DAY_MINUTES;
    const top = box.top - frame.top + (box.height * minutes) / DAY_MINUTES;
    setHint(hasPassed(day, time) ? undefined : { left: box.left - frame.left, top, width: box.width, height, time });
  };
  return { hint, onPointerMove, onPointerLeave: () => setHint(undefined) };
}

/** Says at which time a click begins a post. */
export function HourHint({ hint: { time, ...place } }: { hint: Hint }) {
  return (
    <div className={classes['hint']} style={place} aria-hidden>
      + {time}
    </div>
  );
}

function two(count: number): string {
  return String(count).padStart(2, '0');
}
