import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconPhotoPlus } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './composer.module.css';
import { networkName, type SelectedChannel, useComposer } from './context.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { ImageRow } from './image-row.js';
import { mediaAddress } from './media-address.js';
import { PLACES } from './places.js';
import { UploadRow } from './upload-row.js';

/** The images of all channels, or of the one whose tab is open. */
export function ImagePart() {
  const { selected, tab, findings, uploads } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const shown = findings.filter((finding) => finding.cause.part === 'media' && isShownAt(finding, tab));
  const isCommon = item !== undefined && item.target.media === undefined;
  const coming = uploads.items.filter(({ channelId }) => channelId === tab);
  const general = shown.filter(({ cause }) => cause.part === 'media' && cause.mediaId === undefined);
  return (
    <section className={classes['part']} aria-label="Images">
      {isCommon ? <CommonImages item={item} /> : <ImageList item={item} />}
      {coming.map((upload) => (
        <UploadRow key={upload.key} upload={upload} />
      ))}
      <div id={PLACES.media} tabIndex={-1}>
        <FindingList findings={isCommon ? shown : general} />
      </div>
      <AddImages item={item} />
    </section>
  );
}

function AddImages({ item }: { item: SelectedChannel | undefined }) {
  const { uploads, tab, dispatch } = useComposer();
  return (
    <Group gap="xs" mt="xs">
      <FileButton multiple accept="image/*" onChange={(files) => uploads.add(files, tab)}>
        {(props) => (
          <Button {...props} size="xs" variant="default" leftSection={<IconPhotoPlus size={17} aria-hidden />}>
            {item ? `Add images for ${networkName(item)}` : 'Add images'}
          </Button>
        )}
      </FileButton>
      {item?.target.media && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={() => dispatch({ type: 'common-media', channelId: item.channel.id })}
        >
          Use the common images again
        </Button>
      )}
      <Text size="xs" c="dimmed" visibleFrom="xs">
        or drop or paste them anywhere here
      </Text>
    </Group>
  );
}

function ImageList({ item }: { item: SelectedChannel | undefined }) {
  const { draft, tab, dispatch } = useComposer();
  const [dragged, setDragged] = useState<string | undefined>();
  const media = item?.target.media ?? draft.media;
  if (media.length === 0) {
    return item ? (
      <Text size="sm" c="dimmed">
        No images on {networkName(item)}.
      </Text>
    ) : null;
  }
  const moveTo = (id: string, to: number) => dispatch({ type: 'move-media', id, to, channelId: tab });
  return (
    <ol className={classes['images']}>
      {media.map((image, index) => (
        <ImageRow
          key={image.id}
          image={image}
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

function CommonImages({ item: { channel, ...rest } }: { item: SelectedChannel }) {
  const { draft, dispatch } = useComposer();
  if (draft.media.length === 0) return null;
  return (
    <>
      <Text size="xs" c="dimmed" fw={550} mb={6}>
        The common images
      </Text>
      <Group gap="xs">
        {draft.media.map(({ id, altText }) => (
          <img
            key={id}
            className={classes['thumb']}
            src={mediaAddress(id, 200)}
            alt={altText || 'No description yet'}
          />
        ))}
        <Button size="xs" variant="default" onClick={() => dispatch({ type: 'own-media', channelId: channel.id })}>
          Choose different images for {networkName({ channel, ...rest })}
        </Button>
      </Group>
    </>
  );
}
