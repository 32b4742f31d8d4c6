import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode } from 'react';
import { useWorkspace } from '../app/workspace.js';
import { TimeText } from '../ui/time-text.js';
import { type Notice } from './connection-words.js';

interface ConnectionNoticeProps {
  notice: Notice;
  /** Of the corners; those of all notices where left out. */
  radius?: 0;
  /** What can be done about it here. */
  children?: ReactNode;
}

/** Something to know, or to do, about a connection that still works. */
export function ConnectionNotice({ notice: { title, endsAt, text }, radius, children }: ConnectionNoticeProps) {
  const workspace = useWorkspace();
  return (
    <Alert
      color="yellow"
      {...(radius !== undefined && { radius })}
      icon={<IconAlertTriangle aria-hidden />}
      title={
        <Text span inherit c="var(--mantine-color-text)">
          {title}
          {endsAt !== undefined && (
            <>
              {' '}
              <TimeText at={endsAt} zone={workspace.timeZone} />
            </>
          )}
        </Text>
      }
    >
      <Text size="sm">{text}</Text>
      {children}
    </Alert>
  );
}
