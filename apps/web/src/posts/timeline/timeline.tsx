import { Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type Publication } from '../../api/queries.js';
import { useWorkspace } from '../../app/workspace.js';
import { CopyButton } from '../../ui/copy-button.js';
import { formatDay } from '../../ui/dates.js';
import { QueryView } from '../../ui/query-view.js';
import { useDisplayZone } from '../../ui/zone.js';
import { instantsNear } from '../instants.js';
import parts from '../posts.module.css';
import { logQuery } from '../queries.js';
import { storyAsText } from './as-text.js';
import { chaptersOf } from './chapters.js';
import { TimelineEntry } from './entry.js';
import { commentOf } from './sentences.js';
import { type LogEntry } from './log-evidence.js';
import classes from './timeline.module.css';

interface TimelineProps {
  publication: Publication;
  channelName: string;
  platformName: string;
  /** Whether it is shown from the beginning. */
  opened: boolean;
}

/** Everything that happened to a publication, readable first. */
export function Timeline({ publication, channelName, platformName, opened }: TimelineProps) {
  const [open, setOpen] = useState(opened);
  const region = useId();
  const log = useQuery({ ...logQuery(publication.id), enabled: open });
  const Sign = open ? IconChevronDown : IconChevronRight;
  const asText = () => storyAsText({ publication, channelName, platformName, now: Date.now() }, log.data ?? []);
  return (
    <div className={parts['timeline']}>
      <Group justify="space-between" gap="xs">
        <Button
          variant="subtle"
          size="sm"
          px="xs"
          ml={-8}
          aria-expanded={open}
          aria-controls={region}
          leftSection={<Sign size={16} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          Timeline
        </Button>
        {open && log.data && <CopyButton text={asText} label="Copy as text" />}
      </Group>
      <div id={region} role="group" aria-label={`Timeline of ${channelName}`} hidden={!open}>
        {open && (
          <QueryView query={log} skeleton={<TimelineSkeleton />}>
            {(entries) => <Chapters log={entries} publication={publication} platformName={platformName} />}
          </QueryView>
        )}
      </div>
    </div>
  );
}

function Chapters({
  log,
  publication,
  platformName,
}: {
  log: readonly LogEntry[];
  publication: Publication;
  platformName: string;
}) {
  const { timeZone } = useWorkspace();
  const zone = useDisplayZone(timeZone);
  return (
    <Stack gap="md" pt="sm">
      {chaptersOf(log, publication.dueAt).map(({ id, title, entries }) => (
        <div key={id}>
          <Group gap="xs" mb={6} align="baseline">
            <Title order={3} size="h4" fz="sm">
              {title}
            </Title>
            <span className={classes['day']}>{formatDay(entries[0]?.entry.at ?? publication.dueAt, zone)}</span>
          </Group>
          <ol className={classes['entries']}>
            {entries.map(({ entry, dueAt }, index) => (
              <TimelineEntry
                key={entry.id}
                entry={entry}
                before={entries[index - 1]?.entry.at}
                zone={zone}
                setting={{
                  platformName,
                  dueAt,
                  instants: instantsNear(entry.at, zone),
                  comment: commentOf(publication),
                }}
              />
            ))}
          </ol>
        </div>
      ))}
    </Stack>
  );
}

function TimelineSkeleton() {
  return (
    <Stack gap="sm" pt="sm">
      {[0, 1, 2, 3, 4].map((line) => (
        <Skeleton key={line} height={36} />
      ))}
    </Stack>
  );
}
