import { type ApproverKey, type Standing, whoMayApprove } from '#planning';
import { type NewNotice, type NoticeEvent, type Participant } from './notice-store.js';

/** What is known of a post to which something happened. */
export interface KnownPost {
  postId: string;
  /** Those who see the workspace now: nobody else is told anything. */
  people: ReadonlySet<string>;
  /** Who wrote the post. */
  authors: ReadonlySet<string>;
  /** Of its approval, if anybody asked for one. */
  standing: Standing | undefined;
  /** By thread: which members wrote in it. */
  participants: ReadonlyMap<string, readonly Participant[]>;
}

/** What of an event is to be told to whom. Nobody is told what they did themselves, or the same thing twice. */
export function outcomesOf(event: NoticeEvent, known: KnownPost): NewNotice[] {
  const by = actorIn(event.data);
  const told = toldOf(event, known, by?.type === 'client');
  const seen = new Set<string>(by?.id === undefined ? [] : [by.id]);
  return told.flatMap(({ users, ...notice }) => {
    const fresh = [...new Set(users)].filter((id) => known.people.has(id) && !seen.has(id));
    for (const id of fresh) seen.add(id);
    const about = { by: by?.name, ...notice.about };
    return fresh.map((userId) => ({ ...notice, about, userId, postId: known.postId }));
  });
}

/** The events of which somebody is told, besides those that it waits for. */
export const TOLD_EVENTS: readonly string[] = [
  'approval.approved',
  'approval.changes-requested',
  'approval.withdrawn',
  'comment.created',
];

type Told = Omit<NewNotice, 'userId' | 'postId'> & { users: readonly string[] };

function toldOf({ type, data }: NoticeEvent, known: KnownPost, byClient: boolean): Told[] {
  const asked = known.standing?.approval.requested_by.id;
  const writers = [...known.authors, ...(asked === undefined ? [] : [asked])];
  switch (type) {
    case 'approval.approved':
      return [{ cause: 'approval:approved', users: writers, about: {} }];
    case 'approval.changes-requested':
      return [{ cause: 'approval:changes-requested', users: writers, about: { said: wishIn(known.standing) } }];
    case 'approval.withdrawn':
      return [{ cause: 'approval:withdrawn', users: approvedBefore(known.standing), about: {} }];
    case 'comment.created':
      return ofComment(data, known, byClient ? writers : []);
    default:
      return [];
  }
}

function ofComment(data: NoticeEvent['data'], { participants }: KnownPost, writers: readonly string[]): Told[] {
  const { commentId, parentId, mentions, excerpt } = data;
  if (typeof commentId !== 'string') throw new Error('The event of a comment does not name it.');
  const thread = typeof parentId === 'string' ? parentId : commentId;
  // Whoever joined afterwards has seen it.
  const before = (participants.get(thread) ?? []).filter(({ first }) => first < commentId).map(({ user }) => user);
  const about = { said: typeof excerpt === 'string' ? excerpt : undefined };
  const mentioned = Array.isArray(mentions) ? mentions.filter((id) => typeof id === 'string') : [];
  return [
    { cause: 'comment:mention', users: mentioned, commentId, about },
    { cause: 'comment:reply', users: before, commentId: thread, about },
    { cause: 'comment:client', users: writers, commentId: thread, about },
  ];
}

/** Who approved something else in this round, and is not asked about what it says now: those are told when it is quiet. */
function approvedBefore(standing: Standing | undefined): string[] {
  if (!standing) return [];
  const { approval, decisions } = standing;
  const asked = askedNow(standing);
  return decisions
    .filter((one) => one.round === approval.round && one.verdict === 'approve')
    .filter((one) => one.content_hash !== approval.content_hash)
    .map(({ approver, decided_by: delegate }): ApproverKey => (delegate === null ? approver : `member:${delegate}`))
    .filter((key) => key.startsWith('member:') && !asked.has(key))
    .map((key) => key.slice('member:'.length));
}

/** Everybody who may approve now, with those for whom they would. */
export function askedNow({ steps, progress }: Standing): Map<ApproverKey, ApproverKey[]> {
  const { current } = progress;
  const [step, stands] = current === undefined ? [] : [steps[current], progress.steps[current]];
  return step && stands ? whoMayApprove(step, stands) : new Map<ApproverKey, ApproverKey[]>();
}

/** What was said by whoever asked for changes last. */
function wishIn(standing: Standing | undefined): string | undefined {
  return standing?.decisions.findLast(({ verdict }) => verdict === 'request-changes')?.comment ?? undefined;
}

interface EventActor {
  type?: string | undefined;
  id?: string | undefined;
  name?: string | undefined;
}

function actorIn({ by }: NoticeEvent['data']): EventActor | undefined {
  if (typeof by !== 'object' || by === null) return undefined;
  const { type, id, name } = by as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { type: text(type), id: text(id), name: text(name) };
}
