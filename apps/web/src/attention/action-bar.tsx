import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconEye, IconHandStop, type Icon, IconPlayerPlay, IconRefresh, IconSearch } from '@tabler/icons-react';
import classes from './action-bar.module.css';
import { type SupportAction } from './bulk.js';

const ACTIONS: { action: SupportAction; label: string; icon: Icon }[] = [
  { action: 'retry', label: 'Retry', icon: IconRefresh },
  { action: 'hold', label: 'Hold', icon: IconHandStop },
  { action: 'release', label: 'Release', icon: IconPlayerPlay },
  { action: 'resolve', label: 'Resolve', icon: IconEye },
  { action: 'reconcile', label: 'Look again', icon: IconSearch },
];

interface ActionBarProps {
  /** How many are chosen. */
  count: number;
  /** How many are found in all. */
  total: number;
  onAct: (action: SupportAction) => void;
  onAll: () => void;
  onNone: () => void;
}

/** What can be done about the chosen publications, within reach while one scrolls. */
export function ActionBar({ count, total, onAct, onAll, onNone }: ActionBarProps) {
  if (count === 0) return null;
  return (
    <div className={classes['bar']} role="toolbar" aria-label="What to do with the chosen publications">
      <Group gap="xs" wrap="nowrap" className={classes['count'] ?? ''}>
        <CloseButton aria-label="Choose none" onClick={onNone} />
        <Text size="sm" fw={600} role="status">
          {count} chosen
        </Text>
        {count < total && (
          <Button variant="subtle" size="compact-sm" onClick={onAll}>
            Choose all {total} found
          </Button>
        )}
      </Group>
      <Group gap="xs" className={classes['actions'] ?? ''}>
        {ACTIONS.map(({ action, label, icon: Sign }) => (
          <Button
            key={action}
            size="sm"
            variant="default"
            leftSection={<Sign size={16} aria-hidden />}
            onClick={() => onAct(action)}
          >
            {label}
          </Button>
        ))}
      </Group>
    </div>
  );
}
