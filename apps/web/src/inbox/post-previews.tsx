import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { use, useRef, useState } from 'react';
import { channelsQuery, platformsQuery } from '../api/queries.js';
import { EventPreview } from '../composer/previews/event-preview.js';
import { FeedPreview } from '../composer/previews/feed-preview.js';
import { lookOf } from '../composer/previews/looks.js';
import { PreviewPlans } from '../composer/previews/preview-source.js';
import { type PlannedMedia } from '../media/changes.js';
import { postMediaQuery } from '../media/renditions.js';
import { ChannelLabel } from '../ui/channel-label.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './post-previews.module.css';
import { type InboxItem } from './queries.js';
import { type ShownChannel, shownOn } from './shown-on.js';
import { VideoNote } from './video-note.js';
import { nameOf } from './words.js';

const NO_PLANS: readonly PlannedMedia[] = [];

interface PostPreviewsProps {
  item: InboxItem;
  /** Whether there is room for one channel at a time only, however wide the screen is. */
  single?: boolean;
}

/** A post as each of its networks will show it: side by side, or one at a time to swipe between. */
export function PostPreviews({ item, single = false }: PostPreviewsProps) {
  const { data: channels } = useQuery(channelsQuery(item.workspace.id));
  const { data: platforms } = useQuery(platformsQuery);
  const { data: plans = NO_PLANS } = useQuery({ ...postMediaQuery(item.postId), enabled: item.media.length > 0 });
  if (!channels || !platforms) return <Skeleton height={220} radius="lg" />;
  const shown = shownOn(item, channels, platforms);
  if (shown.length === 0) return <p className={classes['plain']}>{item.text.trim() || 'No text yet'}</p>;
  return (
    <PreviewPlans value={plans}>
      <Strip shown={shown} single={single} name={nameOf(item)} />
    </PreviewPlans>
  );
}

interface StripProps {
  shown: readonly ShownChannel[];
  single: boolean;
  /** Of the post. */
  name: string;
}

function Strip({ shown, single, name }: StripProps) {
  const strip = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const several = shown.length > 1;
  const go = (index: number) => {
    setCurrent(index);
    const column = strip.current?.children[index];
    if (column instanceof HTMLElement) strip.current?.scrollTo({ left: column.offsetLeft, behavior: 'smooth' });
  };
  const follow = () => {
    const { scrollLeft = 0, clientWidth = 1 } = strip.current ?? {};
    setCurrent(Math.min(shown.length - 1, Math.round(scrollLeft / clientWidth)));
  };
  return (
    <div className={classes['previews']} data-single={single || undefined}>
      {several && (
        <div className={classes['channels']} role="group" aria-label="Channels of this post">
          {shown.map(({ channel }, index) => (
            <button
              key={channel.id}
              type="button"
              className={classes['channel']}
              aria-pressed={index === current}
              onClick={() => go(index)}
            >
              <PlatformIcon platform={channel.platform} size={18} />
              <span>{channel.name}</span>
            </button>
          ))}
        </div>
      )}
      <div
        ref={strip}
        className={classes['strip']}
        onScroll={follow}
        {...(several && { role: 'group', 'aria-label': `Previews: ${name}`, tabIndex: 0 })}
      >
        {shown.map((one) => (
          <ChannelPreview key={one.channel.id} shown={one} />
        ))}
      </div>
    </div>
  );
}

function ChannelPreview({ shown }: { shown: ShownChannel }) {
  const { channel } = shown;
  const look = lookOf(channel.platform);
  return (
    <div role="group" className={classes['column']} aria-label={`Preview: ${channel.name}`}>
      <div className={classes['title']}>
        <ChannelLabel channel={channel} size={18} />
      </div>
      <div className={classes['stage']}>
        {look.family === 'event' ? <EventPreview item={shown} /> : <FeedPreview item={shown} look={look} />}
        {look.family !== 'event' && <Unmade channel={channel} />}
      </div>
    </div>
  );
}

/** How far the videos are that cannot be played above yet. */
function Unmade({ channel: { id } }: Pick<ShownChannel, 'channel'>) {
  const renditions = use(PreviewPlans).flatMap(({ channelId, output, rendition }) =>
    channelId === id && output === 'video' && rendition && rendition.state !== 'ready' ? [rendition] : [],
  );
  const unmade = new Map(renditions.map((rendition) => [rendition.id, rendition]));
  return [...unmade.values()].map((rendition) => <VideoNote key={rendition.id} rendition={rendition} />);
}
