import { Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { KnownThumb } from '../media/thumb.js';
import classes from './composer.module.css';
import { networkName, type SelectedChannel, useComposer } from './context.js';
import { FindingList } from './finding-list.js';
import { isShownAt } from './findings.js';
import { AddMedia, MediaArrivals, MediaBox } from './media-box.js';

/** The images and videos of all channels, or of the one whose tab is open. */
export function MediaPart() {
  const { draft, selected, tab } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const media = item ? item.target.media : draft.media;
  return (
    <section className={classes['part']} aria-label="Images and videos">
      {item && media?.length === 0 && (
        <Text size="sm" c="dimmed">
          No images or videos on {networkName(item)}.
        </Text>
      )}
      {media ? (
        <MediaBox message={{ channelId: tab }} media={media}>
          {item && <CommonAgain item={item} />}
        </MediaBox>
      ) : (
        item && <CommonMedia item={item} />
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
      Use the common ones again
    </Button>
  );
}

function CommonMedia({ item }: { item: SelectedChannel }) {
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
      <MediaArrivals message={{ channelId }} at={undefined} />
      <FindingList findings={ofImages} />
      <Group gap="xs" mt="xs">
        <AddMedia message={{ channelId }} at={undefined} />
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
        The common images and videos
      </Text>
      <Group gap="xs">
        {draft.media.map(({ id, altText }) => (
          <KnownThumb key={id} id={id} altText={altText || 'No description yet'} />
        ))}
        <Button size="xs" variant="default" onClick={() => dispatch({ type: 'own-media', channelId: item.channel.id })}>
          Choose different ones for {networkName(item)}
        </Button>
      </Group>
    </>
  );
}
