import { Alert, Card, Skeleton, Stack, Text } from '@mantine/core';
import { IconInfoCircle, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMe } from '../app/workspace.js';
import { SettingsPage } from '../settings/settings-page.js';
import { EmptyState } from '../ui/empty-state.js';
import { QueryView } from '../ui/query-view.js';
import { AppCard } from './app-card.js';
import { isPublicAddress } from './app-words.js';
import { appsQuery, type InstallationApp } from './apps.js';

const CARD_HEIGHT = 160;
const TITLE = 'Apps of this installation';

/** Where operators enter the installation's apps at networks, and find what to enter there. */
export function AppsScreen() {
  const { operator } = useMe();
  if (operator) return <Apps />;
  return (
    <SettingsPage title={TITLE}>
      <Card>
        <EmptyState icon={IconPlugConnected} title="For operators">
          Whoever runs this installation enters its apps at the networks. Ask them where a network is not set up yet.
        </EmptyState>
      </Card>
    </SettingsPage>
  );
}

function Apps() {
  const query = useQuery(appsQuery);
  return (
    <SettingsPage title={TITLE}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Some networks want to know which installation asks for permission. There you make an app, once for everybody
          here, and enter its id and secret below. Practice accounts need none.
        </Text>
        <QueryView query={query} skeleton={<CardsSkeleton />}>
          {(apps) => (
            <>
              <AddressNotice apps={apps} />
              {apps.map((app) => (
                <AppCard key={app.name} app={app} />
              ))}
            </>
          )}
        </QueryView>
      </Stack>
    </SettingsPage>
  );
}

/** Networks send people and news to encrypted addresses alone. */
function AddressNotice({ apps }: { apps: readonly InstallationApp[] }) {
  const address = apps.flatMap(({ redirectUris }) => redirectUris)[0];
  if (address === undefined || isPublicAddress(address)) return null;
  return (
    <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title="This address works on this machine only">
      <Text size="sm">
        Networks send people back to addresses that begin with https. Set PUBLIC_URL to the one under which people reach
        this installation; the addresses below follow it.
      </Text>
    </Alert>
  );
}

function CardsSkeleton() {
  return (
    <Stack gap="md">
      {[0, 1, 2].map((card) => (
        <Skeleton key={card} height={CARD_HEIGHT} />
      ))}
    </Stack>
  );
}
