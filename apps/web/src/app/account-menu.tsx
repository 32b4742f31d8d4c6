import { Avatar, Group, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconBook, IconLogout, IconSettings } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { OrganizationSwitcher } from '../members/organization-switcher.js';
import { MenuLink } from '../ui/links.js';
import { notifyError } from '../ui/notify.js';
import { signOut } from './session.js';
import { useMe } from './workspace.js';
import classes from './workspace-switcher.module.css';

/** Who is signed in, light or dark, and the way out. */
export function AccountMenu() {
  const { user } = useMe();
  const queryClient = useQueryClient();
  const router = useRouter();
  const leave = async () => {
    try {
      await signOut(queryClient);
      await router.navigate({ to: '/sign-in' });
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <Menu width={240} position="top-start" shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes['button'] ?? ''}>
          <Group wrap="nowrap" gap="sm">
            <span className="visually-hidden">Account:</span>
            <Avatar size={30} radius="xl" name={user.name} color="iris" aria-hidden />
            <Text size="sm" fw={550} truncate>
              {user.name}
            </Text>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <OrganizationSwitcher />
        <Menu.Label>{user.email}</Menu.Label>
        <ColorSchemeChoice />
        <Menu.Divider />
        <MenuLink to="/settings" leftSection={<IconSettings size={16} aria-hidden />}>
          Settings
        </MenuLink>
        <Menu.Item component="a" href="/docs" leftSection={<IconBook size={16} aria-hidden />}>
          API documentation
        </Menu.Item>
        <Menu.Item onClick={() => void leave()} leftSection={<IconLogout size={16} aria-hidden />}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Light, dark, or as the device. */
export function ColorSchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      m={6}
      aria-label="Appearance"
      value={colorScheme}
      onChange={(value) => setColorScheme(value)}
      data={[
        { value: 'auto', label: 'Device' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
    />
  );
}
