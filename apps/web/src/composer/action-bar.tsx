import { Button, Group, Kbd, Loader, Text, UnstyledButton } from '@mantine/core';
import { IconAlertCircleFilled, IconDeviceFloppy, IconSend } from '@tabler/icons-react';
import { formatDateTime } from '../ui/dates.js';
import classes from './composer.module.css';
import { useComposer } from './context.js';
import { type Draft } from './draft.js';
import { type Finding } from './findings.js';
import { meaningOf } from './zoned-time.js';

interface ActionBarProps {
  /** What stands against it and is worth saying. */
  blocking: readonly Finding[];
  isScheduled: boolean;
  isTimeChanged: boolean;
  isBusy: boolean;
  onSubmit: () => void;
  onFirstProblem: () => void;
}

const REASON = 'compose-reason';

/** The button that does it; while something stands against it, it says what and leads there. */
export function ActionBar({ blocking, isScheduled, isTimeChanged, isBusy, onSubmit, onFirstProblem }: ActionBarProps) {
  const { draft } = useComposer();
  const count = blocking.length;
  const verb = verbOf(draft, isScheduled, isTimeChanged);
  return (
    <div className={classes['actions']}>
      <div id={REASON} className={classes['reason']}>
        {count > 0 && (
          <UnstyledButton className={classes['reasonButton'] ?? ''} onClick={onFirstProblem}>
            <IconAlertCircleFilled size={16} aria-hidden />
            {count === 1 ? 'One problem to solve first' : `${count} problems to solve first`}
          </UnstyledButton>
        )}
        {count === 0 && (
          <Text size="xs" c="dimmed" visibleFrom="sm" aria-hidden>
            <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd>
          </Text>
        )}
      </div>
      <Group gap="sm" wrap="nowrap">
        <Button
          size="md"
          aria-describedby={count > 0 ? REASON : undefined}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          leftSection={
            isBusy ? <Loader size={16} color="currentColor" /> : <Sign draft={draft} isScheduled={isScheduled} />
          }
          aria-busy={isBusy}
          onClick={onSubmit}
        >
          {verb}
        </Button>
      </Group>
    </div>
  );
}

function Sign({ draft, isScheduled }: { draft: Draft; isScheduled: boolean }) {
  const keeps = draft.schedule.kind === 'draft' || (isScheduled && draft.schedule.kind === 'at');
  return keeps ? <IconDeviceFloppy size={18} aria-hidden /> : <IconSend size={18} aria-hidden />;
}

function verbOf({ schedule }: Draft, isScheduled: boolean, isTimeChanged: boolean): string {
  if (isScheduled && !isTimeChanged) return 'Save changes';
  switch (schedule.kind) {
    case 'now':
      return 'Publish now';
    case 'draft':
      return isScheduled ? 'Take back to draft' : 'Save draft';
    case 'at': {
      const meaning = meaningOf(schedule.local, schedule.zone);
      const verb = isScheduled ? 'Reschedule' : 'Schedule';
      return meaning ? `${verb} for ${formatDateTime(meaning.at, schedule.zone)}` : verb;
    }
  }
}
