import { Button, Group, Paper, Text } from '@mantine/core';
import { IconCalendarOff, IconCalendarPlus, IconFilterOff, IconPlugConnected } from '@tabler/icons-react';
import { useMay } from '../app/workspace.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/links.js';

/** Why nothing is to be seen. */
export type Emptiness = 'no-channels' | 'filtered' | 'nothing-planned';

interface CalendarHintProps {
  emptiness: Emptiness;
  workspaceId: string;
  mayEdit: boolean;
  onClearFilters: () => void;
}

/** Why the calendar is empty and what to do, in the place of what would be there. */
export function CalendarEmpty(props: CalendarHintProps) {
  const { icon, title, text } = HINTS[props.emptiness];
  return (
    <Paper withBorder>
      <EmptyState icon={icon} title={title} action={<HintAction {...props} />}>
        {text}
      </EmptyState>
    </Paper>
  );
}

/** The same in one line, above days that can still be chosen. */
export function CalendarNotice(props: CalendarHintProps) {
  const { icon: Sign, title, text } = HINTS[props.emptiness];
  return (
    <Paper withBorder px="md" py="sm">
      <Group gap="sm" justify="space-between">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <Sign size={20} stroke={1.7} aria-hidden />
          <Text size="sm">
            <b>{title}</b> {text}
          </Text>
        </Group>
        <HintAction {...props} />
      </Group>
    </Paper>
  );
}

const HINTS = {
  'no-channels': {
    icon: IconPlugConnected,
    title: 'Connect a channel first',
    text: 'A channel is where your posts go: a page, a profile, a board. Practice channels need no account.',
  },
  filtered: {
    icon: IconFilterOff,
    title: 'Nothing matches these filters.',
    text: 'Other posts in these days are hidden.',
  },
  'nothing-planned': {
    icon: IconCalendarOff,
    title: 'Nothing is planned in these days.',
    text: 'Write a post and choose when it goes out.',
  },
} as const;

function HintAction({ emptiness, workspaceId, mayEdit, onClearFilters }: CalendarHintProps) {
  const mayManage = useMay('channels.manage', workspaceId);
  if (emptiness === 'filtered') {
    return (
      <Button variant="default" onClick={onClearFilters}>
        Clear filters
      </Button>
    );
  }
  if (emptiness === 'no-channels' ? !mayManage : !mayEdit) return null;
  return emptiness === 'no-channels' ? (
    <LinkButton to="/w/$workspaceId/start" params={{ workspaceId }}>
      Connect a channel
    </LinkButton>
  ) : (
    <LinkButton
      to="/w/$workspaceId/compose"
      params={{ workspaceId }}
      variant="light"
      leftSection={<IconCalendarPlus size={16} aria-hidden />}
    >
      Write a post
    </LinkButton>
  );
}
