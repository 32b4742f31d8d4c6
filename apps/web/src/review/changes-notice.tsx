import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type Review } from './queries.js';
import classes from './review.module.css';

interface ChangesNoticeProps {
  changes: Review['changes'];
  /** It has to be looked at before anything is decided; left out, it only says so. */
  onSeen?: () => void;
}

/** Says that the post is another one than the client saw, and what is different. */
export function ChangesNotice({ changes, onSeen }: ChangesNoticeProps) {
  const list = changes?.list ?? [];
  return (
    <Alert
      color="yellow"
      icon={<IconPencil aria-hidden />}
      title={onSeen ? 'It was changed since you looked' : 'It was changed since you decided'}
      role="status"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {list.length > 0
            ? 'Below you see the new version. This is different:'
            : 'Below you see the new version. Look at it again.'}
        </Text>
        {list.length > 0 && (
          <ul className={classes['changes']}>
            {list.map((change) => (
              <li key={change.field}>
                <Text size="sm" fw={600}>
                  {change.label}
                </Text>
                <dl>
                  <dt className="visually-hidden">Before</dt>
                  <dd className={classes['before']}>{change.before ?? ''}</dd>
                  <dt className="visually-hidden">Now</dt>
                  <dd>{change.after ?? 'Taken away'}</dd>
                </dl>
              </li>
            ))}
          </ul>
        )}
        {onSeen && (
          <Button variant="default" onClick={onSeen}>
            I have looked at it
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
