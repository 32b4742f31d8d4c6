import { ActionIcon, Group, Text, Textarea } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { count } from '#platforms/core';
import { mediaQuery } from '../api/queries.js';
import classes from './composer.module.css';
import { useComposer } from './context.js';
import { type MediaItem, type Message } from './draft.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { mediaAddress } from './media-address.js';
import { altTextPlace } from './places.js';

interface ImageRowProps {
  image: MediaItem;
  /** What the image belongs to. */
  message: Message;
  /** The place of that part among the further parts of the thread; undefined = the post itself. */
  at: number | undefined;
  index: number;
  count: number;
  isDragged: boolean;
  onDrag: (dragging: boolean) => void;
  onDragOver: () => void;
  onMove: (to: number) => void;
}

/** One image with its description; its place can be changed by dragging and by buttons. */
export function ImageRow(props: ImageRowProps) {
  const { image, at, index, count: total, isDragged, onDrag, onDragOver } = props;
  const { tab, findings } = useComposer();
  const shown = findings.filter(
    (finding) =>
      finding.cause.part === 'media' &&
      finding.cause.at === at &&
      finding.cause.mediaId === image.id &&
      isShownAt(finding, tab),
  );
  const findingsPlace = `${altTextPlace(image.id, at)}-findings`;
  return (
    <li
      className={classes['image']}
      data-dragged={isDragged || undefined}
      onDragOver={(event) => {
        // Files from elsewhere are dropped on the editor as a whole.
        if (event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        onDragOver();
      }}
    >
      <div
        className={classes['handle']}
        draggable
        aria-hidden
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', image.id);
          onDrag(true);
        }}
        onDragEnd={() => onDrag(false)}
      >
        {total > 1 && <IconGripVertical size={16} />}
        <img className={classes['thumb']} src={mediaAddress(image.id, 200)} alt="" draggable={false} />
      </div>
      <div className={classes['imageWords']}>
        <AltText {...props} index={index} describedBy={shown.length > 0 ? findingsPlace : undefined} />
        <FindingList id={findingsPlace} findings={shown} />
      </div>
      <ImageButtons {...props} />
    </li>
  );
}

function ImageButtons({ image, message, at, index, count: total, onMove }: ImageRowProps) {
  const { dispatch } = useComposer();
  const name = imageName(index, at);
  return (
    <Group gap={2} wrap="nowrap" className={classes['imageButtons'] ?? ''}>
      {total > 1 && (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Move ${name} up`}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          >
            <IconArrowUp size={17} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`Move ${name} down`}
            disabled={index === total - 1}
            onClick={() => onMove(index + 1)}
          >
            <IconArrowDown size={17} aria-hidden />
          </ActionIcon>
        </>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Remove ${name}`}
        onClick={() => dispatch({ type: 'remove-media', id: image.id, ...message })}
      >
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

/** `image 1`, `image 1 of part 2` */
function imageName(index: number, at: number | undefined): string {
  return at === undefined ? `image ${index + 1}` : `image ${index + 1} of part ${at + 2}`;
}

function AltText({ image, message, at, index, describedBy }: ImageRowProps & { describedBy: string | undefined }) {
  const { tab, dispatch, selected } = useComposer();
  const limit = selected
    .filter(({ channel, target, supports }) => {
      if (tab !== undefined) return channel.id === tab;
      return at === undefined ? target.media === undefined : supports.thread && target.thread === undefined;
    })
    .flatMap(({ channel }) => channel.limits.altText ?? [])
    .toSorted((a, b) => a.max - b.max)[0];
  const left = limit && limit.max - count(image.altText, limit.unit);
  // What was said at the upload counts unless something else is written here.
  const uploaded = useQuery(mediaQuery(image.id)).data?.altText ?? '';
  const isEmpty = image.altText.trim() === '';
  return (
    <>
      <Textarea
        id={altTextPlace(image.id, at)}
        label={`Description of ${imageName(index, at)}`}
        placeholder={uploaded || 'What does the image show?'}
        size="sm"
        minRows={1}
        maxRows={6}
        value={image.altText}
        error={left !== undefined && left < 0}
        {...(describedBy && { 'aria-describedby': describedBy })}
        onChange={(event) => dispatch({ type: 'alt-text', id: image.id, value: event.currentTarget.value, ...message })}
      />
      <Group justify="space-between" gap="xs" mt={4} wrap="nowrap">
        <Text size="xs" c="dimmed">
          {isEmpty && hint(uploaded)}
        </Text>
        {left !== undefined && !isEmpty && (
          <Text size="xs" c={left < 0 ? 'var(--mantine-color-error)' : 'dimmed'} className="tabular">
            {left.toLocaleString()}
          </Text>
        )}
      </Group>
    </>
  );
}

function hint(uploaded: string): string {
  if (uploaded !== '') return 'Described at its upload. Write here to describe it differently in this post.';
  return 'People who do not see it hear this instead. A sentence is enough.';
}
