import { Badge, Group, Text } from '@mantine/core';
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

/** One notification, which leads to where it can be mended. */
export function NotificationEntry({ notification, onOpen }: EntryProps) {
  const { headline, title, workspace, subject, at, readAt, closedAt } = notification;
  const fresh = readAt === null && closedAt === null;
  return (
    <Link className={classes['entry']} {...placeOf(notification)} onClick={onOpen} data-fresh={fresh || undefined}>
      <PlatformIcon platform={subject.platform} size={26} />
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
              Solved
            </Badge>
          )}
        </Group>
      </div>
    </Link>
  );
}
