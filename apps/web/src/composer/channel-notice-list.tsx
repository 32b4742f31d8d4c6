import { Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { PlatformIcon } from '../ui/platform-icon.js';
import { noticesOf, presentNotices } from './channel-notices.js';
import classes from './composer.module.css';
import { useCalmComposer } from './context.js';

/** More are folded behind their names: what is written comes first. */
const MOST_SHOWN = 3;

/** What has to be known of the chosen networks before something is published there. */
export function ChannelNoticeList() {
  const { selected, notices } = useCalmComposer();
  const [isOpen, setOpen] = useState(false);
  const present = presentNotices(notices, selected);
  const lasting = noticesOf(selected);
  const all = [...present, ...lasting];
  if (all.length === 0) return null;
  const isFolded = all.length > MOST_SHOWN;
  // What is so just now is never folded.
  const shown = isFolded && !isOpen ? present : all;
  const names = lasting.map(({ title }) => title).join(', ');
  return (
    <div aria-live="polite">
      {shown.length > 0 && (
        <ul className={classes['channelNotices']} aria-label="What to know of the networks">
          {shown.map(({ key, platform, title, words }) => (
            <li key={key}>
              <PlatformIcon platform={platform} size={16} />
              <Text span size="sm">
                <strong>{title}:</strong> {words}
              </Text>
            </li>
          ))}
        </ul>
      )}
      {isFolded && (
        <UnstyledButton className={classes['quiet'] ?? ''} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show less of this' : `What to know of ${names}`}
        </UnstyledButton>
      )}
    </div>
  );
}
