import { type Standing } from '#planning';
import { type NoticeEvent } from './notice-store.js';
import { type KnownPost, outcomesOf } from './outcomes.js';

const ada = { type: 'user', id: 'ada', name: 'Ada' };

/** As it stands after two approved the content `a`, and it says `b` now, for which Ben is asked. */
const standing = {
  approval: { requested_by: { type: 'user', id: 'eve', name: 'Eve' }, round: 2, content_hash: 'b' },
  decisions: [
    { round: 1, verdict: 'approve', content_hash: 'a', approver: 'member:fay', decided_by: null },
    { round: 2, verdict: 'approve', content_hash: 'a', approver: 'member:ben', decided_by: null },
    { round: 2, verdict: 'approve', content_hash: 'a', approver: 'member:cleo', decided_by: 'dora' },
    { round: 2, verdict: 'approve', content_hash: 'a', approver: 'client:x@example.com', decided_by: null },
    { round: 2, verdict: 'request-changes', content_hash: 'b', comment: 'Shorter.', approver: 'member:ben' },
  ],
  steps: [{ rule: 'any', eligible: ['member:ben'] }],
  progress: { state: 'pending', current: 0, steps: [{ waitingFor: ['member:ben'], people: [], approvedBy: [] }] },
} as unknown as Standing;

const known = (more: Partial<KnownPost> = {}): KnownPost => ({
  ...{ postId: 'p', people: new Set(['ada', 'ben', 'cleo', 'dora', 'eve', 'fay']), authors: new Set(['ada']) },
  ...{ standing, participants: new Map() },
  ...more,
});
const told = (type: string, data: NoticeEvent['data'], more?: Partial<KnownPost>) =>
  outcomesOf({ post_id: 'p', type, data }, known(more)).map(({ userId, cause, about, commentId }) =>
    [userId, cause, about.said, commentId].filter((part) => part !== undefined).join(' '),
  );

describe('what of an event is told to whom', () => {
  it.each([
    ['approval.approved', { by: { id: 'ben' } }, ['ada approval:approved', 'eve approval:approved']],
    ['approval.approved', { by: ada }, ['eve approval:approved']],
    ['approval.changes-requested', { by: ada }, ['eve approval:changes-requested Shorter.']],
    // Ben is asked again, and told of it when it is quiet; Cleo was away, and Dora decided.
    ['approval.withdrawn', { by: ada }, ['dora approval:withdrawn']],
    ['approval.waiting', { by: ada }, []],
  ])('%s %j', (type, data, expected) => {
    expect(told(type, data)).toEqual(expected);
  });

  const comment = { commentId: 'c5', parentId: 'c1', by: ada, mentions: ['ben', 'ada'], excerpt: 'Look.' };
  const participants = new Map([
    ['c1', ['ada', 'ben', 'dora', 'fay'].map((user, index) => ({ user, first: `c${index * 2}` }))],
  ]);

  it('tells of a comment who is mentioned, then who wrote in the thread before, each once', () => {
    expect(told('comment.created', comment, { participants })).toEqual([
      'ben comment:mention Look. c5',
      'dora comment:reply Look. c1',
    ]);
  });

  it('tells of a client’s comment the authors and who asked, in whatever thread', () => {
    const by = { type: 'client', id: 'cleo@example.com', name: 'Cleo' };
    const first = { commentId: 'c1', parentId: null, by, mentions: [], excerpt: 'No.' };
    expect(told('comment.created', first)).toEqual(['ada comment:client No. c1', 'eve comment:client No. c1']);
  });

  it('tells nobody who does not see the workspace', () => {
    const people = new Set(['ada']);
    expect(told('comment.created', comment, { participants, people })).toEqual([]);
    expect(told('approval.approved', {}, { people, standing: undefined })).toEqual(['ada approval:approved']);
  });
});
