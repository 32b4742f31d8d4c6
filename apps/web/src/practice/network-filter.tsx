import { Chip, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type Schema } from '../api/client.js';
import { platformsQuery } from '../api/queries.js';
import classes from './practice.module.css';

const route = getRouteApi('/signed-in/practice');
const ALL = 'all';

interface NetworkFilterProps {
  chosen: string | undefined;
  posts: readonly Schema<'PracticePostDto'>[];
}

/** Narrows the feed to one network; kept in the address. */
export function NetworkFilter({ chosen, posts }: NetworkFilterProps) {
  const { data: platforms = [] } = useQuery(platformsQuery);
  const navigate = route.useNavigate();
  const present = platforms.filter(({ id }) => id === chosen || posts.some(({ platform }) => platform === id));
  if (present.length < 2 && chosen === undefined) return null;
  return (
    <Chip.Group
      value={chosen ?? ALL}
      onChange={(value) => void navigate({ search: value === ALL ? {} : { network: String(value) } })}
    >
      <Group gap="xs" className={classes['networks'] ?? ''} role="radiogroup" aria-label="Network">
        <Chip value={ALL} size="sm">
          All networks
        </Chip>
        {present.map(({ id, name }) => (
          <Chip key={id} value={id} size="sm">
            {name}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
