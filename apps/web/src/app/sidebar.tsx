import { AppShell, ScrollArea, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type Workspace } from '../api/queries.js';
import { NotificationBell } from '../notifications/notification-bell.js';
import { useInboxCount } from '../inbox/queries.js';
import { LinkButton } from '../ui/links.js';
import { AccountMenu } from './account-menu.js';
import { Logo } from './logo.js';
import {
  APPROVALS,
  ATTENTION,
  CALENDAR,
  CHANNELS,
  DRAFTS,
  LIBRARY,
  PRACTICE,
  SETTINGS,
  SPENDING,
} from './navigation.js';
import { NavigationItem } from './navigation-item.js';
import classes from './sidebar.module.css';
import { useAttentionCount, useIsCharged, usePracticeAvailable } from './shell-queries.js';
import { useMay } from './workspace.js';
import { WorkspaceSwitcher } from './workspace-switcher.js';

/** Navigation on a wide screen. */
export function Sidebar({ workspace }: { workspace: Workspace | undefined }) {
  const mayWrite = useMay('posts.write', workspace?.id);
  const waiting = useAttentionCount();
  const toApprove = useInboxCount();
  const practice = usePracticeAvailable();
  const isCharged = useIsCharged(workspace?.id);
  return (
    <AppShell.Navbar component="nav" aria-label="Main" className={classes['bar']}>
      <AppShell.Section className={classes['head']} pl="md" pr="xs" pt="sm" pb="xs">
        <Logo />
        <NotificationBell sheet={false} />
      </AppShell.Section>
      <AppShell.Section grow component={ScrollArea} px="sm">
        <WorkspaceSwitcher current={workspace} />
        {workspace && mayWrite && (
          <LinkButton
            fullWidth
            my="sm"
            to="/w/$workspaceId/compose"
            params={{ workspaceId: workspace.id }}
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            New post
          </LinkButton>
        )}
        {workspace && (
          <Stack gap={2}>
            {[CALENDAR, DRAFTS, LIBRARY, CHANNELS, ...(isCharged ? [SPENDING] : [])].map((destination) => (
              <NavigationItem key={destination.to} destination={destination} workspaceId={workspace.id} />
            ))}
          </Stack>
        )}
        <Text size="xs" fw={600} c="dimmed" px="sm" pt="lg" pb={4}>
          All workspaces
        </Text>
        <Stack gap={2}>
          <NavigationItem destination={APPROVALS} count={toApprove} />
          <NavigationItem destination={ATTENTION} count={waiting} />
          {practice && <NavigationItem destination={PRACTICE} />}
          <NavigationItem destination={SETTINGS} />
        </Stack>
      </AppShell.Section>
      <AppShell.Section className={classes['foot']} p="xs">
        <AccountMenu />
      </AppShell.Section>
    </AppShell.Navbar>
  );
}
