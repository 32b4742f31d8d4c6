import { Alert, Button, Group, Text } from '@mantine/core';
import { IconFileAlert, IconGitMerge, IconHistory } from '@tabler/icons-react';
import { type ReactNode } from 'react';
import { type KeepStatus } from './draft-keeper.js';
import { excerptOf } from './excerpt.js';

interface ConflictNoticeProps {
  status: KeepStatus;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onSaveAsNew: () => void;
}

/** Somebody else changed or deleted the post: the person decides, nothing is overwritten by itself. */
export function ConflictNotice({ status, onKeepMine, onTakeTheirs, onSaveAsNew }: ConflictNoticeProps) {
  if (status.kind === 'gone') {
    return (
      <Alert
        role="alert"
        color="yellow"
        icon={<IconFileAlert aria-hidden />}
        title="This post was deleted elsewhere"
        mb="md"
      >
        <Text size="sm">What you wrote is kept on this device.</Text>
        <Button size="xs" mt="sm" onClick={onSaveAsNew}>
          Save it as a new draft
        </Button>
      </Alert>
    );
  }
  if (status.kind !== 'conflict') return null;
  const { content } = status.theirs.data;
  return (
    <Alert
      role="alert"
      color="yellow"
      icon={<IconGitMerge aria-hidden />}
      title="Somebody else changed this post"
      mb="md"
    >
      <Text size="sm">
        Your version is kept on this device and not saved. Theirs begins: “{excerptOf(content.text) || 'no text'}”
      </Text>
      <Group gap="xs" mt="sm">
        <Button size="xs" onClick={onKeepMine}>
          Keep mine
        </Button>
        <Button size="xs" variant="default" onClick={onTakeTheirs}>
          Take theirs
        </Button>
      </Group>
    </Alert>
  );
}

/** Something that was written earlier is shown again. */
export function ResumedNotice({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <Alert color="iris" icon={<IconHistory aria-hidden />} mb="md" py="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{children}</Text>
        <Group gap="xs">{actions}</Group>
      </Group>
    </Alert>
  );
}
