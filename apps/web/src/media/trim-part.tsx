import { Button, Group, RangeSlider, Text } from '@mantine/core';
import classes from './adjust.module.css';
import { type Span } from './choices.js';
import { FilmStrip } from './film-strip.js';
import { MomentInput } from './moment-input.js';
import { momentInWords } from './words.js';

interface TrimPartProps {
  mediaId: string;
  durationMs: number;
  trim: Span | undefined;
  /** Undefined = all of it. */
  onTrim: (trim: Span | undefined) => void;
  /** The moment that somebody is at. */
  onMoment: (ms: number) => void;
}

const STEP_MS = 100;
/** Nothing shorter is a video for anybody. */
const SHORTEST_MS = 500;

/** Which part of a video is used: two handles on a strip, or times. */
export function TrimPart({ mediaId, durationMs, trim, onTrim, onMoment }: TrimPartProps) {
  const { startMs, endMs } = trim ?? { startMs: 0, endMs: durationMs };
  const change = (start: number, end: number) => {
    onMoment(start === startMs ? end : start);
    onTrim(start <= 0 && end >= durationMs ? undefined : { startMs: start, endMs: Math.min(end, durationMs) });
  };
  return (
    <section aria-label="Trim">
      <Group justify="space-between" gap="xs" mb="xs" wrap="nowrap">
        <Text size="sm" fw={550}>
          What is used of it
        </Text>
        <Text size="xs" c="dimmed" className="tabular">
          {trim
            ? `${momentInWords(endMs - startMs)} of ${momentInWords(durationMs)}`
            : `All ${momentInWords(durationMs)}`}
        </Text>
      </Group>
      <FilmStrip mediaId={mediaId} durationMs={durationMs} used={{ startMs, endMs }} />
      <RangeSlider
        mt="xs"
        className={classes['slider'] ?? ''}
        thumbFromLabel="Start"
        thumbToLabel="End"
        min={0}
        // The end of the video lies on a step, wherever it lies.
        max={Math.ceil(durationMs / STEP_MS) * STEP_MS}
        step={STEP_MS}
        minRange={Math.min(SHORTEST_MS, durationMs)}
        size="lg"
        thumbSize={24}
        label={momentInWords}
        value={[startMs, Math.ceil(endMs / STEP_MS) * STEP_MS]}
        onChange={([start, end]) => change(start, end)}
      />
      <Group gap="sm" mt="sm" align="flex-end">
        <MomentInput
          label="From"
          value={startMs}
          min={0}
          max={Math.max(0, endMs - SHORTEST_MS)}
          onMoment={(start) => change(start, endMs)}
        />
        <MomentInput
          label="To"
          value={endMs}
          min={startMs + SHORTEST_MS}
          max={durationMs}
          onMoment={(end) => change(startMs, end)}
        />
        {trim && (
          <Button size="sm" variant="subtle" onClick={() => onTrim(undefined)}>
            Use all of it
          </Button>
        )}
      </Group>
    </section>
  );
}
