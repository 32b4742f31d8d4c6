import { Badge, Group, Text, ThemeIcon } from '@mantine/core';
import { IconCircleCheck, IconClock, IconMessage2, IconPencilExclamation } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { PracticeMark } from '../ui/channel-label.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import { TimeText } from '../ui/time-text.js';
import classes from './notifications.module.css';
import { placeOf } from './place.js';
import { type Notification } from './queries.js';

interface EntryProps {
  notification: Notification;
  onOpen: () => void;
}

/** One notification, which leads to where it can be mended, decided or answered. */
export function NotificationEntry({ notification, onOpen }: EntryProps) {
  const { headline, title, workspace, subject, at, readAt, closedAt } = notification;
  const fresh = readAt === null && closedAt === null;
  return (
    <Link className={classes['entry']} {...placeOf(notification)} onClick={onOpen} data-fresh={fresh || undefined}>
      <EntryIcon notification={notification} />
      <div className={classes['words']}>
        <Text size="sm" fw={fresh ? 650 : 500}>
          {fresh && <span className="visually-hidden">Unread: </span>}
          {headline}
        </Text>
        <Text size="sm" c="dimmed" mt={2}>
          {title}
        </Text>
        <Group gap="xs" mt={4}>
          <Text size="xs" c="dimmed">
            {workspace.name} · <TimeText at={at} />
          </Text>
          {subject.practice && <PracticeMark />}
          {closedAt !== null && (
            <Badge size="xs" variant="light" color="teal" tt="none" radius="sm">
              {subject.type === 'post' ? 'Over' : 'Solved'}
            </Badge>
          )}
        </Group>
      </div>
    </Link>
  );
}

const ICON_SIZE = 26;

function EntryIcon({ notification: { cause, subject } }: { notification: Notification }) {
  if (subject.platform !== null) return <PlatformIcon platform={subject.platform} size={ICON_SIZE} />;
  const Icon = iconOf(cause);
  return (
    <ThemeIcon variant="light" color="gray" size={ICON_SIZE} radius="sm">
      <Icon size={17} aria-hidden />
    </ThemeIcon>
  );
}

function iconOf(cause: Notification['cause']) {
  if (cause.startsWith('comment:')) return IconMessage2;
  if (cause === 'approval:approved') return IconCircleCheck;
  return cause === 'approval:waiting' ? IconClock : IconPencilExclamation;
}
