import { Alert, Button, Card, Stack, Text, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { ChangeList } from '../revisions/change-list.js';
import { type Review, reviewImage } from './queries.js';

interface ChangesNoticeProps {
  token: string;
  changes: Review['changes'];
  /** It has to be looked at before anything is decided; left out, it only says so. */
  onSeen?: () => void;
}

/** Says that the post is another one than the client saw, and what is different. */
export function ChangesNotice({ token, changes, onSeen }: ChangesNoticeProps) {
  const list = changes?.list ?? [];
  return (
    <Stack gap="md" maw={576}>
      <Alert
        color="yellow"
        icon={<IconPencil aria-hidden />}
        title={onSeen ? 'It was changed since you looked' : 'It was changed since you decided'}
        role="status"
      >
        <Stack gap="sm" align="flex-start">
          <Text size="sm">Below you see the new version. Look at it again before you decide.</Text>
          {onSeen && (
            <Button variant="default" onClick={onSeen}>
              I have looked at it
            </Button>
          )}
        </Stack>
      </Alert>
      {list.length > 0 && (
        <Card component="section" aria-label="What changed">
          <Title order={2} size="h3" mb="sm">
            What changed
          </Title>
          <ChangeList changes={list} mediaAddress={(id) => reviewImage(token, id, 200)} />
        </Card>
      )}
    </Stack>
  );
}
