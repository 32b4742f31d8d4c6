import { type ApproverKey } from './progress.js';

/** A time for which a member is away, and who decides in their place meanwhile. Its end is not part of it. */
export interface Absence {
  userId: string;
  from: Date;
  until: Date;
  delegateId: string;
}

/** Whether it holds at a moment. */
export function holdsAt({ from, until }: Pick<Absence, 'from' | 'until'>, now: Date): boolean {
  return from <= now && now < until;
}

/** Whether two of them have a moment in common. */
export function overlap(one: Pick<Absence, 'from' | 'until'>, other: Pick<Absence, 'from' | 'until'>): boolean {
  return one.from < other.until && other.from < one.until;
}

/**
 * Who decides for whom at a moment: one for each absent member. Whoever is away themselves decides for nobody, and what was
 * handed to them is not handed on.
 * @param allowed user ids of those who may decide at all
 */
export function delegatesAt(
  absences: readonly Absence[],
  allowed: ReadonlySet<string>,
  now: Date,
): Map<ApproverKey, ApproverKey> {
  const away = absences.filter((absence) => holdsAt(absence, now));
  const absent = new Set(away.map(({ userId }) => userId));
  return new Map(
    away
      .filter(({ delegateId }) => allowed.has(delegateId) && !absent.has(delegateId))
      .map(({ userId, delegateId }): [ApproverKey, ApproverKey] => [`member:${userId}`, `member:${delegateId}`]),
  );
}
