import { Anchor, Card, Group, Skeleton, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconExternalLink, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { type Channel, platformsQuery, type Publication, type PublicationSummary } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { ChannelLabel } from '../ui/channel-label.js';
import { formatDateTime } from '../ui/dates.js';
import { formatMoney } from '../ui/numbers.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { TimeText } from '../ui/time-text.js';
import { useNow } from '../ui/use-now.js';
import { useDisplayZone, zoneName } from '../ui/zone.js';
import { wantsSomebody } from './editing.js';
import { instantsNear } from './instants.js';
import classes from './posts.module.css';
import { PublicationActions } from './publication-actions.js';
import { PublishedActions } from './published-actions.js';
import { storyOf } from './publication-story.js';
import { MediaProgress } from './media-progress.js';
import { Messages } from './messages.js';
import { logQuery, publicationQuery } from './queries.js';
import { Timeline } from './timeline/timeline.js';
import { textOf } from './timeline/log-evidence.js';
import { StandingBadge } from './standing-badge.js';

interface PublicationCardProps {
  summary: PublicationSummary;
  channel: Channel | undefined;
  /** Whether its timeline is shown from the beginning. */
  opened: boolean;
  /** Whether it says only how it stands, unless it wants somebody, or somebody wants to know more. */
  foldable: boolean;
}

/** One channel's publication: state, time, address, what to do, and its story. */
export function PublicationCard({ summary, channel, opened, foldable }: PublicationCardProps) {
  const [chosen, setFolded] = useState<boolean>();
  const heading = useId();
  const now = useNow();
  const query = useQuery(publicationQuery(summary.id));
  const { data: platforms = [] } = useQuery(platformsQuery);
  const channelName = channel?.name ?? 'A channel that is gone';
  const platformName = platforms.find(({ id }) => id === channel?.platform)?.name ?? 'The network';
  const publication = query.data;
  const isFolded = chosen ?? (foldable && !wantsSomebody(publication ?? summary));
  return (
    <Card component="article" aria-labelledby={heading} {...(isFolded && { padding: 'md' })}>
      <Stack gap={isFolded ? 'xs' : 'sm'}>
        <div className={classes['head']}>
          <Title order={2} size="h4" id={heading} miw={0}>
            {channel ? <ChannelLabel channel={channel} size={26} /> : channelName}
          </Title>
          <StandingBadge publication={publication ?? summary} now={now} />
        </div>
        {publication && (
          <>
            <Standing publication={publication} now={now} />
            <MediaProgress publication={publication} channelName={channelName} />
            {!isFolded && (
              <>
                <Facts publication={publication} channel={channel} platformName={platformName} />
                <ChangedText publication={publication} platformName={platformName} />
                <Messages publication={publication} platformName={platformName} />
                <PublicationActions publication={publication} channelName={channelName} platformName={platformName} />
                <PublishedActions publication={publication} channel={channel} platformName={platformName} />
                <Timeline
                  publication={publication}
                  channelName={channelName}
                  platformName={platformName}
                  opened={opened}
                />
              </>
            )}
            {foldable && (
              <Group gap="lg">
                <UnstyledButton
                  className={classes['fold'] ?? ''}
                  aria-expanded={!isFolded}
                  onClick={() => setFolded(!isFolded)}
                >
                  {isFolded ? 'Details' : 'Fewer details'}
                  <span className="visually-hidden"> of {channelName}</span>
                </UnstyledButton>
                {isFolded && <Address publication={publication} platformName={platformName} />}
              </Group>
            )}
          </>
        )}
        {!publication && query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={112} />}
      </Stack>
    </Card>
  );
}

/** Its state in a sentence, and what comes next. Read out when it changes by itself. */
function Standing({ publication, now }: { publication: Publication; now: number }) {
  const { sentence, note, next } = useStory(publication, now);
  return (
    <div aria-live="polite">
      <Text fw={550}>{sentence}</Text>
      {note !== undefined && (
        <div className={classes['note']}>
          <IconInfoCircle size={18} aria-hidden />
          <Text size="sm">{note}</Text>
        </div>
      )}
      {next && (
        <Text size="sm" c="dimmed">
          {next}
        </Text>
      )}
    </div>
  );
}

/** What it says since somebody changed it there. */
function ChangedText({
  publication: { edited, removedAt },
  platformName,
}: {
  publication: Publication;
  platformName: string;
}) {
  if (!edited || removedAt !== undefined) return null;
  return (
    <div>
      <Text size="sm" c="dimmed" mb={4}>
        Its text on {platformName} now
      </Text>
      <Text size="sm" className={classes['changedText'] ?? ''} dir="auto">
        {edited.text}
      </Text>
    </div>
  );
}

/** The story of a publication in the person's zone. */
export function useStory(publication: Publication, now: number) {
  const { timeZone } = useWorkspace();
  const zone = useDisplayZone(timeZone);
  // Only the log says when it is looked for.
  const log = useQuery({ ...logQuery(publication.id), enabled: publication.state === 'committing' });
  const last = log.data?.findLast(({ kind }) => kind === 'retry-planned');
  const lookAt = last?.evidence?.['next'] === 'look' ? textOf(last.evidence, 'at') : undefined;
  return storyOf(publication, { now, lookAt, instants: instantsNear(new Date(now).toISOString(), zone, 'today') });
}

interface FactsProps {
  publication: Publication;
  channel: Channel | undefined;
  platformName: string;
}

function Facts({ publication, channel, platformName }: FactsProps) {
  const { dueAt, timeZone, attempts, permalink, cost } = publication;
  const workspace = useWorkspace();
  const zone = useDisplayZone(workspace.timeZone);
  const chosen = formatDateTime(dueAt, timeZone);
  return (
    <dl className={classes['row']}>
      <Fact name="Due">
        <TimeText at={dueAt} zone={workspace.timeZone} />
        {chosen !== formatDateTime(dueAt, zone) && (
          <Text span inherit c="dimmed">
            {' '}
            (chosen as {chosen} in {zoneName(timeZone)})
          </Text>
        )}
      </Fact>
      {attempts > 0 && (
        <Fact name="Attempts">
          <span className="tabular">{attempts}</span>
        </Fact>
      )}
      {cost !== null && cost > 0 && (
        <Fact name="Cost so far">
          <span className="tabular">{formatMoney(cost)}</span>
          {channel?.practice === true && (
            <Text span inherit c="dimmed">
              {' '}
              for real; practice is not charged
            </Text>
          )}
        </Fact>
      )}
      {permalink !== null && publication.removedAt === undefined && (
        <Fact name="Address">
          <Address publication={publication} platformName={platformName} />
        </Fact>
      )}
    </dl>
  );
}

/** Where it can be seen; nothing where it is not out, or no longer there. */
function Address({
  publication: { permalink, removedAt },
  platformName,
}: {
  publication: Publication;
  platformName: string;
}) {
  if (permalink === null || removedAt !== undefined) return null;
  return (
    <Anchor href={permalink} target="_blank" rel="noreferrer" size="sm" fw={550}>
      <Group component="span" gap={4} display="inline-flex">
        Open on {platformName}
        <IconExternalLink size={14} aria-hidden />
      </Group>
    </Anchor>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes['pair']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
