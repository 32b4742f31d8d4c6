import { Group, Text } from '@mantine/core';
import { type ReactNode } from 'react';
import rows from '../ui/rows.module.css';

interface SecurityRowProps {
  title: string;
  /** How it is now. */
  state: ReactNode;
  /** Buttons. */
  children: ReactNode;
}

/** One of the ways in, how it is, and what can be done about it. */
export function SecurityRow({ title, state, children }: SecurityRowProps) {
  return (
    <li className={rows['row']}>
      <div className={rows['about']}>
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed" component="div">
          {state}
        </Text>
      </div>
      <Group gap="xs">{children}</Group>
    </li>
  );
}
