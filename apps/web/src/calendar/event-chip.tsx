import { memo } from 'react';
import { WaitingNote } from '../inbox/waiting-note.js';
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
  /** The time that it would get, while it is dragged. */
  time?: string;
}

/** A post in the grid: its time, networks, first line, and what is worst about it. */
export const EventChip = memo(function EventChip({ group, zone, small = false, time }: EventChipProps) {
  const [worst, ...others] = group.states;
  return (
    <div
      className={classes['chip']}
      style={toneOf(lookOf(worst).color)}
      {...(group.movable && { 'data-movable': true })}
    >
      <div className={classes['head']}>
        <StateSigns states={[worst]} notes={group.notes} />
        <span>{time ?? formatTime(group.dueAt, zone)}</span>
        <StateSigns states={others} notes={group.notes} />
        {group.approval && small && <WaitingNote approval={group.approval} small />}
        <Networks platforms={group.platforms} />
      </div>
      <div className={classes['line']}>
        <span className={classes['text']}>{lineOf(group)}</span>
        {group.mediaId && !small && (
          <img className={classes['thumb']} src={thumbnailOf(group.mediaId)} alt="" loading="lazy" draggable={false} />
        )}
      </div>
      {group.approval && !small && (
        <div className={classes['approval']}>
          <WaitingNote approval={group.approval} />
        </div>
      )}
    </div>
  );
});

/** More signs than these are counted. */
const NETWORKS_SHOWN = 3;

/** The signs of networks, each once. */
export function Networks({ platforms, size = 14 }: { platforms: readonly string[]; size?: number }) {
  const more = platforms.length - NETWORKS_SHOWN;
  return (
    <span className={classes['networks']}>
      {platforms.slice(0, NETWORKS_SHOWN).map((platform) => (
        <span key={platform} className={classes['network']}>
          <PlatformIcon platform={platform} size={size} />
        </span>
      ))}
      {more > 0 && (
        <span className={classes['moreNetworks']}>
          +{more}
          <span className="visually-hidden"> more networks</span>
        </span>
      )}
    </span>
  );
}
