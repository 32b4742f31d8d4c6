import { ActionIcon, Button, Group, Progress, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import classes from './composer.module.css';
import { useComposer } from './context.js';
import { type Upload } from './use-uploads.js';

/** An image on its way: how far it is, or why it did not arrive. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { uploads } = useComposer();
  const { file, state, progress, problem } = upload;
  const name = file.name || 'Pasted image';
  return (
    <div className={classes['image']}>
      <Picture file={file} />
      <div className={classes['imageWords']} role="status">
        <Text size="sm" fw={550} truncate>
          {name}
        </Text>
        {problem ? (
          <Text size="sm" className={classes['error']}>
            {problem.message}
          </Text>
        ) : (
          <Progress
            value={progress * 100}
            aria-label={`Uploading ${name}`}
            animated={state === 'sending' && progress >= 1}
            mt={8}
          />
        )}
        {problem?.mayRetry && (
          <Button size="compact-sm" variant="default" mt={6} onClick={() => uploads.retry(upload.key)}>
            Try again
          </Button>
        )}
      </div>
      <Group className={classes['imageButtons'] ?? ''}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={state === 'failed' ? `Remove ${name}` : `Cancel the upload of ${name}`}
          onClick={() => uploads.drop(upload.key)}
        >
          <IconX size={17} aria-hidden />
        </ActionIcon>
      </Group>
    </div>
  );
}

/** The file as it lies on this device. */
function Picture({ file }: { file: File }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!file.type.startsWith('image/')) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if (address === undefined) return <div className={classes['thumb']} />;
  return <img className={classes['thumb']} src={address} alt="" data-coming onError={() => setAddress(undefined)} />;
}
