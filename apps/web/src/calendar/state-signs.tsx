import { lookOf, type ShownState, wordsOf } from './groups.js';
import classes from './event.module.css';

interface StateSignsProps {
  /** Each once, the worst first. */
  states: readonly ShownState[];
  /** `EntryGroup.notes` */
  notes: readonly string[];
  /** In pixels. */
  size?: number;
}

/** The signs of states, each in its colour; their words for those who hear the screen. */
export function StateSigns({ states, notes, size = 14 }: StateSignsProps) {
  if (states.length === 0) return null;
  return (
    <span className={classes['signs']}>
      {states.map((state) => {
        const { icon: Sign, color } = lookOf(state);
        const words = wordsOf(state, notes);
        return (
          <span key={state} className={classes['sign']} style={toneOf(color)} title={words} data-state={state}>
            <Sign size={size} stroke={2.2} aria-hidden />
            <span className="visually-hidden">{words}</span>
          </span>
        );
      })}
    </span>
  );
}

/** Hands a colour of the theme to the style sheet. */
export function toneOf(color: string): Record<`--${string}`, string> {
  return { '--tone': `var(--mantine-color-${color}-6)` };
}
