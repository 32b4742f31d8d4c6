import { Button, Group } from '@mantine/core';
import { useComposer } from './context.js';
import { quickChoices } from './zoned-time.js';

/** Times that people often mean. */
export function QuickChoices() {
  const { draft, dispatch } = useComposer();
  const { local, zone } = draft.schedule;
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
}
