export { EVENT_TYPES, type EventType, TEST_EVENT, WEBHOOK_EVENT_TYPES, type WebhookEventType } from './catalogue.js';
export { type DescribedEvent, describeEventTypes } from './describe.js';
export {
  DELIVERY_STATES,
  DeliveriesService,
  type DeliveryDetail,
  type DeliveryState,
  type DeliveryView,
  type TryView,
} from './deliveries.service.js';
export { type LeasedDelivery, leaseDue } from './lease.js';
export { type DisabledReason } from './record.js';
export { webhookSecrets } from './sealed.js';
export { forgetOldDeliveries, WebhookDelivery } from './webhook-delivery.js';
export { type WebhookView } from './webhook-record.js';
export {
  FORMER_SECRET_HOURS,
  type WebhookChange,
  type WebhookInput,
  WEBHOOKS_MAX,
  WebhooksService,
  type WebhookWithSecret,
} from './webhooks.service.js';
