import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { type Media } from '../api/queries.js';
import { NARROW_PX } from '../theme/tokens.js';
import { type NamedChannel } from './change-list.js';
import classes from './adjust.module.css';
import { type PlannedMedia } from './changes.js';
import { type MediaChoices } from './choices.js';
import { CoverPart } from './cover-part.js';
import { FocusStage } from './focus-stage.js';
import { FrameList } from './frame-list.js';
import { TrimPart } from './trim-part.js';

interface AdjustDialogProps {
  /** Whose library covers are taken from. */
  workspaceId: string;
  /** `image 1`, `video 2 of part 3` */
  name: string;
  media: Media;
  choices: MediaChoices;
  /** What the chosen channels get of it as things stand. */
  plans: readonly PlannedMedia[];
  channelOf: (channelId: string) => NamedChannel | undefined;
  onApply: (choices: MediaChoices) => void;
  onClose: () => void;
}

/** Crop or bars, what stays in sight, which part of a video, and its cover. */
export function AdjustDialog({
  workspaceId,
  name,
  media,
  choices,
  plans,
  channelOf,
  onApply,
  onClose,
}: AdjustDialogProps) {
  const isNarrow = useMediaQuery(`(max-width: ${NARROW_PX - 1}px)`);
  const [next, setNext] = useState(choices);
  const [isPicking, setPicking] = useState(false);
  // The moment that the pictures show while something is moved.
  const [atMs, setAtMs] = useState(choices.coverAtMs ?? choices.trim?.startMs ?? 0);
  const isVideo = media.kind === 'video' && media.durationMs !== undefined;
  const fit = next.fit ?? 'pad';
  const change = (part: Partial<MediaChoices>) => setNext((before) => ({ ...before, ...part }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Adjust ${name}`}
      size="xl"
      fullScreen={isNarrow === true}
      // What lies above it is closed first.
      closeOnEscape={!isPicking}
    >
      <div className={classes['layout']}>
        <FocusStage
          media={media}
          atMs={atMs}
          focus={next.focus}
          isUsed={fit === 'crop'}
          onFocus={(focus) => change({ focus })}
        />
        <Stack gap="md" miw={0}>
          <FitPart fit={fit} onFit={(value) => change({ fit: value })} />
          <FrameList media={media} atMs={atMs} choices={next} plans={plans} channelOf={channelOf} />
        </Stack>
        {isVideo && media.durationMs !== undefined && (
          <div className={classes['wide']}>
            <Stack gap="lg">
              <TrimPart
                mediaId={media.id}
                durationMs={media.durationMs}
                trim={next.trim}
                onTrim={(trim) => setNext((before) => trimmed(before, trim))}
                onMoment={setAtMs}
              />
              <CoverPart
                durationMs={media.durationMs}
                trim={next.trim}
                coverAtMs={next.coverAtMs}
                onCover={(coverAtMs) => setNext((before) => covered(before, coverAtMs))}
                onMoment={setAtMs}
                workspaceId={workspaceId}
                coverId={next.coverId}
                isPicking={isPicking}
                onPicking={setPicking}
                onOwnCover={(coverId) => setNext((before) => ownCovered(before, coverId))}
              />
            </Stack>
          </div>
        )}
      </div>
      <Group justify="flex-end" gap="xs" className={classes['actions'] ?? ''}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          onClick={() => {
            onApply(next);
            onClose();
          }}
        >
          Apply
        </Button>
      </Group>
    </Modal>
  );
}

function FitPart({ fit, onFit }: { fit: 'pad' | 'crop'; onFit: (fit: 'pad' | 'crop') => void }) {
  return (
    <div>
      <Text size="sm" fw={550} mb={4} id="adjust-fit">
        Where a network does not take its shape
      </Text>
      <SegmentedControl
        fullWidth
        aria-labelledby="adjust-fit"
        data={[
          { value: 'pad', label: 'Add bars' },
          { value: 'crop', label: 'Crop the edges' },
        ]}
        value={fit}
        onChange={(value) => onFit(value === 'crop' ? 'crop' : 'pad')}
      />
    </div>
  );
}

/** With another part of the video; a cover outside of it is chosen by ClickPost again. */
function trimmed({ trim: _, coverAtMs, ...rest }: MediaChoices, trim: MediaChoices['trim']): MediaChoices {
  const isInside =
    coverAtMs !== undefined && (trim === undefined || (coverAtMs >= trim.startMs && coverAtMs <= trim.endMs));
  return { ...rest, ...(trim && { trim }), ...(isInside && { coverAtMs }) };
}

/** A frame as the cover, in place of an image. */
function covered({ coverAtMs: _, coverId: __, ...rest }: MediaChoices, coverAtMs: number | undefined): MediaChoices {
  return { ...rest, ...(coverAtMs !== undefined && { coverAtMs }) };
}

/** An image as the cover, in place of a frame. */
function ownCovered({ coverAtMs: _, coverId: __, ...rest }: MediaChoices, coverId: string | undefined): MediaChoices {
  return { ...rest, ...(coverId !== undefined && { coverId }) };
}
