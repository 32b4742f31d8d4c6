import { Menu } from '@mantine/core';
import { IconBuilding, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { organizationsQuery } from './queries.js';
import { useSwitchOrganization } from './use-switch-organization.js';

/** The person's organizations in a menu, to go from one to the other. Nothing for somebody who has one alone. */
export function OrganizationSwitcher() {
  const { data: organizations = [] } = useQuery(organizationsQuery);
  const change = useSwitchOrganization();
  if (organizations.length < 2) return null;
  return (
    <>
      <Menu.Label>Organizations</Menu.Label>
      {organizations.map(({ id, name, current }) => (
        <Menu.Item
          key={id}
          leftSection={<IconBuilding size={16} aria-hidden />}
          rightSection={current && <IconCheck size={16} aria-label="Chosen" />}
          disabled={change.isPending}
          onClick={() => !current && change.mutate({ id, name })}
        >
          {name}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}
