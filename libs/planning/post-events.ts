import { type DomainEvent } from '#kernel';
import { type Actor, type Due } from '#publishing';
import { type PostRecord } from './post-record.js';

/** Characters of a text that are told of it; what says it is the post itself. */
const EXCERPT = 280;

/** What happened to a post, for `recordEvents`, in the order in which it is told. */
export function postEvents(
  post: PostRecord,
  actor: Actor,
  happened: { created?: boolean; updated?: boolean; due?: Due | undefined; deleted?: boolean },
): DomainEvent[] {
  const { organization_id: organizationId, workspace_id: workspaceId, id: postId, revision } = post;
  const text = [...post.content.content.text].slice(0, EXCERPT).join('');
  const event = (type: string, more: Record<string, unknown> = {}): DomainEvent => ({
    ...{ organizationId, workspaceId, type: `post.${type}` },
    data: { postId, revision, text, by: actor, ...more },
  });
  const { created, updated, due, deleted } = happened;
  return [
    ...(created ? [event('created')] : []),
    ...(updated ? [event('updated')] : []),
    ...(due ? [event('scheduled', { dueAt: due.at.toISOString(), timeZone: due.timeZone })] : []),
    ...(deleted ? [event('deleted')] : []),
  ];
}
