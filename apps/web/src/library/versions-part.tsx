import { Button, FileButton, Group, Skeleton, Text, Title } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Media } from '../api/queries.js';
import { whenUploaded } from '../media/when-uploaded.js';
import { bytesInWords } from '../media/words.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { QueryView } from '../ui/query-view.js';
import { TimeText } from '../ui/time-text.js';
import classes from './detail.module.css';
import { FileThumb } from './file-thumb.js';
import { versionsQuery } from './queries.js';
import { useAddVersion } from './use-changes.js';
import { usedInWords } from './words.js';

interface VersionsPartProps {
  workspaceId: string;
  media: Media;
  mayWrite: boolean;
  onOpen: (id: string) => void;
}

/** The versions of a file, and a way to a new one. */
export function VersionsPart({ workspaceId, media, mayWrite, onOpen }: VersionsPartProps) {
  const query = useQuery(versionsQuery(workspaceId, media.id));
  return (
    <section aria-labelledby="file-versions">
      <Group justify="space-between" mb={4}>
        <Title order={3} size="h4" id="file-versions">
          Versions
        </Title>
        {mayWrite && <NewVersion workspaceId={workspaceId} media={media} onAdded={onOpen} />}
      </Group>
      <QueryView query={query} skeleton={<Skeleton height={56} />}>
        {(versions) =>
          versions.length === 1 ? (
            <Text size="sm" c="dimmed">
              There is one. A new one takes its place here; posts that use this one keep it.
            </Text>
          ) : (
            <ol className={classes['versions']}>
              {versions.map((version) => (
                <Version key={version.id} version={version} isOpen={version.id === media.id} onOpen={onOpen} />
              ))}
            </ol>
          )
        }
      </QueryView>
    </section>
  );
}

function Version({ version, isOpen, onOpen }: { version: Media; isOpen: boolean; onOpen: (id: string) => void }) {
  const { id, fileVersion, currentId, bytes, used, createdAt } = version;
  return (
    <li className={classes['version']}>
      <span className={classes['frame']}>
        <FileThumb media={version} width={200} />
      </span>
      <div>
        <Text size="sm" fw={550}>
          Version {fileVersion}
          {currentId === id && ', in the library'}
        </Text>
        <Text size="xs" c="dimmed">
          <TimeText at={createdAt} /> · {bytesInWords(bytes)} · {usedInWords(used)}
        </Text>
      </div>
      {isOpen ? (
        <Text size="xs" c="dimmed">
          Open
        </Text>
      ) : (
        <Button size="xs" variant="default" aria-label={`Show version ${fileVersion}`} onClick={() => onOpen(id)}>
          Show
        </Button>
      )}
    </li>
  );
}

interface NewVersionProps {
  workspaceId: string;
  media: Media;
  onAdded: (id: string) => void;
}

function NewVersion({ workspaceId, media, onAdded }: NewVersionProps) {
  const add = useAddVersion();
  const [isUploading, setUploading] = useState(false);
  const upload = async (file: File | null) => {
    if (!file) return;
    setUploading(true);
    try {
      const { id: mediaId } = await whenUploaded(workspaceId, file);
      const added = await add.mutateAsync({ id: media.id, mediaId });
      notifyDone(`Version ${added.fileVersion} is in the library.`);
      onAdded(added.id);
    } catch (error) {
      // What the API refused of the version itself is told by its own change.
      if (!add.isError) notifyError(error);
    } finally {
      setUploading(false);
    }
  };
  return (
    <FileButton onChange={(file) => void upload(file)}>
      {(button) => (
        <Button
          {...button}
          size="xs"
          variant="default"
          loading={isUploading}
          leftSection={<IconUpload size={16} aria-hidden />}
        >
          Upload a new version
        </Button>
      )}
    </FileButton>
  );
}
