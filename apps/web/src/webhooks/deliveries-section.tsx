import { Button, SegmentedControl, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Section } from '../settings/section.js';
import { confirm } from '../ui/confirm.js';
import { LookBadge } from '../ui/look-badge.js';
import { QueryView } from '../ui/query-view.js';
import rows from '../ui/rows.module.css';
import { TimeText } from '../ui/time-text.js';
import { deliveriesQuery, type Delivery, type Webhook } from './queries.js';
import { type WebhookSearch } from './search.js';
import { DELIVERY_LOOKS } from './state-looks.js';
import { type WebhookActions } from './use-webhook-actions.js';
import classes from './webhooks.module.css';
import { outcomeOf, triesInWords } from './words.js';

type State = WebhookSearch['state'];

interface DeliveriesSectionProps {
  webhook: Webhook;
  actions: WebhookActions;
  /** Only those that stand so. */
  state: State;
  onState: (state: State) => void;
  onOpen: (deliveryId: string) => void;
}

const CHOICES = [
  { value: 'all', label: 'All' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'failed', label: 'Failed' },
  { value: 'delivered', label: 'Delivered' },
];

/** What was sent to a webhook in the last 30 days. */
export function DeliveriesSection({ webhook, actions, state, onState, onOpen }: DeliveriesSectionProps) {
  const query = useInfiniteQuery(deliveriesQuery(webhook.id, state ? { state } : {}));
  return (
    <Section title="Deliveries" description="What was sent in the last 30 days, newest first.">
      <div className={classes['filter']}>
        <SegmentedControl
          className={classes['choice'] ?? ''}
          aria-label="Which deliveries"
          value={state ?? 'all'}
          onChange={(value) => onState(value === 'all' ? undefined : (value as State))}
          data={CHOICES}
        />
        <Button
          variant="default"
          loading={actions.repeatFailed.isPending}
          disabled={webhook.state === 'disabled'}
          onClick={() => void askAndRepeat(webhook, actions)}
        >
          Repeat all failed
        </Button>
      </div>
      <QueryView query={query} skeleton={<RowsSkeleton />}>
        {({ pages }) => {
          const deliveries = pages.flatMap(({ data }) => data);
          if (deliveries.length === 0) return <Nothing filtered={state !== undefined} />;
          return (
            <ul className={rows['list']}>
              {deliveries.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} onOpen={() => onOpen(delivery.id)} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      {query.hasNextPage && (
        <div>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older deliveries
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Everything that is kept is from after the webhook was made. */
async function askAndRepeat({ createdAt }: Webhook, { repeatFailed }: WebhookActions): Promise<void> {
  const yes = await confirm({
    title: 'Repeat all failed deliveries?',
    children: 'Everything that failed in the last 30 days is sent again, under the same ids as before.',
    confirm: 'Repeat all',
  });
  if (yes) repeatFailed.mutate(createdAt);
}

function DeliveryRow({ delivery, onOpen }: { delivery: Delivery; onOpen: () => void }) {
  const { type, state, createdAt, tries } = delivery;
  return (
    <li className={classes['delivery']}>
      <UnstyledButton className={classes['open'] ?? ''} onClick={onOpen}>
        <span className={classes['type']}>{type}</span>
        <Text span size="sm" c="dimmed" className={classes['facts'] ?? ''}>
          <TimeText at={createdAt} /> · {outcomeOf(delivery)} · {triesInWords(tries)}
        </Text>
      </UnstyledButton>
      <LookBadge look={DELIVERY_LOOKS[state]} state={state} />
    </li>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return (
    <Text size="sm" c="dimmed">
      {filtered ? 'No delivery stands so.' : 'Nothing was sent yet. Send a test, or write a post.'}
    </Text>
  );
}

function RowsSkeleton() {
  return (
    <Stack gap="sm">
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} height={48} />
      ))}
    </Stack>
  );
}
