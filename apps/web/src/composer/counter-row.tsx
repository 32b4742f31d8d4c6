import { UnstyledButton } from '@mantine/core';
import { memo, useEffect, useRef, useState } from 'react';
import { formatNumber } from '../ui/numbers.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './composer.module.css';
import { type SelectedChannel, networkName } from './context.js';
import { countersInSight, sharedCounters } from './counter-choice.js';
import { type Counter, counterWords } from './counters.js';

interface CounterRowProps {
  items: readonly SelectedChannel[];
  label?: string;
}

/** How much each channel has left, by its network's own counting. */
export function CounterRow({ items, label = 'Characters left' }: CounterRowProps) {
  const [isOpen, setOpen] = useState(false);
  if (items.length === 0) return null;
  const all = sharedCounters(items);
  const inSight = countersInSight(all);
  const rest = all.length - inSight.length;
  return (
    <div className={classes['counters']} role="group" aria-label={label}>
      {(isOpen ? all : inSight).map(({ first: { channel, counter }, items: same }) => (
        <ChannelCounter
          key={channel.id}
          platform={channel.platform}
          names={same.map((item) => item.channel.name).join(', ')}
          count={same.length}
          {...counter}
        />
      ))}
      {rest > 0 && (
        <UnstyledButton className={classes['quiet'] ?? ''} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show fewer' : `${rest} more with room`}
        </UnstyledButton>
      )}
      <CrossingAnnouncer items={items} />
    </div>
  );
}

interface ChannelCounterProps extends Counter {
  platform: string;
  /** Of all channels of which it is true. */
  names: string;
  /** How many these are. */
  count: number;
}

const ChannelCounter = memo(function ChannelCounter({ platform, names, count, ...counter }: ChannelCounterProps) {
  const title = `${names}: ${formatNumber(counter.length)} of ${formatNumber(counter.max)} ${counter.unit}`;
  return (
    <span className={classes['counter']} data-level={counter.level} title={title}>
      <Ring length={counter.length} max={counter.max} />
      <PlatformIcon platform={platform} size={14} />
      {count > 1 && <span aria-hidden>×{count}</span>}
      <span className="tabular">{formatNumber(counter.left)}</span>
      <span className="visually-hidden">{counterWords(counter)}</span>
    </span>
  );
});

const RADIUS = 6;
const ROUND = 2 * Math.PI * RADIUS;

function Ring({ length, max }: Pick<Counter, 'length' | 'max'>) {
  const part = Math.min(1, max > 0 ? length / max : 1);
  return (
    <svg className={classes['ring']} width={16} height={16} viewBox="0 0 16 16" aria-hidden>
      <circle cx="8" cy="8" r={RADIUS} />
      <circle cx="8" cy="8" r={RADIUS} strokeDasharray={`${part * ROUND} ${ROUND}`} transform="rotate(-90 8 8)" />
    </svg>
  );
}

/** Tells a screen reader when a limit comes near or is crossed, not at every key. */
function CrossingAnnouncer({ items }: { items: readonly SelectedChannel[] }) {
  const levels = useRef(new Map<string, Counter['level']>());
  const [said, say] = useState('');
  useEffect(() => {
    const sentences = items.flatMap((item) => {
      const before = levels.current.get(item.channel.id) ?? item.counter.level;
      levels.current.set(item.channel.id, item.counter.level);
      if (before === item.counter.level) return [];
      return [`${networkName(item)}: ${counterWords(item.counter)}.`];
    });
    if (sentences.length > 0) say(sentences.join(' '));
  }, [items]);
  return (
    <span className="visually-hidden" role="status">
      {said}
    </span>
  );
}
