import { Stack } from '@mantine/core';
import { Page } from '../ui/page.js';
import { ApiKeysSection } from './api-keys-section.js';
import { WorkspacesSection } from './workspaces-section.js';
import { YouSection } from './you-section.js';

/** What concerns the person, the workspaces and the keys for programs. */
export function SettingsScreen() {
  return (
    <Page title="Settings" maxWidth={760}>
      <Stack gap="md">
        <YouSection />
        <WorkspacesSection />
        <ApiKeysSection />
      </Stack>
    </Page>
  );
}
