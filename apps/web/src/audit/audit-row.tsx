import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import { formatDateTime } from '../ui/dates.js';
import { TimeText } from '../ui/time-text.js';
import { useDisplayZone } from '../ui/zone.js';
import classes from './audit.module.css';
import { type Detail, detailsOf } from './details.js';
import { type AuditEntry } from './queries.js';

interface AuditRowProps {
  entry: AuditEntry;
  /** Shows only what was done to this thing. */
  onThing: (id: string) => void;
}

/** Who did what to what, what changed by it, and from where. */
export function AuditRow({ entry, onThing }: AuditRowProps) {
  const zone = useDisplayZone(undefined);
  const { actor, words, subject, at, ip, details } = entry;
  const told = detailsOf(details, (instant) => formatDateTime(instant, zone));
  const name = subject?.name;
  return (
    <li className={classes['entry']}>
      <Text size="sm" c="dimmed" component="div" className={classes['when']}>
        <TimeText at={at} />
      </Text>
      <div className={classes['what']}>
        <Group gap="xs">
          <Text component="div" className={classes['sentence']}>
            <b>{actor.name}</b> {words}{' '}
            {subject && name && (
              <UnstyledButton
                className={classes['thing']}
                onClick={() => onThing(subject.id)}
                aria-label={`Only what was done to ${name}`}
              >
                {name}
              </UnstyledButton>
            )}
          </Text>
          <ViaBadge via={actor.via} />
        </Group>
        <ul className={classes['details']}>
          {told.map((detail) => (
            <DetailItem key={detail.label} detail={detail} />
          ))}
          {ip !== null && <li className={classes['from']}>From {ip}</li>}
        </ul>
      </div>
    </li>
  );
}

function DetailItem({ detail: { label, from, to } }: { detail: Detail }) {
  return (
    <li>
      {label}:{' '}
      {from !== undefined && (
        <>
          {from} <span aria-hidden>→</span>
          <span className="visually-hidden">became</span>{' '}
        </>
      )}
      {to}
    </li>
  );
}

const VIA_WORDS: Partial<Record<AuditEntry['actor']['via'], string>> = {
  'api-key': 'API key',
  'review-link': 'Review link',
  operator: 'Support of this installation',
};

function ViaBadge({ via }: Pick<AuditEntry['actor'], 'via'>) {
  const words = VIA_WORDS[via];
  if (words === undefined) return null;
  return (
    <Badge color={via === 'operator' ? 'iris' : 'gray'} variant="light">
      {words}
    </Badge>
  );
}
