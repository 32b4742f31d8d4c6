import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconX } from '@tabler/icons-react';
import { type Look } from '../ui/look-badge.js';
import { type Delivery, type Webhook } from './queries.js';

/** How a webhook stands. */
export const WEBHOOK_LOOKS: Readonly<Record<Webhook['state'], Look>> = {
  working: { word: 'Working', color: 'teal', icon: IconCheck },
  failing: { word: 'Failing', color: 'orange', icon: IconAlertTriangle },
  disabled: { word: 'Disabled', color: 'gray', icon: IconBan },
};

/** How a delivery stands. */
export const DELIVERY_LOOKS: Readonly<Record<Delivery['state'], Look>> = {
  waiting: { word: 'Waiting', color: 'iris', icon: IconClock },
  delivered: { word: 'Delivered', color: 'teal', icon: IconCheck },
  failed: { word: 'Failed', color: 'red', icon: IconX },
};
