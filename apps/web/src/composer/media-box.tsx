import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconLibraryPhoto, IconPhotoPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { type Media } from '../api/queries.js';
import { MediaPicker } from '../library/media-picker.js';
import classes from './composer.module.css';
import { networkName, useComposer } from './context.js';
import { acceptedTypes, takingOf } from './documents.js';
import { type MediaItem, type Message } from './draft.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { MediaRow } from './media-row.js';
import { mediaPlace } from './places.js';
import { UploadRow } from './upload-row.js';

interface MediaBoxProps {
  /** What they belong to. */
  message: Message;
  /** The place of that part among the further parts of the thread; left out = the post itself. */
  at?: number;
  media: readonly MediaItem[];
  /** Further buttons. */
  children?: ReactNode;
}

/** The images and videos of one message: those that are there, those on their way, and a button for more. */
export function MediaBox({ message, at, media, children }: MediaBoxProps) {
  return (
    <>
      {media.length > 0 && <MediaList message={message} at={at} media={media} />}
      <MediaArrivals message={message} at={at} />
      <Group gap="xs" mt="xs">
        <AddMedia message={message} at={at} />
        {children}
      </Group>
    </>
  );
}

type Place = Pick<MediaBoxProps, 'message'> & { at: number | undefined };

/** Files on their way, and what stands against all of them together. */
export function MediaArrivals({ message: { channelId, part }, at }: Place) {
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
        <UploadRow key={upload.id} upload={upload} />
      ))}
      <div id={mediaPlace(at)} tabIndex={-1}>
        <FindingList findings={general} />
      </div>
    </>
  );
}

/** The buttons for more, and how else they come. */
export function AddMedia({ message, at }: Place) {
  const { uploads, selected } = useComposer();
  const item = selected.find(({ channel }) => channel.id === message.channelId);
  const concerned = item ? [item] : selected;
  const takings = concerned.map((one) => takingOf(one, networkName(one)));
  // Documents are offered where a chosen network takes them at all.
  const what = takings.some(({ takes }) => takes !== 'none') ? 'images, videos or a document' : 'images or videos';
  const label = item ? `Add ${what} for ${networkName(item)}` : `Add ${what}`;
  return (
    <>
      <FileButton multiple accept={acceptedTypes(takings)} onChange={(files) => uploads.add(files, message)}>
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant={at === undefined ? 'default' : 'subtle'}
            leftSection={<IconPhotoPlus size={17} aria-hidden />}
          >
            {at === undefined ? label : `Add ${what} to part ${at + 2}`}
          </Button>
        )}
      </FileButton>
      <FromLibrary message={message} at={at} />
      {at === undefined && (
        <Text size="xs" c="dimmed" visibleFrom="xs">
          or drop or paste them anywhere here
        </Text>
      )}
    </>
  );
}

/** Files that are uploaded already. */
function FromLibrary({ message, at }: Place) {
  const { workspace, dispatch } = useComposer();
  const [isOpen, setOpen] = useState(false);
  const pick = (media: readonly Media[]) => {
    for (const { id, altText } of media) {
      dispatch({ type: 'add-media', item: { id, altText: altText ?? '' }, ...message });
    }
    setOpen(false);
  };
  return (
    <>
      <Button
        size="xs"
        variant={at === undefined ? 'default' : 'subtle'}
        leftSection={<IconLibraryPhoto size={17} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {at === undefined ? 'From the library' : `From the library to part ${at + 2}`}
      </Button>
      <MediaPicker workspaceId={workspace.id} opened={isOpen} onClose={() => setOpen(false)} onPick={pick} />
    </>
  );
}

function MediaList({ message, at, media }: Place & Pick<MediaBoxProps, 'media'>) {
  const { dispatch } = useComposer();
  const [dragged, setDragged] = useState<string | undefined>();
  const moveTo = (id: string, to: number) => dispatch({ type: 'move-media', id, to, ...message });
  return (
    <ol className={classes['images']}>
      {media.map((item, index) => (
        <MediaRow
          key={item.id}
          item={item}
          message={message}
          at={at}
          index={index}
          count={media.length}
          isDragged={dragged === item.id}
          onDrag={(dragging) => setDragged(dragging ? item.id : undefined)}
          onDragOver={() => {
            if (dragged !== undefined && dragged !== item.id) moveTo(dragged, index);
          }}
          onMove={(to) => moveTo(item.id, to)}
        />
      ))}
    </ol>
  );
}
