import { Text } from '@mantine/core';
import { type CSSProperties, memo, useEffect, useRef } from 'react';
import { PlatformIcon } from '../../ui/platform-icon.js';
import { networkName, type SelectedChannel, useCalmComposer } from '../context.js';
import classes from './previews.module.css';
import { EventPreview } from './event-preview.js';
import { FeedPreview } from './feed-preview.js';
import { lookOf } from './looks.js';
import { previewGroups } from './preview-groups.js';
import { PreviewPlans } from './preview-source.js';

/** The post as each network will show it. */
export const PreviewList = memo(function PreviewList() {
  const { selected, plans, tab } = useCalmComposer();
  return (
    <PreviewPlans value={plans}>
      <div className={classes['previews']} role="region" aria-label="Previews" tabIndex={0}>
        {selected.length === 0 ? (
          <div className={classes['none']}>
            <Text size="sm" c="dimmed">
              Choose channels to see how each of them will show your post.
            </Text>
          </div>
        ) : (
          previewGroups(selected, tab).map(({ item, others }) => (
            <Preview key={item.channel.id} item={item} others={others} />
          ))
        )}
      </div>
    </PreviewPlans>
  );
});

interface PreviewProps {
  item: SelectedChannel;
  /** Channels of the same network that show the same. */
  others: readonly SelectedChannel[];
}

function Preview({ item, others }: PreviewProps) {
  const { tab, setTab } = useCalmComposer();
  const { channel, platform, differences } = item;
  const isActive = tab === channel.id;
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const list = ref.current?.parentElement;
    // Only the list of previews is scrolled, never the page.
    if (isActive && ref.current && list) list.scrollTo({ top: ref.current.offsetTop - list.offsetTop });
  }, [isActive]);
  const look = lookOf(channel.platform);
  return (
    <article
      ref={ref}
      style={{ '--network': platform?.appearance.color } as CSSProperties}
      className={classes['preview']}
      data-active={isActive || undefined}
      aria-label={`Preview: ${channel.name} on ${networkName(item)}`}
    >
      <button
        type="button"
        className={classes['title']}
        onClick={() => setTab(channel.id)}
        title={`Edit what is different on ${channel.name}`}
      >
        <PlatformIcon platform={channel.platform} size={18} />
        <span className={classes['titleName']}>{channel.name}</span>
        <span className={classes['titleNote']}>
          {differences.length > 0 ? `differs: ${differences.join(', ')}` : 'as for all'}
        </span>
      </button>
      {others.length > 0 && (
        <p className={classes['sameOn']}>The same on {others.map(({ channel: { name } }) => name).join(', ')}.</p>
      )}
      <div className={classes['stage']}>
        {look.family === 'event' ? <EventPreview item={item} /> : <FeedPreview item={item} look={look} />}
      </div>
    </article>
  );
}
