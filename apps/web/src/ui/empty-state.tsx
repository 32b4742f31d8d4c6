import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { type Icon } from '@tabler/icons-react';
import { type ReactNode } from 'react';

interface EmptyStateProps {
  icon: Icon;
  title: string;
  /** What to do next. */
  children: ReactNode;
  /** The button that does it. */
  action?: ReactNode;
  /** The level of the heading: 1 where it is the whole screen. */
  order?: 1 | 2 | 3;
}

/** What a screen shows that has nothing to show yet. */
export function EmptyState({ icon: Sign, title, children, action, order = 2 }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <ThemeIcon size={56} radius="xl" variant="light" color="iris" aria-hidden>
        <Sign size={28} stroke={1.6} />
      </ThemeIcon>
      <Title order={order} size="h3" mt="xs">
        {title}
      </Title>
      <Text c="dimmed" maw={440} size="sm">
        {children}
      </Text>
      {action && <div style={{ marginTop: 12 }}>{action}</div>}
    </Stack>
  );
}
