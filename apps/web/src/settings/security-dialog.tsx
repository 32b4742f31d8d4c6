import { Modal, Text } from '@mantine/core';
import { type ReactNode } from 'react';

interface SecurityDialogProps {
  title: string;
  opened: boolean;
  onClose: () => void;
  /** What must not be lost by a click beside it, such as codes that are shown once. */
  firm?: boolean;
  children: ReactNode;
}

/** A dialog of the section "Security". What was typed in it is forgotten when it closes. */
export function SecurityDialog({ title, opened, onClose, firm = false, children }: SecurityDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeOnClickOutside={!firm}
      closeOnEscape={!firm}
      withCloseButton={!firm}
      title={
        <Text span fw={650} size="lg">
          {title}
        </Text>
      }
    >
      {children}
    </Modal>
  );
}
