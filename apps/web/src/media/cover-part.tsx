import { Button, Group, Slider, Text } from '@mantine/core';
import classes from './adjust.module.css';
import { type Span } from './choices.js';
import { MomentInput } from './moment-input.js';
import { OwnCover, type OwnCoverProps } from './own-cover.js';
import { momentInWords } from './words.js';

interface CoverPartProps extends Pick<OwnCoverProps, 'workspaceId' | 'coverId' | 'isPicking' | 'onPicking'> {
  durationMs: number;
  trim: Span | undefined;
  coverAtMs: number | undefined;
  /** Undefined = ClickPost chooses. */
  onCover: (ms: number | undefined) => void;
  /** The moment that somebody is at. */
  onMoment: (ms: number) => void;
  /** An image in place of a frame. */
  onOwnCover: (coverId: string | undefined) => void;
}

const STEP_MS = 100;

/** What stands for a video before it is played: a frame of it, or an image. */
export function CoverPart(props: CoverPartProps) {
  const { durationMs, trim, coverAtMs, onCover, onMoment, onOwnCover, ...own } = props;
  const { startMs, endMs } = trim ?? { startMs: 0, endMs: durationMs };
  const choose = (ms: number) => {
    const inside = Math.min(endMs, Math.max(startMs, ms));
    onMoment(inside);
    onCover(inside);
  };
  return (
    <section aria-label="Cover">
      <Group justify="space-between" gap="xs" mb="xs" wrap="nowrap">
        <Text size="sm" fw={550}>
          Cover
        </Text>
        <Text size="xs" c="dimmed" className="tabular">
          {chosenInWords(coverAtMs, own.coverId)}
        </Text>
      </Group>
      <Slider
        className={classes['slider'] ?? ''}
        thumbLabel="Cover frame"
        min={startMs}
        max={endMs}
        step={STEP_MS}
        size="lg"
        thumbSize={24}
        label={momentInWords}
        value={coverAtMs ?? startMs}
        onChange={choose}
      />
      <Group gap="sm" mt="sm" align="flex-end">
        <MomentInput label="Frame at" value={coverAtMs ?? startMs} min={startMs} max={endMs} onMoment={choose} />
        {coverAtMs !== undefined && (
          <Button size="sm" variant="subtle" onClick={() => onCover(undefined)}>
            Let ClickPost choose
          </Button>
        )}
      </Group>
      <Text size="sm" mt="md" mb="xs">
        Or an image of its own:
      </Text>
      <OwnCover {...own} onCover={onOwnCover} />
      <Text size="xs" c="dimmed" mt="xs">
        It counts where a network lets one choose the cover; which these are is said beside the video.
      </Text>
    </section>
  );
}

function chosenInWords(coverAtMs: number | undefined, coverId: string | undefined): string {
  if (coverId !== undefined) return 'An image of its own';
  return coverAtMs === undefined ? 'ClickPost chooses' : `The frame at ${momentInWords(coverAtMs)}`;
}
