import { Skeleton, Stack } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { SettingsPage } from '../settings/settings-page.js';
import { TextLink } from '../ui/links.js';
import { QueryView } from '../ui/query-view.js';
import { DeliveriesSection } from './deliveries-section.js';
import { DeliveryDrawer } from './delivery-drawer.js';
import { webhookQuery } from './queries.js';
import { type WebhookSearch } from './search.js';
import { useWebhookActions } from './use-webhook-actions.js';
import { WebhookAbout } from './webhook-about.js';
import classes from './webhooks.module.css';

const route = getRouteApi('/signed-in/settings/webhooks/$webhookId');

/** One webhook: how it stands, what was sent to it, and what can be done about it. */
export function WebhookScreen() {
  const { webhookId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: WebhookSearch) => void navigate({ search: next });
  const query = useQuery(webhookQuery(webhookId));
  const actions = useWebhookActions(webhookId);
  const open = (delivery: string) => go({ ...search, delivery });
  const close = () => go(search.state ? { state: search.state } : {});
  return (
    <SettingsPage title="Webhook">
      <TextLink to="/settings/webhooks" className={classes['back']}>
        <IconChevronLeft size={16} aria-hidden />
        All webhooks
      </TextLink>
      <QueryView query={query} skeleton={<ScreenSkeleton />}>
        {({ data: webhook, etag }) => (
          <Stack gap="md">
            <WebhookAbout
              webhook={webhook}
              etag={etag}
              actions={actions}
              onTested={open}
              onDeleted={() => void navigate({ to: '/settings/webhooks' })}
            />
            <DeliveriesSection
              webhook={webhook}
              actions={actions}
              state={search.state}
              onState={(state) => go(state ? { state } : {})}
              onOpen={open}
            />
          </Stack>
        )}
      </QueryView>
      <DeliveryDrawer webhookId={webhookId} deliveryId={search.delivery} actions={actions} onClose={close} />
    </SettingsPage>
  );
}

function ScreenSkeleton() {
  return (
    <Stack gap="md">
      <Skeleton height={280} />
      <Skeleton height={360} />
    </Stack>
  );
}
