import { type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import classes from './comments.module.css';

/** A point of an image that somebody said something about: 0 to 1 from its left and its top. */
export interface Pin {
  /** Of the thread. */
  id: string;
  /** As it stands at the thread. */
  number: number;
  x: number;
  y: number;
}

/** A point that is being chosen. */
export interface Point {
  x: number;
  y: number;
}

interface ImagePinsProps {
  /** The image, shown whole: `width: 100%; height: auto`. */
  children: ReactNode;
  pins: readonly Pin[];
  active?: string | undefined;
  onActivate?: (id: string) => void;
  /** Where the next comment would be; with it, a click chooses another point and the arrow keys move it. */
  chosen?: Point;
  onChoose?: (point: Point) => void;
}

/** How far an arrow key moves a point. */
const STEP = 0.02;

/** An image with numbered points that people said something about. */
export function ImagePins({ children, pins, active, onActivate, chosen, onChoose }: ImagePinsProps) {
  const choose = (event: MouseEvent<HTMLDivElement>) => {
    if (!onChoose) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    onChoose({ x: within((event.clientX - left) / width), y: within((event.clientY - top) / height) });
  };
  return (
    // The point itself is moved by keyboard; the click is a shorter way.
    <div className={classes['pinned']} data-choosing={onChoose ? true : undefined} onClick={choose}>
      {children}
      {pins.map(({ id, number, x, y }) => (
        <button
          key={id}
          type="button"
          className={classes['pin']}
          style={place({ x, y })}
          data-places={id}
          data-active={id === active || undefined}
          aria-label={`Comment ${number} on this image`}
          onClick={(event) => {
            event.stopPropagation();
            onActivate?.(id);
          }}
        >
          {number}
        </button>
      ))}
      {chosen && onChoose && <ChosenPoint point={chosen} onChoose={onChoose} />}
    </div>
  );
}

function ChosenPoint({ point, onChoose }: { point: Point; onChoose: (point: Point) => void }) {
  const move = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (!by) return;
    event.preventDefault();
    onChoose({ x: within(point.x + by.x * STEP), y: within(point.y + by.y * STEP) });
  };
  const percent = (part: number) => Math.round(part * 100);
  return (
    <button
      type="button"
      className={classes['pin']}
      data-chosen
      style={place(point)}
      aria-label={`The point: ${percent(point.x)} % from the left, ${percent(point.y)} % from the top. Arrow keys move it.`}
      onKeyDown={move}
      onClick={(event) => event.stopPropagation()}
    />
  );
}

const MOVES: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

function place({ x, y }: Point) {
  return { insetInlineStart: `${x * 100}%`, insetBlockStart: `${y * 100}%` };
}

/** Exact enough for any screen, and short in an address or a body. */
function within(part: number): number {
  return Math.round(Math.min(1, Math.max(0, part)) * 10_000) / 10_000;
}
