import { Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMe } from '../app/workspace.js';
import { isSetUp } from '../installation/app-words.js';
import { setupQuery } from '../installation/apps.js';
import { TextLink } from '../ui/links.js';
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
  const { operator } = useMe();
  const { data: setup } = useQuery(setupQuery);
  const waits = platforms.some(({ id }) => !isSetUp(setup, id));
  return (
    <Stack gap="md">
      <ul className={classes['platforms']} aria-label="Networks">
        {platforms.map(({ id, name, summary, practice }, index) => (
          <li key={id}>
            <UnstyledButton
              className={classes['platform']}
              onClick={() => onChoose(id)}
              {...(index === 0 && { ref: first, 'data-autofocus': true })}
            >
              <PlatformIcon platform={id} size={32} />
              <span style={{ flex: 1, minWidth: 0 }}>
                <Text component="span" display="block" fw={600}>
                  {name}
                </Text>
                <Text component="span" display="block" size="xs" c="dimmed">
                  {summary}
                </Text>
                {!isSetUp(setup, id) && (
                  <Text component="span" display="block" size="xs" mt={2}>
                    Not set up here{practice.available && ', except for practice'}
                  </Text>
                )}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {operator && waits && (
        <Text size="sm">
          You run this installation:{' '}
          <TextLink to="/settings/apps" inherit underline="always">
            set up what is missing
          </TextLink>
          .
        </Text>
      )}
    </Stack>
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
