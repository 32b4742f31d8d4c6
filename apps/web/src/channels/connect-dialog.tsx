import { Modal, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { platformsQuery } from '../api/queries.js';
import { NARROW_PX } from '../theme/tokens.js';
import { QueryView } from '../ui/query-view.js';
import { ChooseChannels } from './choose-channels.js';
import { ConnectForm } from './connect-form.js';
import { ConnectedResult } from './connected-result.js';
import { type Connection, type Platform } from './connections.js';
import { PlatformList, PlatformListSkeleton } from './platform-list.js';

interface ConnectDialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Connects an account: which network, its form or its own page, and what came of it. */
export function ConnectDialog({ opened, onClose }: ConnectDialogProps) {
  const narrow = useMediaQuery(`(max-width: ${NARROW_PX}px)`, undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={
        <Text span fw={650} size="lg">
          Connect a channel
        </Text>
      }
      size="lg"
      fullScreen={narrow}
      radius={narrow ? 0 : 'lg'}
    >
      <Content onClose={onClose} />
    </Modal>
  );
}

/** Begins anew each time the dialog opens. */
function Content({ onClose }: Pick<ConnectDialogProps, 'onClose'>) {
  const platforms = useQuery(platformsQuery);
  const [chosen, setChosen] = useState<string>();
  const [connected, setConnected] = useState<Connection>();
  return (
    <QueryView query={platforms} skeleton={<PlatformListSkeleton />}>
      {(all) => {
        const platform: Platform | undefined = all.find(({ id }) => id === chosen);
        if (connected?.choosing) {
          return <ChooseChannels connection={connected} onChosen={setConnected} onClose={onClose} />;
        }
        if (connected) {
          return (
            <ConnectedResult
              connection={connected}
              network={platform?.name ?? connected.platform}
              onDone={onClose}
              onAnother={() => {
                setConnected(undefined);
                setChosen(undefined);
              }}
            />
          );
        }
        if (!platform) return <PlatformList platforms={all} onChoose={setChosen} />;
        return (
          <ConnectForm
            key={platform.id}
            platform={platform}
            onBack={() => setChosen(undefined)}
            onConnected={setConnected}
          />
        );
      }}
    </QueryView>
  );
}
