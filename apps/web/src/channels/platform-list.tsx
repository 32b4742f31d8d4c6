import { Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './channels.module.css';
import { type Platform } from './connections.js';
import { useArrivalFocus } from './use-arrival-focus.js';

interface PlatformListProps {
  platforms: readonly Platform[];
  onChoose: (id: string) => void;
}

/** The networks that this installation can publish to. */
export function PlatformList({ platforms, onChoose }: PlatformListProps) {
  const first = useArrivalFocus<HTMLButtonElement>();
  return (
    <ul className={classes['platforms']} aria-label="Networks">
      {platforms.map(({ id, name, summary }, index) => (
        <li key={id}>
          <UnstyledButton
            className={classes['platform']}
            onClick={() => onChoose(id)}
            {...(index === 0 && { ref: first, 'data-autofocus': true })}
          >
            <PlatformIcon platform={id} size={36} />
            <span style={{ flex: 1, minWidth: 0 }}>
              <Text component="span" display="block" fw={600}>
                {name}
              </Text>
              <Text component="span" display="block" size="sm" c="dimmed">
                {summary}
              </Text>
            </span>
            <IconChevronRight size={18} aria-hidden />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

/** While the manifests are on their way. */
export function PlatformListSkeleton() {
  return (
    <Stack gap="xs">
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} height={70} />
      ))}
    </Stack>
  );
}
