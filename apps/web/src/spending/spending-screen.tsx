import { ActionIcon, Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconCoins, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode } from 'react';
import { channelsQuery, platformsQuery } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { CopyButton } from '../ui/copy-button.js';
import { EmptyState } from '../ui/empty-state.js';
import { formatMoney } from '../ui/numbers.js';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { spendingCsv } from './csv.js';
import { type Month, monthIn, monthInWords, monthsLater, boundsOf } from './month.js';
import { PriceLists } from './price-lists.js';
import { type Spending, spendingQuery } from './queries.js';
import { saveText } from './save-text.js';
import { ByChannel, ByUse } from './spending-tables.js';
import classes from './spending.module.css';

const route = getRouteApi('/signed-in/w/$workspaceId/spending');
const COLUMN_PX = 880;

/** What publishing cost in a month, at networks that are paid for by use. */
export function SpendingScreen() {
  const { id, timeZone } = useWorkspace();
  const present = monthIn(timeZone);
  const month = route.useSearch().month ?? present;
  const query = useQuery(spendingQuery(id, boundsOf(month, timeZone)));
  return (
    <Page
      title="Spending"
      description="What using the networks cost that charge for it. It is charged to whoever owns this installation’s app there."
      maxWidth={COLUMN_PX}
    >
      <Stack gap="md">
        <Chosen month={month} present={present} spending={query.isPlaceholderData ? undefined : query.data} />
        <QueryView query={query} skeleton={<SpendingSkeleton />}>
          {(spending) => (
            <div
              className={classes['read']}
              aria-busy={query.isPlaceholderData}
              data-old={query.isPlaceholderData || undefined}
            >
              <Spent month={month} spending={spending} />
            </div>
          )}
        </QueryView>
        <PriceLists />
      </Stack>
    </Page>
  );
}

interface ChosenProps {
  month: Month;
  present: Month;
  /** Undefined while it is read. */
  spending: Spending | undefined;
}

/** The month, the ways to others, and the table to take along. */
function Chosen({ month, present, spending }: ChosenProps) {
  const navigate = route.useNavigate();
  const { data: platforms = [] } = useQuery(platformsQuery);
  const go = (to: Month) => void navigate({ search: to === present ? {} : { month: to } });
  const look = { variant: 'default', size: 'lg', className: classes['turn'] ?? '' } as const;
  const isPresent = month >= present;
  const csv = () => (spending ? spendingCsv(spending, (id) => platforms.find((one) => one.id === id)?.name ?? id) : '');
  const isEmpty = !spending || spending.channels.length + spending.practice.channels.length === 0;
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="xs" wrap="nowrap">
        <ActionIcon {...look} aria-label="The month before" onClick={() => go(monthsLater(month, -1))}>
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <Title order={2} size="h3" className={classes['month'] ?? ''} aria-live="polite">
          {monthInWords(month)}
        </Title>
        <ActionIcon
          {...look}
          aria-label="The month after"
          disabled={isPresent}
          onClick={() => go(monthsLater(month, 1))}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <Group gap="xs">
        <CopyButton text={csv} label="Copy as CSV" size="sm" variant="default" disabled={isEmpty} />
        <Button
          size="sm"
          variant="default"
          disabled={isEmpty}
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveText(`spending-${month}.csv`, csv(), 'text/csv')}
        >
          Download CSV
        </Button>
      </Group>
    </Group>
  );
}

function Spent({ month, spending }: { month: Month; spending: Spending }) {
  const { practice } = spending;
  const practised = practice.channels.length > 0;
  return (
    <Stack gap="md">
      {spending.channels.length === 0 ? (
        <Nothing month={month} />
      ) : (
        <Card component="section" aria-label="Charged">
          <Sum words={`Charged in ${monthInWords(month)}`} usd={spending.usd} />
          <ByChannel sums={spending} />
          {/* Of a single channel the line above says it all. */}
          {spending.channels.length > 1 && <ByUse sums={spending} />}
        </Card>
      )}
      {practised && (
        <Card component="section" aria-label="Practice">
          <Sum words="Practice: not charged. For real it would have cost" usd={practice.usd} isQuiet />
          <ByChannel sums={practice} />
          {practice.channels.length > 1 && <ByUse sums={practice} />}
        </Card>
      )}
    </Stack>
  );
}

function Sum({ words, usd, isQuiet = false }: { words: string; usd: number; isQuiet?: boolean }) {
  return (
    <div className={classes['sum']} data-quiet={isQuiet || undefined}>
      <Text size="sm" c="dimmed">
        {words}
      </Text>
      <span className="tabular">{formatMoney(usd)}</span>
    </div>
  );
}

/** Why there is nothing. */
function Nothing({ month }: { month: Month }) {
  const { id, name } = useWorkspace();
  const { data: platforms = [] } = useQuery(platformsQuery);
  const { data: channels } = useQuery(channelsQuery(id));
  const charging = platforms.filter(({ prices }) => (prices ?? []).length > 0);
  const used = charging.filter((one) => channels?.some((channel) => channel.platform === one.id && !channel.practice));
  return (
    <Card>
      <EmptyState icon={IconCoins} title={`Nothing was charged in ${monthInWords(month)}`}>
        {emptyWords(name, charging.map(namesOf), used.map(namesOf), channels !== undefined)}
      </EmptyState>
    </Card>
  );
}

const namesOf = ({ name }: { name: string }): string => name;

/** @param charging networks that charge for their use @param used those of them on which the workspace has a channel */
function emptyWords(
  workspace: string,
  charging: readonly string[],
  used: readonly string[],
  isKnown: boolean,
): ReactNode {
  if (charging.length === 0) return 'None of the networks of this installation charges for its use.';
  if (isKnown && used.length === 0) {
    return `Of the networks here, ${charging.join(' and ')} ${charging.length === 1 ? 'charges' : 'charge'} for use, and ${workspace} has no channel there.`;
  }
  return `What ${used.join(' and ')} ${used.length === 1 ? 'charges' : 'charge'} for is counted here as soon as it happens: posts, and looking after them.`;
}

function SpendingSkeleton() {
  return (
    <Card>
      <Skeleton height={40} width="30%" mb="lg" />
      <Skeleton height={120} mb="lg" />
      <Skeleton height={80} />
    </Card>
  );
}
