import { Anchor, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { formatClock, formatPrecise, formatShortDay } from '../../ui/dates.js';
import { distanceOf } from './distance.js';
import { KIND_ICONS } from './entry-icons.js';
import { EvidenceView } from './evidence-view.js';
import { FailureFacts, hasFacts } from './failure-facts.js';
import { exchangesOf, type LogEntry, remainderOf } from './log-evidence.js';
import { type Setting, tell } from './sentences.js';
import classes from './timeline.module.css';

interface TimelineEntryProps {
  entry: LogEntry;
  /** When the entry before it happened: the day is said where it changes. */
  before: string | undefined;
  zone: string;
  setting: Setting;
}

/** One entry: when, what, why, what follows; the evidence on demand. */
export function TimelineEntry({ entry, before, zone, setting }: TimelineEntryProps) {
  const { tone, sentence, why, next, permalink } = tell(entry, setting);
  const Sign = KIND_ICONS[entry.kind];
  const [open, setOpen] = useState(false);
  const region = useId();
  const evidence = entry.evidence ?? {};
  const exchanges = exchangesOf(evidence);
  const rest = remainderOf(evidence);
  const hasDetails = exchanges.length > 0 || rest.length > 0;
  const label = exchanges.length === 0 ? 'details' : exchanges.length === 1 ? 'the exchange' : 'the exchanges';
  const details = { label, region, open, onToggle: () => setOpen(!open) };
  const distance = distanceOf(entry, setting.dueAt);
  const newDay = before !== undefined && formatShortDay(before, zone) !== formatShortDay(entry.at, zone);
  return (
    <li className={classes['entry']} data-tone={tone} data-kind={entry.kind}>
      <span className={classes['sign']} aria-hidden>
        <Sign size={15} stroke={1.9} />
      </span>
      <div className={classes['body']}>
        <div className={classes['line']}>
          <time className={classes['time']} dateTime={entry.at} title={formatPrecise(entry.at, zone)}>
            {newDay && `${formatShortDay(entry.at, zone)}, `}
            {formatClock(entry.at, zone)}
          </time>
          {distance && <span className={classes['distance']}>{distance}</span>}
        </div>
        <Text size="sm" className={classes['sentence'] ?? ''}>
          {sentence}
        </Text>
        {why && <Quiet>{why}</Quiet>}
        {entry.failure && hasFacts(entry.failure) && <FailureFacts failure={entry.failure} />}
        {next && <Quiet>{next}</Quiet>}
        {permalink && (
          <Anchor href={permalink} target="_blank" rel="noreferrer" size="sm" className={classes['address'] ?? ''}>
            {permalink}
          </Anchor>
        )}
        {hasDetails && <DetailsButton {...details} />}
        <div id={details.region} className={classes['details']} hidden={!open}>
          {open && <EvidenceView exchanges={exchanges} rest={rest} />}
        </div>
      </div>
    </li>
  );
}

function Quiet({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}

interface DetailsButtonProps {
  label: string;
  region: string;
  open: boolean;
  onToggle: () => void;
}

/** Shows the evidence, when somebody wants to see it. */
function DetailsButton({ label, region, open, onToggle }: DetailsButtonProps) {
  const Sign = open ? IconChevronDown : IconChevronRight;
  return (
    <UnstyledButton className={classes['more'] ?? ''} aria-expanded={open} aria-controls={region} onClick={onToggle}>
      <Sign size={13} aria-hidden />
      {open ? 'Hide' : 'Show'} {label}
    </UnstyledButton>
  );
}
