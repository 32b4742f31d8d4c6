import { Text } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { type Media } from '../api/queries.js';
import classes from './adjust.module.css';
import { type Point } from './choices.js';
import { Picture } from './picture.js';

interface FocusStageProps {
  media: Media;
  atMs: number;
  focus: Point | undefined;
  /** Whether anything is cut, so that the point matters. */
  isUsed: boolean;
  onFocus: (focus: Point) => void;
}

const STEP = 0.02;
const LARGE_STEP = 0.1;
const MOVES: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The whole picture with the point that stays in sight: set by click or drag, moved by the arrow keys. */
export function FocusStage({ media, atMs, focus = { x: 0.5, y: 0.5 }, isUsed, onFocus }: FocusStageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const pick = (event: PointerEvent) => {
    const box = stage.current?.getBoundingClientRect();
    if (!box) return;
    onFocus({ x: within((event.clientX - box.left) / box.width), y: within((event.clientY - box.top) / box.height) });
  };
  const press = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    onFocus({ x: within(focus.x + move[0] * step), y: within(focus.y + move[1] * step) });
  };
  return (
    <div className={classes['stagePart']}>
      <div
        ref={stage}
        className={classes['stage']}
        style={{ aspectRatio: `${media.width} / ${media.height}` }}
        data-used={isUsed || undefined}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          pick(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) pick(event);
        }}
      >
        <Picture media={media} atMs={atMs} className={classes['picture']} />
        <div
          className={classes['focus']}
          style={{ insetInlineStart: `${focus.x * 100}%`, insetBlockStart: `${focus.y * 100}%` }}
          role="slider"
          tabIndex={0}
          aria-label="Focus point"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent(focus.x)}
          aria-valuetext={`${percent(focus.x)} % from the left, ${percent(focus.y)} % from the top`}
          onKeyDown={press}
        />
      </div>
      <Text size="xs" c="dimmed" mt="xs">
        {isUsed
          ? 'The point stays in sight when edges are cut. Click, drag, or use the arrow keys.'
          : 'The point counts when edges are cut. With bars all of it stays in sight.'}
      </Text>
    </div>
  );
}

function within(part: number): number {
  return Math.round(Math.min(1, Math.max(0, part)) * 1_000) / 1_000;
}

function percent(part: number): number {
  return Math.round(part * 100);
}
