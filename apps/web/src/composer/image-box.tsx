import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import classes from './composer.module.css';
import { networkName, useComposer } from './context.js';
import { type MediaItem, type Message } from './draft.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { ImageRow } from './image-row.js';
import { mediaPlace } from './places.js';
import { UploadRow } from './upload-row.js';

interface ImageBoxProps {
  /** What the images belong to. */
  message: Message;
  /** The place of that part among the further parts of the thread; left out = the post itself. */
  at?: number;
  media: readonly MediaItem[];
  /** Further buttons. */
  children?: ReactNode;
}

/** The images of one message: those that are there, those on their way, and a button for more. */
export function ImageBox({ message, at, media, children }: ImageBoxProps) {
  return (
    <>
      {media.length > 0 && <ImageList message={message} at={at} media={media} />}
      <ImageArrivals message={message} at={at} />
      <Group gap="xs" mt="xs">
        <AddImages message={message} at={at} />
        {children}
      </Group>
    </>
  );
}

type Place = Pick<ImageBoxProps, 'message'> & { at: number | undefined };

/** Images on their way, and what stands against the images as a whole. */
export function ImageArrivals({ message: { channelId, part }, at }: Place) {
  const { findings, uploads } = useComposer();
  const coming = uploads.items.filter(({ message }) => message.channelId === channelId && message.part === part);
  const general = findings.filter(
    (finding) =>
      finding.cause.part === 'media' &&
      finding.cause.at === at &&
      finding.cause.mediaId === undefined &&
      isShownAt(finding, channelId),
  );
  return (
    <>
      {coming.map((upload) => (
        <UploadRow key={upload.key} upload={upload} />
      ))}
      <div id={mediaPlace(at)} tabIndex={-1}>
        <FindingList findings={general} />
      </div>
    </>
  );
}

/** The button for more images, and how else they come. */
export function AddImages({ message, at }: Place) {
  const { uploads, selected } = useComposer();
  const item = selected.find(({ channel }) => channel.id === message.channelId);
  const label = item ? `Add images for ${networkName(item)}` : 'Add images';
  return (
    <>
      <FileButton multiple accept="image/*" onChange={(files) => uploads.add(files, message)}>
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant={at === undefined ? 'default' : 'subtle'}
            leftSection={<IconPhotoPlus size={17} aria-hidden />}
          >
            {at === undefined ? label : `Add images to part ${at + 2}`}
          </Button>
        )}
      </FileButton>
      {at === undefined && (
        <Text size="xs" c="dimmed" visibleFrom="xs">
          or drop or paste them anywhere here
        </Text>
      )}
    </>
  );
}

function ImageList({ message, at, media }: Place & Pick<ImageBoxProps, 'media'>) {
  const { dispatch } = useComposer();
  const [dragged, setDragged] = useState<string | undefined>();
  const moveTo = (id: string, to: number) => dispatch({ type: 'move-media', id, to, ...message });
  return (
    <ol className={classes['images']}>
      {media.map((image, index) => (
        <ImageRow
          key={image.id}
          image={image}
          message={message}
          at={at}
          index={index}
          count={media.length}
          isDragged={dragged === image.id}
          onDrag={(dragging) => setDragged(dragging ? image.id : undefined)}
          onDragOver={() => {
            if (dragged !== undefined && dragged !== image.id) moveTo(dragged, index);
          }}
          onMove={(to) => moveTo(image.id, to)}
        />
      ))}
    </ol>
  );
}
