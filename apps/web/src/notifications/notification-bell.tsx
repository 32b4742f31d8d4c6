import { ActionIcon, Drawer, Indicator } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { NotificationList } from './notification-list.js';
import classes from './notifications.module.css';
import { bellName } from './place.js';
import { unreadQuery } from './queries.js';

const LIST_WIDTH = 440;
const MAX_SHOWN = 99;

/** What needs this person, told while it happens. @param sheet whether the list comes from below, as on a phone */
export function NotificationBell({ sheet }: { sheet: boolean }) {
  const [opened, { open, close }] = useDisclosure();
  const { data: unread = 0 } = useQuery(unreadQuery);
  return (
    <>
      <span className="visually-hidden" role="status">
        {unread > 0 && `${unread} unread ${unread === 1 ? 'notification' : 'notifications'}`}
      </span>
      <Indicator
        label={unread > MAX_SHOWN ? `${MAX_SHOWN}+` : unread}
        disabled={unread === 0}
        color="red"
        size={17}
        offset={11}
        classNames={{ indicator: classes['count'] ?? '' }}
      >
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          aria-label={bellName(unread)}
          aria-haspopup="dialog"
          onClick={open}
        >
          <IconBell size={21} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Indicator>
      <Drawer
        opened={opened}
        onClose={close}
        title="Notifications"
        {...(sheet ? { position: 'bottom', size: '85%', radius: 'lg' } : { position: 'right', size: LIST_WIDTH })}
      >
        <NotificationList onLeave={close} />
      </Drawer>
    </>
  );
}
