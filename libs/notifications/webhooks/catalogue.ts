/** One kind of event that programs can have. */
export interface EventType {
  /** When it happens, in one sentence. */
  when: string;
  /** Its data, beside `organizationId`, `workspaceId` and `links`, which each event has. */
  example: Readonly<Record<string, unknown>>;
}

const POST = '0197a1b2-7c11-7e3a-9d4f-2b6c8e0a1f01';
const PUBLICATION = '0197a1b2-7c55-7b1e-8a2d-5f3e9c7b0d02';
const CHANNEL = '0197a1b0-11aa-7d0c-8b7e-1c2d3e4f5a03';
const CONNECTION = '0197a1af-90ee-7a4b-9c8d-6e5f4a3b2c04';
const HASH = 'c0ffee5e2b8c4a60c1f7d2f0b5a3e8d94716f5a4b3c2d1e0f9a8b7c6d5e4f3a2';
const ADA = { type: 'user', id: '0197a1ae-3f00-7c21-8d5e-9b8a7c6d5e05', name: 'Ada' };
const WORKER = { type: 'worker' };
const FAILURE = {
  kind: 'unavailable',
  message: 'Mastodon did not answer in time.',
  remedy: 'Nothing is needed: it is tried again.',
};

const post = { postId: POST, revision: 2, text: 'Our new roast is here.', by: ADA };
const approval = { postId: POST, revision: 2, round: 1, contentHash: HASH };
const publication = {
  ...{ publicationId: PUBLICATION, postId: POST, channelId: CHANNEL, platform: 'mastodon', version: 7 },
  ...{ attempt: 1, dueAt: '2027-03-01T09:00:00.000Z', by: WORKER },
};
const connection = {
  ...{ connectionId: CONNECTION, platform: 'mastodon', practice: false },
  ...{ account: { id: '109', name: 'North Roast' }, status: 'connected', expiresAt: null },
};

/**
 * Every kind of event that programs can have: the one place from which the API's list, its rules and docs/webhooks.md derive.
 * What is recorded under another name is sent to nobody.
 */
export const EVENT_TYPES = {
  'post.created': { when: 'Somebody wrote a post.', example: { ...post, revision: 1 } },
  'post.updated': {
    when: 'What a post says was changed, or it became a draft again; while somebody writes a draft, that is often.',
    example: post,
  },
  'post.scheduled': {
    when: 'A post was given a time, or another one.',
    example: { ...post, dueAt: '2027-03-01T09:00:00.000Z', timeZone: 'Europe/Berlin' },
  },
  'post.deleted': { when: 'A post was deleted.', example: post },
  'approval.requested': { when: 'Somebody asked for approval of a post.', example: { ...approval, by: ADA } },
  'approval.decided': {
    when: 'An approver agreed to a post, or asked for changes.',
    example: { ...approval, by: { ...ADA, type: 'member' }, decision: 'approve', comment: null },
  },
  'approval.withdrawn': {
    when: 'What was approved says something else now, so it is not approved any more.',
    example: { ...approval, by: ADA },
  },
  'approval.approved': { when: 'The last approval that was needed is there.', example: { ...approval, by: ADA } },
  'approval.changes-requested': {
    when: 'It came to this: the post has to be changed before it can be approved.',
    example: { ...approval, by: ADA },
  },
  'approval.waiting': {
    when: 'Others are waited for than before.',
    example: {
      ...{ ...approval, step: 0, stepName: 'Client', waitingFor: [{ ...ADA, type: 'member' }] },
      ...{ why: 'requested', by: ADA },
    },
  },
  'comment.created': {
    when: 'Somebody commented on a post.',
    example: {
      ...{ postId: POST, commentId: '0197a1b3-0c22-7f5b-9e6a-4d3c2b1a0f06', parentId: null, by: ADA },
      ...{ visibility: 'internal', mentions: [], excerpt: 'Is the price still right?' },
    },
  },
  'comment.resolved': {
    when: 'A thread of comments was marked as settled, or opened again.',
    example: { postId: POST, commentId: '0197a1b3-0c22-7f5b-9e6a-4d3c2b1a0f06', by: ADA },
  },
  'publication.scheduled': {
    when: 'A post is to be published on a channel.',
    example: { ...publication, state: 'scheduled', version: 1, attempt: 0, by: ADA },
  },
  'publication.rescheduled': {
    when: 'A publication was given another time.',
    example: { ...publication, state: 'scheduled', version: 3, attempt: 0, by: ADA },
  },
  'publication.held': {
    when: 'As things stand, a publication may not go out.',
    example: { ...publication, state: 'held', heldReason: 'channel-paused' },
  },
  'publication.released': {
    when: 'What held a publication is gone.',
    example: { ...publication, state: 'scheduled', why: 'Its cause is gone.' },
  },
  'publication.retry-planned': {
    when: 'An attempt did not succeed, and another one is planned, or another look at the platform.',
    example: { ...publication, state: 'scheduled', failure: FAILURE, nextAt: '2027-03-01T09:05:00.000Z' },
  },
  'publication.published': {
    when: 'A publication is visible on its platform; `note` says what people still have to do about it, where there is something.',
    example: { ...publication, state: 'published', permalink: 'https://mastodon.example/@northroast/109' },
  },
  'publication.failed': {
    when: 'A publication did not succeed, and is not tried again by itself.',
    example: { ...publication, state: 'failed', failure: { ...FAILURE, kind: 'content' } },
  },
  'publication.unconfirmed': {
    when: 'Whether a publication is visible could not be found out; somebody has to look.',
    example: { ...publication, state: 'unconfirmed', failure: { ...FAILURE, kind: 'unknown' } },
  },
  'publication.resolved': {
    when: 'Somebody decided what became of an unconfirmed publication.',
    example: { ...publication, state: 'published', by: ADA },
  },
  'publication.cancelled': {
    when: 'A publication was called off.',
    example: { ...publication, state: 'cancelled', why: 'The post was deleted.', by: ADA },
  },
  'publication.removed': {
    when: 'A publication was taken down from its platform.',
    example: { ...publication, state: 'published', by: ADA },
  },
  'connection.connected': {
    when: 'An account was connected; told once for each workspace that it serves, like all that happens to connections.',
    example: connection,
  },
  'connection.disconnected': {
    when: 'A sign-in was given up or is no longer accepted by its platform; nothing can be published through it.',
    example: { ...connection, status: 'disconnected', failure: { ...FAILURE, kind: 'auth' } },
  },
  'connection.reconnected': { when: 'A sign-in was replaced, or works again.', example: connection },
  'connection.expiring': {
    when: 'A sign-in ends within a week, and somebody has to renew it.',
    example: { ...connection, expiresAt: '2027-03-07T12:00:00.000Z' },
  },
} as const satisfies Record<string, EventType>;

export type WebhookEventType = keyof typeof EVENT_TYPES;

/** All of them, in the order of the catalogue. */
export const WEBHOOK_EVENT_TYPES = Object.keys(EVENT_TYPES) as WebhookEventType[];

/** What is sent when somebody asks for it, to try a webhook. It cannot be chosen, and goes to that webhook alone. */
export const TEST_EVENT = 'webhook.test';

/** Whether programs can have it. */
export function isWebhookEventType(type: string): type is WebhookEventType {
  return Object.hasOwn(EVENT_TYPES, type);
}
