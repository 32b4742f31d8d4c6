import { Alert, Button, Modal, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/problem.js';
import { channelsQuery, platformsQuery } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { NARROW_PX } from '../theme/tokens.js';
import { notifyDone } from '../ui/notify.js';
import { QueryView } from '../ui/query-view.js';
import { type Connection, type Platform } from './connections.js';
import { openPage } from './consent-form.js';
import { PlatformListSkeleton } from './platform-list.js';
import { ReconnectPreview } from './reconnect-preview.js';
import { ReconnectSignIn, WaitingForConsent } from './reconnect-sign-in.js';
import {
  beginReconnection,
  confirmReconnection,
  dropReconnection,
  type Reconnection,
  reconnectionQuery,
} from './reconnection.js';

interface ReconnectDialogProps {
  opened: boolean;
  /** undefined until somebody wants to reconnect one. */
  connection: Connection | undefined;
  onClose: () => void;
}

/** Connects the same account again: signs in, shows what that would change, and changes it after a yes. */
export function ReconnectDialog({ opened, connection, onClose }: ReconnectDialogProps) {
  const narrow = useMediaQuery(`(max-width: ${NARROW_PX}px)`, undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={
        <Text span fw={650} size="lg">
          Reconnect {connection?.account?.name ?? 'the account'}
        </Text>
      }
      size="lg"
      fullScreen={narrow}
      radius={narrow ? 0 : 'lg'}
    >
      {connection && <Content key={connection.id} connection={connection} onClose={onClose} />}
    </Modal>
  );
}

/** Begins anew each time the dialog opens. */
function Content({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const platforms = useQuery(platformsQuery);
  const workspace = useWorkspace();
  const [begun, setBegun] = useState<Reconnection>();
  const begin = useMutation({
    mutationFn: (credentials: Record<string, string> | undefined) =>
      beginReconnection(connection.id, { workspaceId: workspace.id, ...(credentials && { credentials }) }),
    onSuccess: (reconnection) => {
      setBegun(reconnection);
      openPage(reconnection.authorizationUrl);
    },
  });
  return (
    <QueryView query={platforms} skeleton={<PlatformListSkeleton />}>
      {(all) => {
        const platform: Platform | undefined = all.find(({ id }) => id === connection.platform);
        if (!platform) return <Text>This installation no longer knows the network {connection.platform}.</Text>;
        if (begun) {
          return <Begun begun={begun} network={platform.name} onAgain={() => setBegun(undefined)} onClose={onClose} />;
        }
        return (
          <ReconnectSignIn
            platform={platform}
            account={connection.account?.name ?? connection.account?.id ?? platform.name}
            practice={connection.practice}
            busy={begin.isPending}
            error={begin.error}
            onBegin={(credentials) => begin.mutate(credentials)}
          />
        );
      }}
    </QueryView>
  );
}

interface BegunProps {
  begun: Reconnection;
  network: string;
  onAgain: () => void;
  onClose: () => void;
}

function Begun({ begun, network, onAgain, onClose }: BegunProps) {
  const { connectionId } = begun;
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const { data, error } = useQuery(reconnectionQuery(begun));
  const confirm = useMutation({
    mutationFn: (body: { acceptShared: boolean; add: string[] }) => confirmReconnection(connectionId, body),
    onSuccess: async ({ account }) => {
      await queryClient.invalidateQueries({ queryKey: channelsQuery(workspace.id).queryKey });
      notifyDone(`${account?.name ?? 'The account'} is connected again.`);
      onClose();
    },
  });
  const drop = useMutation({ mutationFn: () => dropReconnection(connectionId), onSettled: onClose });
  if (error instanceof ApiError && error.status === 404) {
    return <Failed message="Nobody answered in time." remedy="Begin again." onAgain={onAgain} />;
  }
  switch (data.state) {
    case 'authorizing':
      return <WaitingForConsent network={network} page={begun.authorizationUrl} onCancel={() => drop.mutate()} />;
    case 'failed':
      return <Failed message={data.failure?.message} remedy={data.failure?.remedy} onAgain={onAgain} />;
    case 'ready':
      return (
        data.preview && (
          <ReconnectPreview
            preview={data.preview}
            busy={confirm.isPending || drop.isPending}
            error={confirm.error}
            onConfirm={(body) => confirm.mutate(body)}
            onDrop={() => drop.mutate()}
          />
        )
      );
  }
}

interface FailedProps {
  message: string | undefined;
  remedy: string | undefined;
  onAgain: () => void;
}

function Failed({ message, remedy, onAgain }: FailedProps) {
  return (
    <Alert role="alert" color="red" icon={<IconAlertCircle aria-hidden />} title="Not reconnected">
      <Text size="sm">
        {message} {remedy}
      </Text>
      <Button mt="sm" variant="default" onClick={onAgain}>
        Begin again
      </Button>
    </Alert>
  );
}
