import { type Schema } from '../api/client.js';
import { type Webhook } from './queries.js';

/** What the form of a webhook holds. */
export interface WebhookValues extends Record<string, unknown> {
  url: string;
  description: string;
  what: 'all' | 'some';
  eventTypes: string[];
  where: 'all' | 'some';
  workspaceIds: string[];
}

/** What the form begins with. */
export function valuesOf(webhook?: Webhook): WebhookValues {
  const eventTypes = Array.isArray(webhook?.eventTypes) ? [...webhook.eventTypes] : [];
  const workspaceIds = webhook?.workspaceIds ?? [];
  return {
    url: webhook?.url ?? 'https://',
    description: webhook?.description ?? '',
    what: eventTypes.length > 0 ? 'some' : 'all',
    eventTypes,
    where: workspaceIds.length > 0 ? 'some' : 'all',
    workspaceIds,
  };
}

/** What is missing, by field. */
export function brokenIn({ url, what, eventTypes, where, workspaceIds }: WebhookValues): Record<string, string> {
  return {
    ...(!/^https?:\/\/[^/]/.test(url.trim()) && { url: 'Enter an address like https://example.com/webhooks.' }),
    ...(what === 'some' && eventTypes.length === 0 && { eventTypes: 'Choose at least one.' }),
    ...(where === 'some' && workspaceIds.length === 0 && { workspaceIds: 'Choose at least one.' }),
  };
}

/** As the API takes it. */
export function requestOf(values: WebhookValues): Schema<'CreateWebhookDto'> {
  const { url, description, what, eventTypes, where, workspaceIds } = values;
  return {
    url: url.trim(),
    description: description.trim(),
    eventTypes: what === 'all' ? 'all' : (eventTypes as Exclude<Schema<'CreateWebhookDto'>['eventTypes'], 'all'>),
    workspaceIds: where === 'all' ? null : workspaceIds,
  };
}
