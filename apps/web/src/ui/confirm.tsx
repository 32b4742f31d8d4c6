import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';

interface Confirmation {
  title: string;
  /** What will happen, and what will not. */
  children: string;
  /** The verb on the button: "Disconnect". */
  confirm: string;
  danger?: boolean;
  /** The word on the other button, where "Cancel" could mean both: "Keep it". */
  dismiss?: string;
}

/** Asks before something that cannot simply be undone. Resolves with whether the person said yes. */
export function confirm({
  title,
  children,
  confirm,
  danger = false,
  dismiss = 'Cancel',
}: Confirmation): Promise<boolean> {
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title,
      children: <Text size="sm">{children}</Text>,
      labels: { confirm, cancel: dismiss },
      confirmProps: danger ? { color: 'red.9' } : {},
      onConfirm: () => resolve(true),
      onCancel: () => resolve(false),
      onClose: () => resolve(false),
    });
  });
}
