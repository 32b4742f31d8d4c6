import { memo } from 'react';
import { formatTime } from '../ui/dates.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './event.module.css';
import { type EntryGroup, firstLine, lookOf } from './groups.js';
import { StateSigns, toneOf } from './state-signs.js';

/** Text of a post that has none. */
export const NO_TEXT = 'No text';

/** What a post says in one line. */
export function lineOf(group: Pick<EntryGroup, 'text'>): string {
  return firstLine(group.text) || NO_TEXT;
}

/** The address of a small picture of a file. */
export function thumbnailOf(mediaId: string): string {
  return `/v1/media/${mediaId}/content?width=200`;
}

interface EventChipProps {
  group: EntryGroup;
  zone: string;
  /** Whether there is no room for a picture. */
  small?: boolean;
}

/** A post in the grid: its time, networks, first line, and what is worst about it. */
export const EventChip = memo(function EventChip({ group, zone, small = false }: EventChipProps) {
  const look = lookOf(group.states[0]);
  return (
    <div className={classes['chip']} style={toneOf(look.color)} {...(group.movable && { 'data-movable': true })}>
      <div className={classes['head']}>
        <StateSigns states={group.states} />
        <span>{formatTime(group.dueAt, zone)}</span>
        <Networks platforms={group.platforms} />
      </div>
      <div className={classes['text']}>{lineOf(group)}</div>
      {group.mediaId && !small && (
        <img className={classes['thumb']} src={thumbnailOf(group.mediaId)} alt="" loading="lazy" draggable={false} />
      )}
    </div>
  );
});

/** The signs of networks, each once. */
export function Networks({ platforms, size = 14 }: { platforms: readonly string[]; size?: number }) {
  return (
    <span className={classes['networks']}>
      {platforms.map((platform) => (
        <PlatformIcon key={platform} platform={platform} size={size} />
      ))}
    </span>
  );
}
