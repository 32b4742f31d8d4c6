import { useEffect, useRef, useState } from 'react';
import { formatNumber } from '../ui/numbers.js';
import { PlatformIcon } from '../ui/platform-icon.js';
import classes from './composer.module.css';
import { type SelectedChannel, networkName } from './context.js';
import { type Counter, counterWords } from './counters.js';

interface CounterRowProps {
  items: readonly SelectedChannel[];
  label?: string;
}

/** How much each channel has left, by its network's own counting. */
export function CounterRow({ items, label = 'Characters left' }: CounterRowProps) {
  if (items.length === 0) return null;
  return (
    <div className={classes['counters']} role="group" aria-label={label}>
      {items.map((item) => (
        <ChannelCounter key={item.channel.id} item={item} />
      ))}
      <CrossingAnnouncer items={items} />
    </div>
  );
}

function ChannelCounter({ item }: { item: SelectedChannel }) {
  const { counter } = item;
  const title = `${item.channel.name}: ${formatNumber(counter.length)} of ${formatNumber(counter.max)} ${counter.unit}`;
  return (
    <span className={classes['counter']} data-level={counter.level} title={title}>
      <Ring counter={counter} />
      <PlatformIcon platform={item.channel.platform} size={14} />
      <span className="tabular">{formatNumber(counter.left)}</span>
      <span className="visually-hidden">{counterWords(counter)}</span>
    </span>
  );
}

const RADIUS = 6;
const ROUND = 2 * Math.PI * RADIUS;

function Ring({ counter: { length, max } }: { counter: Counter }) {
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
