import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconLibraryPhoto, IconPhotoPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { mediaQuery } from '../api/queries.js';
import { MediaPicker } from '../library/media-picker.js';
import classes from './adjust.module.css';
import { Thumb } from './thumb.js';
import { UploadButtons } from './upload-buttons.js';
import { UploadStatus } from './upload-status.js';
import { useUploader } from './use-uploader.js';

/** Still images that a cover can be made of. */
const IMAGES = 'image/jpeg,image/png,image/webp';

/** What an image as the cover is chosen with. */
export interface OwnCoverProps {
  /** Whose library images are taken from. */
  workspaceId: string;
  coverId: string | undefined;
  /** Undefined = none. */
  onCover: (coverId: string | undefined) => void;
  /** Whether the library is open above the dialog that this stands in. */
  isPicking: boolean;
  onPicking: (isPicking: boolean) => void;
}

/** An image that stands for a video in place of a frame of it: from the library, or uploaded here. */
export function OwnCover({ workspaceId, coverId, onCover, isPicking, onPicking }: OwnCoverProps) {
  const buttons = useRef<HTMLDivElement>(null);
  const coming = useComing(workspaceId, onCover);
  const take = (id: string | undefined) => {
    onCover(id);
    // What was pressed may be gone, and the focus with it.
    requestAnimationFrame(() => buttons.current?.querySelector('button')?.focus());
  };
  return (
    <div role="group" aria-label="An image of its own">
      {coverId !== undefined && <Chosen coverId={coverId} />}
      {coming.item && (
        <Group wrap="nowrap" gap="xs" mb="xs">
          <div className={classes['coming']}>
            <UploadStatus item={coming.item} />
          </div>
          <UploadButtons item={coming.item} actions={coming.actions} />
        </Group>
      )}
      <Group gap="xs" ref={buttons}>
        <FileButton accept={IMAGES} onChange={(file) => file && coming.upload(file)}>
          {(props) => (
            <Button {...props} size="xs" variant="default" leftSection={<IconPhotoPlus size={16} aria-hidden />}>
              {coverId === undefined ? 'Upload an image as cover' : 'Upload another image'}
            </Button>
          )}
        </FileButton>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconLibraryPhoto size={16} aria-hidden />}
          onClick={() => onPicking(true)}
        >
          Cover from the library
        </Button>
        {coverId !== undefined && (
          <Button
            size="xs"
            variant="subtle"
            color="red.9"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => take(undefined)}
          >
            Remove the image
          </Button>
        )}
      </Group>
      <MediaPicker
        workspaceId={workspaceId}
        opened={isPicking}
        onClose={() => onPicking(false)}
        max={1}
        kind="image"
        onPick={([media]) => {
          onPicking(false);
          if (media) take(media.id);
        }}
      />
    </div>
  );
}

function Chosen({ coverId }: { coverId: string }) {
  const { data: media } = useQuery(mediaQuery(coverId));
  return (
    <Group wrap="nowrap" gap="sm" mb="xs">
      <Thumb id={coverId} media={media} altText={media?.altText ?? ''} />
      <div className={classes['coverWords']}>
        <Text size="sm" fw={550} truncate>
          {media?.filename ?? 'An image'}
        </Text>
        {media && (
          <Text size="xs" c="dimmed" className="tabular">
            {media.width} × {media.height}
          </Text>
        )}
      </div>
    </Group>
  );
}

/** One image on its way to be the cover. */
function useComing(workspaceId: string, onCover: (id: string) => void) {
  const { items, add, ...actions } = useUploader(workspaceId);
  const [id, setId] = useState<string>();
  const item = items.find((one) => one.id === id);
  const arrived = useRef(onCover);
  const drop = useRef(actions.drop);
  useEffect(() => {
    arrived.current = onCover;
    drop.current = actions.drop;
  });
  const media = item?.media;
  useEffect(() => {
    if (!media || id === undefined) return;
    arrived.current(media.id);
    drop.current(id);
    setId(undefined);
  }, [media, id]);
  return { item, actions, upload: (file: File) => setId(add([file])[0]) };
}
