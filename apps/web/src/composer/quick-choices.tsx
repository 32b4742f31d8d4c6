import { Button, Group } from '@mantine/core';
import { type Dispatch, memo } from 'react';
import { type DraftAction, type ScheduleChoice } from './draft.js';
import { quickChoices } from './zoned-time.js';

interface QuickChoicesProps {
  schedule: ScheduleChoice;
  dispatch: Dispatch<DraftAction>;
}

/** Times that people often mean. */
export const QuickChoices = memo(function QuickChoices({ schedule: { local, zone }, dispatch }: QuickChoicesProps) {
  return (
    <Group gap={6} role="group" aria-label="Quick choices">
      {quickChoices(new Date().toISOString(), zone).map((choice) => (
        <Button
          key={choice.label}
          size="compact-sm"
          fz="xs"
          variant={local === choice.local ? 'light' : 'default'}
          onClick={() => dispatch({ type: 'schedule', change: { local: choice.local } })}
        >
          {choice.label}
        </Button>
      ))}
    </Group>
  );
});
