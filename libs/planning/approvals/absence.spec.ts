import { type Absence, delegatesAt, overlap } from './absence.js';
import { wrongIn } from './absences.service.js';
import { type ApprovalRecord } from './approval-store.js';
import { openSteps, type Person } from './people.js';

const day = (number: number) => new Date(Date.UTC(2026, 4, number));
const away = (userId: string, delegateId: string, from = 1, until = 3): Absence => ({
  ...{ userId, delegateId, from: day(from), until: day(until) },
});
const everybody = new Set(['ada', 'ben', 'cleo', 'dora']);

describe('who decides for whom', () => {
  it.each([
    ['before it', 0, []],
    ['from its beginning on', 1, [['member:ben', 'member:dora']]],
    ['at its end no more', 3, []],
  ])('holds %s', (_, now, expected) => {
    expect([...delegatesAt([away('ben', 'dora')], everybody, day(now))]).toEqual(expected);
  });

  it('is nobody where the delegate may not decide, or is away, and is never handed on', () => {
    expect(delegatesAt([away('ben', 'dora')], new Set(['ben']), day(2)).size).toBe(0);
    const chain = delegatesAt([away('ben', 'dora'), away('dora', 'cleo')], everybody, day(2));
    expect([...chain]).toEqual([['member:dora', 'member:cleo']]);
  });
});

describe('what can be said of an absence', () => {
  const names = new Map([...everybody].map((id) => [id, id]));
  const wrong = (absence: Absence, around: Absence[] = []) =>
    wrongIn(absence, { now: day(1), around, names }).map(({ field, rule }) => `${field} ${rule}`);

  it.each([
    ['a time to come', away('ben', 'dora', 2, 3), [], []],
    ['a time that has begun', away('ben', 'dora', -2, 3), [], []],
    ['an end before the beginning', away('ben', 'dora', 3, 2), [], ['until after-from']],
    ['a time that is over', away('ben', 'dora', -2, 0), [], ['until in-future']],
    ['oneself', away('ben', 'ben'), [], ['delegateId other-person']],
    ['a stranger', away('ben', 'zoe'), [], ['delegateId member']],
    ['somebody who is away too', away('ben', 'dora'), [away('dora', 'cleo', 2, 9)], ['delegateId delegate-away']],
    ['somebody who is away afterwards', away('ben', 'dora'), [away('dora', 'cleo', 3, 9)], []],
    ['somebody who decides for others', away('ben', 'dora'), [away('ada', 'ben')], ['from delegate-of-others']],
    ['another time than before', away('ben', 'dora'), [away('ben', 'cleo')], []],
    ['the same delegate as another', away('ben', 'dora'), [away('ada', 'dora')], []],
  ])('%s', (_, absence, around, expected) => {
    expect(wrong(absence, around)).toEqual(expected);
  });

  it('meets another where they have a moment in common, and not where one ends as the other begins', () => {
    expect(overlap(away('a', 'b', 1, 3), away('c', 'd', 2, 4))).toBe(true);
    expect(overlap(away('a', 'b', 1, 3), away('c', 'd', 3, 4))).toBe(false);
  });
});

describe('the steps of an approval', () => {
  const person = (id: string, there: Person['there'], role: Person['role'] = 'member'): Person => ({
    ...{ id, name: id, role, there },
  });
  const people = [
    person('ada', null, 'owner'),
    person('ben', 'approver'),
    person('dora', 'approver'),
    person('eve', 'author'),
  ];
  const approval: Pick<ApprovalRecord, 'steps' | 'self_approval' | 'escalation'> = {
    steps: [
      { name: 'Lead', approvers: { members: ['ben'], clients: ['Cleo@Example.com', 'cleo@example.com'] }, rule: 'all' },
    ],
    self_approval: false,
    escalation: { hours: 24, roles: ['owner', 'approver'] },
  };
  const at = (due: Date | undefined, now = day(2), absences: Absence[] = [], authors: string[] = []) =>
    openSteps(approval, people, new Set(authors), { now, due, absences })[0]!;

  it('name each approver once, and in reserve those whom the escalation names besides', () => {
    expect(at(undefined)).toMatchObject({
      eligible: ['member:ben', 'client:cleo@example.com'],
      reserve: ['member:ada', 'member:dora'],
    });
  });

  it.each([
    ['a draft', undefined, false],
    ['a moment too early', new Date(day(3).getTime() + 1), false],
    ['when it is time', day(3), true],
    ['when it is overdue', day(1), true],
  ])('are escalated by time: %s', (_, due, escalated) => {
    expect(at(due).escalated).toBe(escalated);
  });

  it('let nobody decide for others who may not approve, or wrote the post', () => {
    expect(at(undefined, day(2), [away('ben', 'dora')]).delegates?.size).toBe(1);
    expect(at(undefined, day(2), [away('ben', 'eve')]).delegates?.size).toBe(0);
    const written = at(undefined, day(2), [away('ben', 'dora')], ['dora']);
    expect(written.delegates?.size).toBe(0);
    expect(written.standIns?.has('member:dora')).toBe(false);
  });
});
