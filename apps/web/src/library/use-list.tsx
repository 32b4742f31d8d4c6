import { Badge, Group, Text } from '@mantine/core';
import { type Schema } from '../api/client.js';
import { TextLink } from '../ui/links.js';
import rows from '../ui/rows.module.css';
import { TimeText } from '../ui/time-text.js';
import { USE_WORDS } from './words.js';

interface UseListProps {
  workspaceId: string;
  uses: readonly Schema<'MediaUseDto'>[];
}

const COLORS: Readonly<Record<Schema<'MediaUseDto'>['state'], string>> = {
  failed: 'red',
  unconfirmed: 'orange',
  held: 'orange',
  publishing: 'iris',
  scheduled: 'iris',
  draft: 'gray',
  published: 'teal',
};

/** Posts that use a file, each with a link to it. */
export function UseList({ workspaceId, uses }: UseListProps) {
  return (
    <ul className={rows['list']} aria-label="Posts that use it">
      {uses.map(({ postId, excerpt, state, dueAt }) => (
        <li key={postId} className={rows['row']}>
          <TextLink
            to="/w/$workspaceId/posts/$postId"
            params={{ workspaceId, postId }}
            size="sm"
            className={rows['about'] ?? ''}
          >
            {excerpt.trim() === '' ? 'A post without text' : excerpt}
          </TextLink>
          <Group gap="xs">
            {dueAt !== null && (
              <Text size="xs" c="dimmed">
                <TimeText at={dueAt} />
              </Text>
            )}
            <Badge variant="light" tt="none" color={COLORS[state]} autoContrast>
              {USE_WORDS[state]}
            </Badge>
          </Group>
        </li>
      ))}
    </ul>
  );
}
