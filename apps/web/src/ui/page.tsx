import { Box, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { type ReactNode } from 'react';

interface PageProps {
  title: string;
  /** One line under the title. */
  description?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** In pixels; the whole width where it is left out. */
  maxWidth?: number;
  children: ReactNode;
}

/** The frame of a screen: its one heading, its actions, its content. */
export function Page({ title, description, actions, maxWidth, children }: PageProps) {
  useDocumentTitle(`${title} · ClickPost`);
  return (
    <Box px={{ base: 'md', sm: 'lg' }} py={{ base: 'md', sm: 'lg' }} mx="auto" {...(maxWidth && { maw: maxWidth })}>
      <Group justify="space-between" align="flex-start" mb="lg" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Title order={1}>{title}</Title>
          {description && (
            <Text c="dimmed" size="sm" mt={2}>
              {description}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}
