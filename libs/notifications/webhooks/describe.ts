import { EVENT_TYPES, WEBHOOK_EVENT_TYPES } from './catalogue.js';
import { messageOf } from './payload.js';

/** One kind of event, for people who write a receiver. */
export interface DescribedEvent {
  type: string;
  /** When it happens, in one sentence. */
  when: string;
  /** A whole payload. */
  example: Record<string, unknown>;
}

const ID = '0197a1b4-1d33-7a6c-8f7b-5e4d3c2b1a07';
const ORGANIZATION = '0197a1ae-0a11-7b2c-9d3e-4f5a6b7c8d08';
const WORKSPACE = '0197a1ae-0b22-7c3d-8e4f-5a6b7c8d9e09';
const AT = new Date('2027-03-01T09:00:02.417Z');

/** The catalogue with whole examples, in its order. @param publicUrl where the examples' links lead */
export function describeEventTypes(publicUrl = 'https://clickpost.example'): DescribedEvent[] {
  return WEBHOOK_EVENT_TYPES.map((type) => {
    const { when, example } = EVENT_TYPES[type];
    const event = { id: ID, organizationId: ORGANIZATION, workspaceId: WORKSPACE, type, at: AT, data: { ...example } };
    const { payload } = messageOf(event, publicUrl);
    return { type, when, example: JSON.parse(payload) as Record<string, unknown> };
  });
}
