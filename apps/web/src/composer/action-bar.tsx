import { Box, Button, Kbd, Text } from '@mantine/core';
import { IconDeviceFloppy, IconSend } from '@tabler/icons-react';
import classes from './composer.module.css';
import { useComposer } from './context.js';
import { type ScheduleChoice } from './draft.js';
import { type Finding } from './findings.js';
import { ProblemList } from './problem-list.js';
import { QuickChoices } from './quick-choices.js';

interface ActionBarProps {
  /** What stands against it and is worth saying. */
  blocking: readonly Finding[];
  verb: string;
  isBusy: boolean;
  onSubmit: () => void;
  /** Leads to where a problem can be solved. */
  onProblem: (finding: Finding) => void;
}

const REASON = 'compose-reason';

/** The button that does it; while something stands against it, it says what and leads there. */
export function ActionBar({ blocking, verb, isBusy, onSubmit, onProblem }: ActionBarProps) {
  const { draft, dispatch } = useComposer();
  const count = blocking.length;
  const goesOut = verb.startsWith('Publish') || verb.includes('chedule');
  return (
    <div className={classes['actions']}>
      <div className={classes['actionsLeft']}>
        {draft.schedule.kind === 'at' && (
          <Box visibleFrom="sm">
            <QuickChoices schedule={draft.schedule} dispatch={dispatch} />
          </Box>
        )}
        {count > 0 && <ProblemList id={REASON} problems={blocking} onProblem={onProblem} />}
        {count === 0 && draft.schedule.kind !== 'at' && (
          <Text size="xs" c="dimmed" visibleFrom="sm" aria-hidden>
            <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd>
          </Text>
        )}
      </div>
      <Button
        className={classes['submit'] ?? ''}
        size="md"
        aria-describedby={count > 0 ? REASON : undefined}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        leftSection={goesOut ? <IconSend size={18} aria-hidden /> : <IconDeviceFloppy size={18} aria-hidden />}
        loading={isBusy}
        onClick={onSubmit}
      >
        {verb}
      </Button>
    </div>
  );
}

/** What the button does, in a word or two. */
export function verbOf({ kind }: ScheduleChoice, isScheduled: boolean, isTimeChanged: boolean): string {
  if (isScheduled && !isTimeChanged) return 'Save changes';
  switch (kind) {
    case 'now':
      return 'Publish now';
    case 'draft':
      return isScheduled ? 'Take back to draft' : 'Save draft';
    case 'at':
      return isScheduled ? 'Reschedule' : 'Schedule';
  }
}
