import { Modal, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { NARROW_PX } from '../theme/tokens.js';
import { notifyDone } from '../ui/notify.js';
import { ChooseChannels } from './choose-channels.js';
import { type Connection } from './connections.js';

interface PlacesDialogProps {
  opened: boolean;
  /** undefined until somebody wants to add channels of one. */
  connection: Connection | undefined;
  onClose: () => void;
}

/** Adds channels of an account that is connected already. */
export function PlacesDialog({ opened, connection, onClose }: PlacesDialogProps) {
  const narrow = useMediaQuery(`(max-width: ${NARROW_PX}px)`, undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={
        <Text span fw={650} size="lg">
          Add channels
        </Text>
      }
      size="lg"
      fullScreen={narrow}
      radius={narrow ? 0 : 'lg'}
    >
      {connection && (
        <ChooseChannels
          key={connection.id}
          connection={connection}
          onClose={onClose}
          onChosen={() => {
            notifyDone('The channels were added.');
            onClose();
          }}
        />
      )}
    </Modal>
  );
}
