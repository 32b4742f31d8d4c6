import { Button, Skeleton, Stack } from '@mantine/core';
import { IconBroadcast, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Channel, channelsQuery, platformsQuery } from '../api/queries.js';
import { useMay, useWorkspace } from '../app/workspace.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/links.js';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { byUrgency } from './channel-health.js';
import { ConnectDialog } from './connect-dialog.js';
import { ConnectionCard } from './connection-card.js';
import { type Connection, connectionsQuery } from './connections.js';
import { PlacesDialog } from './places-dialog.js';
import { ReconnectDialog } from './reconnect-dialog.js';

/** The channels of a workspace by account: their health, what they can do, and how to mend them. */
export function ChannelsScreen() {
  const workspace = useWorkspace();
  const mayManage = useMay('channels.manage');
  const [connecting, setConnecting] = useState(false);
  const [choosing, setChoosing] = useState<{ opened: boolean; connection?: Connection }>({ opened: false });
  const [again, setAgain] = useState<{ opened: boolean; connection?: Connection }>({ opened: false });
  const connections = useQuery({ ...connectionsQuery(workspace.id), refetchOnWindowFocus: 'always' });
  const connect = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setConnecting(true)}>
      Connect a channel
    </Button>
  );
  return (
    <Page
      title="Channels"
      description={`Where ${workspace.name} publishes.`}
      maxWidth={960}
      actions={mayManage && connect}
    >
      <QueryView query={connections} skeleton={<CardsSkeleton />}>
        {(found) =>
          found.length > 0 ? (
            <Cards
              connections={found}
              onReconnect={(connection) => setAgain({ opened: true, connection })}
              onChoose={(connection) => setChoosing({ opened: true, connection })}
            />
          ) : (
            <NoChannels workspaceId={workspace.id} mayManage={mayManage} />
          )
        }
      </QueryView>
      <ConnectDialog opened={connecting} onClose={() => setConnecting(false)} />
      <PlacesDialog
        opened={choosing.opened}
        connection={choosing.connection}
        onClose={() => setChoosing((before) => ({ ...before, opened: false }))}
      />
      <ReconnectDialog
        opened={again.opened}
        connection={again.connection}
        onClose={() => setAgain((before) => ({ ...before, opened: false }))}
      />
    </Page>
  );
}

interface CardsProps {
  connections: readonly Connection[];
  onReconnect: (connection: Connection) => void;
  onChoose: (connection: Connection) => void;
}

function Cards({ connections, onReconnect, onChoose }: CardsProps) {
  const workspace = useWorkspace();
  const channels = useQuery({ ...channelsQuery(workspace.id), refetchOnWindowFocus: 'always' });
  const { data: platforms = [] } = useQuery(platformsQuery);
  return (
    <QueryView query={channels} skeleton={<CardsSkeleton />}>
      {(found: Channel[]) => (
        <Stack gap="md">
          {byUrgency(connections).map((connection) => (
            <ConnectionCard
              key={connection.id}
              connection={connection}
              channels={found.filter(({ connectionId }) => connectionId === connection.id)}
              platform={platforms.find(({ id }) => id === connection.platform)}
              onReconnect={() => onReconnect(connection)}
              onChoose={() => onChoose(connection)}
            />
          ))}
        </Stack>
      )}
    </QueryView>
  );
}

function NoChannels({ workspaceId, mayManage }: { workspaceId: string; mayManage: boolean }) {
  return (
    <EmptyState
      icon={IconBroadcast}
      title="No channels yet"
      action={
        mayManage && (
          <LinkButton variant="default" to="/w/$workspaceId/start" params={{ workspaceId }}>
            Try it with practice channels
          </LinkButton>
        )
      }
    >
      A channel is one place to publish: a profile, a page, a board. Connect the first one, or practise first without
      any account.
    </EmptyState>
  );
}

function CardsSkeleton() {
  return (
    <Stack gap="md">
      {[1, 2, 3].map((card) => (
        <Skeleton key={card} height={220} radius="lg" />
      ))}
    </Stack>
  );
}
