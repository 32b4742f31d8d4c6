import { Text } from '@mantine/core';
import { type Media } from '../api/queries.js';
import classes from './adjust.module.css';
import { type NamedChannel } from './change-list.js';
import { type PlannedMedia } from './changes.js';
import { type MediaChoices } from './choices.js';
import { frameOf, isSameShape, positionOf, shapeInWords } from './frame.js';
import { Picture } from './picture.js';

interface FrameListProps {
  media: Media;
  atMs: number;
  choices: MediaChoices;
  plans: readonly PlannedMedia[];
  channelOf: (channelId: string) => NamedChannel | undefined;
}

/** The file in each shape that the chosen channels get, as the choices stand. */
export function FrameList({ media, atMs, choices, plans, channelOf }: FrameListProps) {
  const shapes = shapesOf(plans);
  if (shapes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Choose channels to see what each of them gets.
      </Text>
    );
  }
  return (
    <ul className={classes['frames']} aria-label="What each channel gets">
      {shapes.map(({ size, channelIds }) => (
        <li key={channelIds.join()}>
          <div
            className={classes['frame']}
            style={{ aspectRatio: `${size.width} / ${size.height}` }}
            data-fit={isSameShape(media, size) ? 'all' : (choices.fit ?? 'pad')}
          >
            <Picture
              media={media}
              atMs={atMs}
              className={classes['framed']}
              position={choices.fit === 'crop' ? positionOf(frameOf(media, size, choices.focus)) : '50% 50%'}
            />
          </div>
          <Text size="xs" fw={550} mt={4} className={classes['frameNames'] ?? ''}>
            {channelIds.flatMap((id) => channelOf(id)?.name ?? []).join(', ')}
          </Text>
          <Text size="xs" c="dimmed">
            {shapeInWords(size)}
            {isSameShape(media, size) ? ', all of it' : choices.fit === 'crop' ? ', edges cut' : ', with bars'}
          </Text>
        </li>
      ))}
    </ul>
  );
}

interface Shape {
  size: { width: number; height: number };
  channelIds: string[];
}

function shapesOf(plans: readonly PlannedMedia[]): Shape[] {
  const shapes: Shape[] = [];
  for (const { width, height, channelId, action } of plans) {
    if (action === 'refuse' || width <= 0 || height <= 0) continue;
    const known = shapes.find(({ size }) => isSameShape(size, { width, height }));
    if (!known) shapes.push({ size: { width, height }, channelIds: [channelId] });
    else if (!known.channelIds.includes(channelId)) known.channelIds.push(channelId);
  }
  return shapes;
}
