import { Group, Text, Textarea } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { count } from '#platforms/core';
import { type Schema } from '../api/client.js';
import { type Media, mediaQuery } from '../api/queries.js';
import { Thumb } from '../media/thumb.js';
import { formatNumber } from '../ui/numbers.js';
import classes from './composer.module.css';
import { useComposer } from './context.js';
import { DocumentWords } from './document-row.js';
import { type MediaItem, type Message } from './draft.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { MediaButtons } from './media-buttons.js';
import { MediaChanges } from './media-changes.js';
import { altTextPlace } from './places.js';

interface MediaRowProps {
  item: MediaItem;
  /** What it belongs to. */
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

/** One image or video with its description, what becomes of it, and what can be chosen for it. */
export function MediaRow(props: MediaRowProps) {
  const { item, at, index, count: total, isDragged, onDrag, onDragOver } = props;
  const { tab, findings } = useComposer();
  const { data: media } = useQuery(mediaQuery(item.id));
  const name = mediaName(media?.kind, index, at);
  const shown = findings.filter(
    (finding) =>
      finding.cause.part === 'media' &&
      finding.cause.at === at &&
      finding.cause.mediaId === item.id &&
      isShownAt(finding, tab),
  );
  const findingsPlace = `${altTextPlace(item.id, at)}-findings`;
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
          event.dataTransfer.setData('text/plain', item.id);
          onDrag(true);
        }}
        onDragEnd={() => onDrag(false)}
      >
        {total > 1 && <IconGripVertical size={16} />}
        <Thumb id={item.id} media={media} />
      </div>
      <div className={classes['imageWords']}>
        {media?.kind === 'document' ? (
          <DocumentWords media={media} at={at} />
        ) : (
          <AltText {...props} name={name} media={media} describedBy={shown.length > 0 ? findingsPlace : undefined} />
        )}
      </div>
      <MediaButtons {...props} name={name} media={media} />
      <div className={classes['imageMore']}>
        <FindingList id={findingsPlace} findings={shown} />
        <MediaChanges item={item} at={at} />
      </div>
    </li>
  );
}

/** `image 1`, `video 2 of part 2` */
function mediaName(kind: Media['kind'] = 'image', index: number, at: number | undefined): string {
  return at === undefined ? `${kind} ${index + 1}` : `${kind} ${index + 1} of part ${at + 2}`;
}

interface AltTextProps extends MediaRowProps {
  name: string;
  media: Media | undefined;
  describedBy: string | undefined;
}

function AltText({ item, message, at, name, media, describedBy }: AltTextProps) {
  const { tab, dispatch, selected } = useComposer();
  const limit = selected
    .filter(({ channel, target, supports }) => {
      if (tab !== undefined) return channel.id === tab;
      return at === undefined ? target.media === undefined : supports.thread && target.thread === undefined;
    })
    .flatMap(({ channel }) => descriptionLimit(channel.limits.altText, media?.kind))
    .toSorted((a, b) => a.max - b.max)[0];
  const left = limit && limit.max - count(item.altText, limit.unit);
  // What was said at the upload counts unless something else is written here.
  const uploaded = media?.altText ?? '';
  const isEmpty = item.altText.trim() === '';
  return (
    <>
      <Textarea
        id={altTextPlace(item.id, at)}
        label={`Description of ${name}`}
        placeholder={uploaded || `What does the ${media?.kind ?? 'image'} show?`}
        size="sm"
        minRows={1}
        maxRows={6}
        value={item.altText}
        error={left !== undefined && left < 0}
        {...(describedBy && { 'aria-describedby': describedBy })}
        onChange={(event) => dispatch({ type: 'alt-text', id: item.id, value: event.currentTarget.value, ...message })}
      />
      <Group justify="space-between" gap="xs" mt={4} wrap="nowrap">
        <Text size="xs" c="dimmed">
          {isEmpty && hint(uploaded)}
        </Text>
        {left !== undefined && !isEmpty && (
          <Text size="xs" c={left < 0 ? 'var(--mantine-color-error)' : 'dimmed'} className="tabular">
            {formatNumber(left)}
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

/** How long the description of such a file may be; nothing where the network keeps none, and so counts none. */
function descriptionLimit(
  limit: Schema<'AltTextLimitDto'> | undefined,
  kind: Media['kind'] | undefined,
): { max: number; unit: Schema<'AltTextLimitDto'>['unit'] }[] {
  if (!limit) return [];
  const max = kind === 'video' ? (limit.maxForVideo ?? limit.max) : limit.max;
  return max === 0 ? [] : [{ max, unit: limit.unit }];
}
