import { Skeleton, Stack } from '@mantine/core';
import { type Layout } from './range.js';

const HEIGHT = { month: 720, week: 600, days: 560 } as const;
const ROWS = 8;

/** Of the size of what will be there. */
export function CalendarSkeleton({ layout }: { layout: Layout }) {
  if (layout !== 'list') return <Skeleton height={HEIGHT[layout]} radius="lg" />;
  return (
    <Stack gap="xs">
      {Array.from({ length: ROWS }, (_, row) => (
        <Skeleton key={row} height={52} radius="md" />
      ))}
    </Stack>
  );
}
