import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Channel, mediaQuery, type Post } from '../api/queries.js';
import { ChangeList } from '../media/change-list.js';
import { groupChanges, type PlannedMedia } from '../media/changes.js';
import { RenditionStatus } from '../media/rendition-status.js';
import { postMediaQuery } from '../media/renditions.js';
import { KnownThumb } from '../media/thumb.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './posts.module.css';

interface MediaPartProps {
  post: Post;
  channels: readonly Channel[];
}

/** What each channel gets of the files of a post: what is changed, how far it is, and the made file to look at. */
export function MediaPart({ post, channels }: MediaPartProps) {
  const { data, isPending } = useQuery({ ...postMediaQuery(post.id), enabled: hasMedia(post) });
  if (!hasMedia(post)) return null;
  if (isPending) return <Skeleton height={72} />;
  const plans = data ?? [];
  // Calm where nothing changes.
  if (plans.length > 0 && plans.every(({ action }) => action === 'keep')) {
    return (
      <Text size="sm" c="dimmed">
        {new Set(plans.map(({ mediaId }) => mediaId)).size > 1 ? 'All files go' : 'The file goes'} out as{' '}
        {new Set(plans.map(({ mediaId }) => mediaId)).size > 1 ? 'they are' : 'it is'}.
      </Text>
    );
  }
  const files = [...new Set(plans.map(({ mediaId }) => mediaId))];
  return (
    <section aria-label="What will be changed">
      <Stack gap="sm">
        {files.map((id) => (
          <FileChanges key={id} id={id} plans={plans.filter(({ mediaId }) => mediaId === id)} channels={channels} />
        ))}
      </Stack>
    </section>
  );
}

interface FileChangesProps {
  id: string;
  plans: readonly PlannedMedia[];
  channels: readonly Channel[];
}

function FileChanges({ id, plans, channels }: FileChangesProps) {
  const { data: media } = useQuery(mediaQuery(id));
  const channelOf = (channelId: string) => {
    const channel = channels.find((one) => one.id === channelId);
    return channel && { name: channel.name, sign: <PlatformIcon platform={channel.platform} size={15} /> };
  };
  return (
    <div className={classes['fileChanges']}>
      <KnownThumb id={id} altText="" />
      <div>
        <Text size="sm" fw={550} truncate>
          {media?.filename ?? ' '}
        </Text>
        <ChangeList groups={groupChanges(plans)} channelOf={channelOf}>
          {({ plan, channelIds }) =>
            plan.rendition && (
              <RenditionStatus
                rendition={plan.rendition}
                output={plan.output}
                name={`the ${plan.output} for ${channelIds.flatMap((one) => channelOf(one)?.name ?? []).join(', ')}`}
              />
            )
          }
        </ChangeList>
      </div>
    </div>
  );
}

function hasMedia({ media, content, channels }: Post): boolean {
  return (
    media.length > 0 ||
    (content.thread ?? []).some((part) => (part.media ?? []).length > 0) ||
    channels.some(
      (target) =>
        (target.media ?? []).length > 0 || (target.content?.thread ?? []).some((part) => (part.media ?? []).length > 0),
    )
  );
}
