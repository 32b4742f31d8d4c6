import { Button, Drawer, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconCalendarTime, IconExternalLink, IconInfoCircle, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { type Channel, channelsQuery } from '../api/queries.js';
import { WaitingNote } from '../inbox/waiting-note.js';
import { StandingBadge } from '../posts/standing-badge.js';
import { ChannelLabel } from '../ui/channel-label.js';
import { formatDateTime } from '../ui/dates.js';
import { LinkButton } from '../ui/links.js';
import { TimeText } from '../ui/time-text.js';
import { heldQuery } from './calendar-query.js';
import { NO_TEXT, thumbnailOf } from './event-chip.js';
import { type CalendarEntry, type EntryGroup } from './groups.js';
import classes from './group-drawer.module.css';
import { whyImmovable } from './move.js';
import { type CalendarViewState } from './use-calendar.js';
import { refocus } from './use-kept-focus.js';

// Its calendar of days is as large as the rest of the screen, and seldom needed.
const RescheduleForm = lazy(async () => ({ default: (await import('./reschedule-form.js')).RescheduleForm }));

interface GroupDrawerProps {
  /** What is looked at; closed when there is none. */
  group: EntryGroup | undefined;
  calendar: CalendarViewState;
  mayEdit: boolean;
  onClose: () => void;
  /** Moves to an instant. */
  onMove: (group: EntryGroup, to: string) => void;
}

/** One post of the calendar: what it says, where it goes, how it stands, and what can be done. */
export function GroupDrawer({ group, calendar, mayEdit, onClose, onMove }: GroupDrawerProps) {
  const { zone, narrow } = calendar;
  // What opened it may have been drawn anew meanwhile.
  const [lastPostId, setLastPostId] = useState<string>();
  if (group && group.postId !== lastPostId) setLastPostId(group.postId);
  return (
    <Drawer
      opened={group !== undefined}
      onClose={onClose}
      onExitTransitionEnd={() => refocus(lastPostId)}
      position={narrow ? 'bottom' : 'right'}
      size={narrow ? 'auto' : 420}
      title={group && formatDateTime(group.dueAt, zone)}
      closeButtonProps={{ 'aria-label': 'Close', size: 'lg' }}
      classNames={{ title: classes['title'] ?? '', content: classes['content'] ?? '' }}
    >
      {group && (
        <Details key={group.id} group={group} calendar={calendar} mayEdit={mayEdit} onClose={onClose} onMove={onMove} />
      )}
    </Drawer>
  );
}

type DetailsProps = Omit<GroupDrawerProps, 'group'> & { group: EntryGroup };

function Details({ group, calendar, mayEdit, onMove, onClose }: DetailsProps) {
  const { workspace, zone, now } = calendar;
  const { data: channels = [] } = useQuery(channelsQuery(workspace.id));
  const [rescheduling, setRescheduling] = useState(false);
  const params = { workspaceId: workspace.id, postId: group.postId };
  const fixed = whyImmovable(group.entries.map(({ state }) => state)) ?? (group.movable ? undefined : PARTLY_FIXED);
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <Text size="sm" className={classes['text']}>
          {group.text || NO_TEXT}
        </Text>
        {group.mediaId && <Picture mediaId={group.mediaId} count={group.mediaCount} />}
      </Group>
      {group.approval && (
        <Text size="sm" component="div">
          <WaitingNote approval={group.approval} />
        </Text>
      )}
      <ul className={classes['publications']} aria-label="Publications">
        {group.entries.map((entry) => (
          <Publication
            key={entry.id}
            entry={entry}
            now={now}
            channel={channels.find(({ id }) => id === entry.channelId)}
            zone={workspace.timeZone}
          />
        ))}
      </ul>
      {rescheduling ? (
        <Suspense fallback={<Skeleton height={140} />}>
          <RescheduleForm
            group={group}
            zone={zone}
            onCancel={() => setRescheduling(false)}
            onMove={(to) => {
              onClose();
              onMove(group, to);
            }}
          />
        </Suspense>
      ) : (
        <Group gap="xs">
          <LinkButton to="/w/$workspaceId/posts/$postId" params={params} className={classes['touch']}>
            Open post
          </LinkButton>
          {mayEdit && !fixed && (
            <>
              <LinkButton
                to="/w/$workspaceId/compose/$postId"
                params={params}
                variant="default"
                className={classes['touch']}
                leftSection={<IconPencil size={16} aria-hidden />}
              >
                Edit
              </LinkButton>
              <Button
                variant="default"
                className={classes['touch']}
                leftSection={<IconCalendarTime size={16} aria-hidden />}
                onClick={() => setRescheduling(true)}
              >
                Reschedule
              </Button>
            </>
          )}
        </Group>
      )}
      {mayEdit && fixed && (
        <Text size="sm" c="dimmed">
          {fixed}
        </Text>
      )}
    </Stack>
  );
}

const PARTLY_FIXED = 'A part of this post can no longer be moved. Open the post to see which, and why.';

interface PublicationProps {
  entry: CalendarEntry;
  /** In milliseconds since 1970. */
  now: number;
  channel: Channel | undefined;
  /** The workspace's zone. */
  zone: string;
}

function Publication({ entry, now, channel, zone }: PublicationProps) {
  const { state, waitingFor, removedAt, note } = entry;
  return (
    <li className={classes['publication']}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <ChannelLabel channel={channel ?? { platform: entry.platform, name: 'A removed channel' }} />
        <StandingBadge publication={entry} now={now} />
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {entry.publishedAt ? 'Published ' : 'Due '}
        <TimeText at={entry.publishedAt ?? entry.dueAt} zone={zone} />
        {removedAt !== undefined && (
          <>
            {' · Removed '}
            <TimeText at={removedAt} zone={zone} />
          </>
        )}
        {entry.permalink && removedAt === undefined && (
          <>
            {' · '}
            <a href={entry.permalink} target="_blank" rel="noreferrer">
              See it <IconExternalLink size={12} aria-label="in a new tab" />
            </a>
          </>
        )}
      </Text>
      {entry.heldReason && <WhyHeld publicationId={entry.id} />}
      {note !== undefined && removedAt === undefined && (
        <Text size="sm" mt={4} className={classes['note'] ?? ''}>
          <IconInfoCircle size={16} aria-hidden /> <span>{note}</span>
        </Text>
      )}
      {waitingFor !== undefined && (
        <Text size="sm" mt={4} role="status">
          {state === 'committing' ? `Accepted. ${waitingFor}` : waitingFor} Nothing needs doing.
        </Text>
      )}
      {entry.failure && !entry.heldReason && (
        <Text size="sm" mt={4}>
          {entry.failure.message}
        </Text>
      )}
    </li>
  );
}

/** Why it may not go out, and what to do. */
function WhyHeld({ publicationId }: { publicationId: string }) {
  const { data } = useQuery(heldQuery(publicationId));
  return (
    <Text size="sm" mt={4} mih="1.5em" aria-live="polite">
      {data && `${data.message} ${data.remedy}`}
    </Text>
  );
}

function Picture({ mediaId, count }: { mediaId: string; count: number }) {
  return (
    <span className={classes['picture']}>
      <img src={thumbnailOf(mediaId)} alt="" width={88} height={88} />
      {count > 1 && (
        <span className={classes['count']}>
          <span className="visually-hidden">Images: </span>
          {count}
        </span>
      )}
    </span>
  );
}
