import { Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import classes from './composer.module.css';
import { networkName, type SelectedChannel, useComposer } from './context.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { AddImages, ImageArrivals, ImageBox } from './image-box.js';
import { mediaAddress } from './media-address.js';

/** The images of all channels, or of the one whose tab is open. */
export function ImagePart() {
  const { draft, selected, tab } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const media = item ? item.target.media : draft.media;
  return (
    <section className={classes['part']} aria-label="Images">
      {item && media?.length === 0 && (
        <Text size="sm" c="dimmed">
          No images on {networkName(item)}.
        </Text>
      )}
      {media ? (
        <ImageBox message={{ channelId: tab }} media={media}>
          {item && <CommonAgain item={item} />}
        </ImageBox>
      ) : (
        item && <CommonImages item={item} />
      )}
    </section>
  );
}

function CommonAgain({ item }: { item: SelectedChannel }) {
  const { dispatch } = useComposer();
  return (
    <Button
      size="xs"
      variant="subtle"
      leftSection={<IconArrowBackUp size={16} aria-hidden />}
      onClick={() => dispatch({ type: 'common-media', channelId: item.channel.id })}
    >
      Use the common images again
    </Button>
  );
}

function CommonImages({ item }: { item: SelectedChannel }) {
  const { findings } = useComposer();
  const channelId = item.channel.id;
  // Each is told at its image where that can be changed; here all of them stand together.
  const ofImages = findings.filter(
    (finding) =>
      finding.cause.part === 'media' &&
      finding.cause.at === undefined &&
      finding.cause.mediaId !== undefined &&
      isShownAt(finding, channelId),
  );
  return (
    <>
      <Thumbs item={item} />
      <ImageArrivals message={{ channelId }} at={undefined} />
      <FindingList findings={ofImages} />
      <Group gap="xs" mt="xs">
        <AddImages message={{ channelId }} at={undefined} />
      </Group>
    </>
  );
}

function Thumbs({ item }: { item: SelectedChannel }) {
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
        <Button size="xs" variant="default" onClick={() => dispatch({ type: 'own-media', channelId: item.channel.id })}>
          Choose different images for {networkName(item)}
        </Button>
      </Group>
    </>
  );
}
