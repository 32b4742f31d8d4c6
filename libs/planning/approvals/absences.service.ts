import { Injectable } from '@nestjs/common';
import { may, type Principal } from '#accounts';
import { Database, type FieldError, Problem, row, rows, type Transaction } from '#kernel';
import { type Absence, overlap } from './absence.js';
import { absencesAround, endAbsence, keepAbsence, lookAgain, timeOf } from './absence-store.js';

/** A time for which a member is away, with names. */
export interface AbsenceView extends Absence {
  /** Who is away. */
  user: { id: string; name: string };
  delegate: { id: string; name: string };
}

/** Who decides for whom while they are away. */
@Injectable()
export class AbsencesService {
  constructor(private readonly database: Database) {}

  /** Those that are not over: of everybody for owners and admins, else those in which one is away or decides for another. */
  async list(principal: Principal, organizationId: string): Promise<AbsenceView[]> {
    requireOwn(principal, organizationId);
    const whose = may(principal, 'members.manage') ? null : principal.userId;
    return this.database.organization(organizationId, (tx) => rows<AbsenceView>(tx, `${VIEWS} ${THEIRS}`, [whose]));
  }

  /** @throws Problem 403 for others than oneself, owners and admins; 404 where they are not away, nor will be */
  async get(principal: Principal, organizationId: string, userId: string): Promise<AbsenceView> {
    requireTheirs(principal, organizationId, userId);
    return this.database.organization(organizationId, (tx) => viewOf(tx, userId));
  }

  /**
   * Says who decides for a member while they are away, in the place of what was said before.
   * @throws Problem 403 for others than oneself, owners and admins; 404 for nobody; 422 where nobody would decide then
   */
  async set(principal: Principal, organizationId: string, absence: Absence): Promise<AbsenceView> {
    requireTheirs(principal, organizationId, absence.userId);
    return this.database.organization(organizationId, async (tx) => {
      // One at a time: two who name each other at the same moment would both be away.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`absences:${organizationId}`]);
      const names = await namesOf(tx, organizationId, [absence.userId, absence.delegateId]);
      if (!names.has(absence.userId)) throw Problem.notFound();
      const around = await absencesAround(tx, [absence.userId, absence.delegateId]);
      const errors = wrongIn(absence, { now: await timeOf(tx), around, names });
      if (errors.length > 0) throw Problem.validation(errors);
      await keepAbsence(tx, organizationId, absence);
      await lookAgain(tx);
      return viewOf(tx, absence.userId);
    });
  }

  /** They decide themselves again. Nothing where they were not away. @throws Problem 403 */
  async end(principal: Principal, organizationId: string, userId: string): Promise<void> {
    requireTheirs(principal, organizationId, userId);
    await this.database.organization(organizationId, async (tx) => {
      await endAbsence(tx, userId);
      await lookAgain(tx);
    });
  }
}

const VIEWS = `
select a.user_id as "userId", a.from_at as "from", a.until_at as "until", a.delegate_id as "delegateId",
       jsonb_build_object('id', u.id, 'name', u.name) as "user", jsonb_build_object('id', d.id, 'name', d.name) as delegate
  from absences a join users u on u.id = a.user_id join users d on d.id = a.delegate_id
 where a.organization_id = current_organization() and a.until_at > clock_timestamp()`;

const THEIRS = 'and ($1::uuid is null or $1 in (a.user_id, a.delegate_id)) order by a.from_at, a.user_id';

async function viewOf(tx: Transaction, userId: string): Promise<AbsenceView> {
  const found = await row<AbsenceView>(tx, `${VIEWS} and a.user_id = $1`, [userId]);
  if (!found) throw Problem.notFound('This member is not away, and has no delegate.');
  return found;
}

async function namesOf(tx: Transaction, organizationId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ id: string; name: string }>(
    tx,
    `select u.id, u.name from members m join users u on u.id = m.user_id
      where m.organization_id = $1 and m.user_id = any($2::uuid[])`,
    [organizationId, ids],
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** @throws Problem 404 for an organization other than the principal's, so that nobody learns of it */
function requireOwn({ organizationId }: Principal, id: string): void {
  if (id !== organizationId) throw Problem.notFound('There is no such organization.');
}

/** @throws Problem 404, 403 */
function requireTheirs(principal: Principal, organizationId: string, userId: string): void {
  requireOwn(principal, organizationId);
  if (principal.userId === userId || may(principal, 'members.manage')) return;
  throw Problem.forbidden('Who decides while somebody is away is theirs to say, or an owner’s or admin’s.');
}

interface Around {
  now: Date;
  /** Others in which one of the two is away, or decides for another. */
  around: readonly Absence[];
  names: ReadonlyMap<string, string>;
}

/** Everything that is wrong with an absence. */
export function wrongIn(absence: Absence, { now, around, names }: Around): FieldError[] {
  const { userId, from, until, delegateId } = absence;
  const errors: FieldError[] = [];
  if (until <= from) errors.push(endsFirst());
  else if (until <= now) errors.push(isOver());
  const delegate = names.get(delegateId);
  if (delegateId === userId) errors.push(oneself());
  else if (delegate === undefined) errors.push(notAMember());
  const meanwhile = around.filter((other) => other.userId !== userId && overlap(absence, other));
  if (delegate !== undefined && meanwhile.some((other) => other.userId === delegateId)) errors.push(away(delegate));
  if (meanwhile.some((other) => other.delegateId === userId)) errors.push(decidesForOthers());
  return errors;
}

const endsFirst = (): FieldError => ({
  field: 'until',
  rule: 'after-from',
  message: 'It ends before it begins.',
  remedy: 'Choose an end after the beginning.',
});

const isOver = (): FieldError => ({
  field: 'until',
  rule: 'in-future',
  message: 'This time is over.',
  remedy: 'Choose an end in the future.',
});

const oneself = (): FieldError => ({
  field: 'delegateId',
  rule: 'other-person',
  message: 'Nobody decides for themselves while they are away.',
  remedy: 'Name somebody else.',
});

const notAMember = (): FieldError => ({
  field: 'delegateId',
  rule: 'member',
  message: 'This person is not a member of the organization.',
  remedy: 'Name a member.',
});

const away = (name: string): FieldError => ({
  field: 'delegateId',
  rule: 'delegate-away',
  message: `${name} is away in that time too.`,
  remedy: 'Name somebody else, or choose another time.',
});

const decidesForOthers = (): FieldError => ({
  field: 'from',
  rule: 'delegate-of-others',
  message: 'In that time this person decides for somebody else who is away.',
  remedy: 'Let that one name somebody else first, or choose another time.',
});
