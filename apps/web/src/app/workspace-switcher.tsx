import { Group, Menu, Text, ThemeIcon, UnstyledButton } from '@mantine/core';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { type Workspace } from '../api/queries.js';
import { MenuLink } from '../ui/links.js';
import { useMay, useMe } from './workspace.js';
import classes from './workspace-switcher.module.css';

/** Which client or brand is being worked on, and the others. */
export function WorkspaceSwitcher({ current }: { current: Workspace | undefined }) {
  const me = useMe();
  const mayCreate = useMay('workspaces.manage');
  return (
    <Menu width={232} position="bottom-start" shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes['button']}>
          <Group wrap="nowrap" gap="sm">
            <Initial name={current?.name ?? '–'} />
            <span className="visually-hidden">Workspace:</span>
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text size="sm" fw={600} truncate>
                {current?.name ?? 'No workspace'}
              </Text>
              {me.organization.name !== current?.name && (
                <Text size="xs" c="dimmed" truncate>
                  {me.organization.name}
                </Text>
              )}
            </div>
            <IconSelector size={16} aria-hidden />
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Workspaces</Menu.Label>
        {me.workspaces.map(({ id, name }) => (
          <MenuLink
            key={id}
            to="/w/$workspaceId/calendar"
            params={{ workspaceId: id }}
            rightSection={id === current?.id && <IconCheck size={16} aria-label="Chosen" />}
          >
            {name}
          </MenuLink>
        ))}
        {mayCreate && (
          <>
            <Menu.Divider />
            <MenuLink to="/settings" leftSection={<IconPlus size={16} aria-hidden />}>
              New workspace
            </MenuLink>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function Initial({ name }: { name: string }) {
  return (
    <ThemeIcon variant="light" radius="md" size={34} aria-hidden>
      <Text component="span" fw={700} size="sm">
        {name.trim().slice(0, 1).toUpperCase()}
      </Text>
    </ThemeIcon>
  );
}
