import { Stack } from '@mantine/core';
import { NotificationsSection } from '../notifications/notifications-section.js';
import { AbsenceSection } from './absence-section.js';
import { ApiKeysSection } from './api-keys-section.js';
import { SettingsPage } from './settings-page.js';
import { SecuritySection } from './security-section.js';
import { WorkspacesSection } from './workspaces-section.js';
import { YouSection } from './you-section.js';

/** What concerns the person, the workspaces and the keys for programs. */
export function SettingsScreen() {
  return (
    <SettingsPage title="Settings">
      <Stack gap="md">
        <YouSection />
        <NotificationsSection />
        <AbsenceSection />
        <SecuritySection />
        <WorkspacesSection />
        <ApiKeysSection />
      </Stack>
    </SettingsPage>
  );
}
