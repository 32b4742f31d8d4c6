import { Text } from '@mantine/core';
import { PlatformIcon } from '../ui/platform-icon.js';
import { noticesOf } from './channel-notices.js';
import classes from './composer.module.css';
import { type SelectedChannel } from './context.js';

/** What has to be known of the networks of these channels before something is published there. */
export function ChannelNoticeList({ items }: { items: readonly SelectedChannel[] }) {
  const notices = noticesOf(items);
  if (notices.length === 0) return null;
  return (
    <ul className={classes['channelNotices']} aria-label="What to know of the networks">
      {notices.map(({ platform, network, words }) => (
        <li key={platform}>
          <PlatformIcon platform={platform} size={16} />
          <Text span size="sm">
            <strong>{network}:</strong> {words}
          </Text>
        </li>
      ))}
    </ul>
  );
}
