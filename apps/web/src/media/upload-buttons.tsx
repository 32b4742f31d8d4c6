import { ActionIcon, Group } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import { isUnderWay, type UploadItem } from './upload-item.js';
import { type UploaderView } from './use-uploader.js';

interface UploadButtonsProps {
  item: UploadItem;
  actions: Pick<UploaderView, 'pause' | 'resume' | 'retry' | 'drop'>;
}

/** What can be done with an upload as it stands. */
export function UploadButtons({ item: { id, name, state, problem }, actions }: UploadButtonsProps) {
  const isPaused = state === 'paused';
  const look = { variant: 'subtle', color: 'gray', size: 'lg' } as const;
  return (
    <Group gap={2} wrap="nowrap" justify="flex-end">
      {(isPaused || state === 'sending' || state === 'interrupted') && (
        // One button for both, so that whoever pressed it by keyboard can press it again.
        <ActionIcon
          {...look}
          aria-label={isPaused ? `Go on with the upload of ${name}` : `Pause the upload of ${name}`}
          onClick={() => (isPaused ? actions.resume(id) : actions.pause(id))}
        >
          {isPaused ? <IconPlayerPlay size={17} aria-hidden /> : <IconPlayerPause size={17} aria-hidden />}
        </ActionIcon>
      )}
      {problem?.mayRetry && (
        <ActionIcon {...look} aria-label={`Try ${name} again`} onClick={() => actions.retry(id)}>
          <IconRefresh size={17} aria-hidden />
        </ActionIcon>
      )}
      {state !== 'checking' && (
        <ActionIcon
          {...look}
          aria-label={isUnderWay({ state }) ? `Cancel the upload of ${name}` : `Remove ${name}`}
          onClick={() => actions.drop(id)}
        >
          <IconX size={17} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}
