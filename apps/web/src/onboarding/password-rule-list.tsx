import { Group, Text } from '@mantine/core';
import { IconCheck, IconPointFilled } from '@tabler/icons-react';
import { passwordRules } from './checks.js';

/** The rules for a new password, each ticked as it is kept. */
export function PasswordRuleList({ password, email }: { password: string; email: string }) {
  return (
    <Group component="span" gap="xs">
      {passwordRules(password, email).map(({ text, kept }) => (
        <Group component="span" key={text} gap={4} wrap="nowrap">
          {kept ? <IconCheck size={14} stroke={2.4} aria-hidden /> : <IconPointFilled size={14} aria-hidden />}
          <Text component="span" size="xs" c={kept ? 'var(--mantine-color-text)' : 'dimmed'}>
            {text}
            {kept && <span className="visually-hidden">: done</span>}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
