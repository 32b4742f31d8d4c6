import { Injectable } from '@nestjs/common';
import { type BudgetOwner, Budgets, type BudgetStanding, type OpenChannel, PlatformAccess } from '#channels';
import {
  type Budget,
  genericFailure,
  type PlatformAdapter,
  PlatformFailure,
  type PlatformManifest,
  type SegmentDraft,
} from '#platforms/core';
import { type SegmentRecord } from '../store/index.js';
import { outlineOf } from './compose.js';
import { type Possession } from './possession.js';

/** When others have in hand what is left of a day, it is looked again so much later, in milliseconds. */
const OTHERS_FIRST_MS = 20_000;

/** Why nothing of a publication may be sent now, and when it is tried again. */
export interface NoBudget {
  why: string;
  until: Date;
}

/** What is left of a day, and what a publication takes of it. */
interface Asked {
  owner: BudgetOwner;
  budget: Budget;
  /** What it still takes: what is prepared was used already. */
  need: number;
}

/**
 * Keeps to what a platform lets this installation use in a day: what does not fit any more waits, before anything is sent.
 * What several publications in the hand of this process are about to use counts for each other; another process's does not
 * until it is used, and then the platform itself says that it was too much.
 */
@Injectable()
export class DailyBudgets {
  /** What publications in hand may still use, by budget and publication. */
  private readonly reserved = new Map<string, Map<string, number>>();

  constructor(
    private readonly access: PlatformAccess,
    private readonly budgets: Budgets,
  ) {}

  /**
   * Whether what is still to be sent of a publication, from this segment on, fits into the day. Undefined = it does, and the
   * room is kept for it while it is in hand.
   * @throws PlatformFailure for what no day has room for
   */
  async room(
    possession: Possession,
    open: OpenChannel,
    segment: SegmentRecord,
    draft: SegmentDraft,
  ): Promise<NoBudget | undefined> {
    const asked = this.askedOf(possession, open, segment, draft);
    const [first] = asked;
    if (!first) return undefined;
    const { name } = open.adapter.manifest;
    const standings = await this.budgets.standings(
      first.owner,
      asked.map(({ budget }) => budget),
    );
    // From here to the end nothing is waited for, so that of two who ask at once only one is given the last room.
    const found = asked.map((one, index) => ({ ...one, standing: standings[index] as BudgetStanding }));
    const full = found.filter(({ need, standing }) => standing.used + need > standing.limit);
    const [last] = full.sort((a, b) => b.standing.resetsAt.getTime() - a.standing.resetsAt.getTime());
    if (last) {
      await this.budgets.refuse(last.owner, last.budget);
      return { why: noRoom(name, last.standing, last.need), until: last.standing.resetsAt };
    }
    const others = found.find(
      ({ owner, budget, need, standing }) =>
        standing.used + this.reservedByOthers(owner, budget, possession) + need > standing.limit,
    );
    if (others) {
      const why = `Others are about to use what is left today of ${name}'s daily quota for this installation.`;
      return { why, until: new Date(possession.now().getTime() + OTHERS_FIRST_MS) };
    }
    for (const one of asked) this.reserve(one, possession);
    return undefined;
  }

  private askedOf(possession: Possession, open: OpenChannel, segment: SegmentRecord, draft: SegmentDraft): Asked[] {
    const { adapter, channel, connection } = open;
    const { budgets } = adapter.manifest;
    if (!budgets || !adapter.needs) return [];
    const owner = this.access.budgetOwner(adapter.manifest, channel.practice, connection.way);
    const needs = needsOf(adapter, possession, segment, draft);
    return budgets.flatMap((budget) => {
      const need = needs.reduce((sum, { whole, used }) => {
        return sum + Math.max(0, (whole[budget.id] ?? 0) - (used[budget.id] ?? 0));
      }, 0);
      if (need > budget.limit) throw new PlatformFailure(neverFits(adapter.manifest, budget, need));
      return need > 0 ? [{ owner, budget, need }] : [];
    });
  }

  private reservedByOthers(owner: BudgetOwner, budget: Budget, { record }: Possession): number {
    const held = this.reserved.get(keyOf(owner, budget)) ?? new Map<string, number>();
    return [...held].reduce((sum, [id, amount]) => (id === record.id ? sum : sum + amount), 0);
  }

  private reserve({ owner, budget, need }: Asked, possession: Possession): void {
    const key = keyOf(owner, budget);
    const held = this.reserved.get(key) ?? new Map<string, number>();
    this.reserved.set(key, held.set(possession.record.id, need));
    possession.whenClosed(() => {
      held.delete(possession.record.id);
    });
  }
}

/** What each segment that is not out takes as a whole, and what of it was used for what is prepared. */
function needsOf(adapter: PlatformAdapter, { record, segments }: Possession, now: SegmentRecord, draft: SegmentDraft) {
  return segments
    .filter(({ position, outcome }) => position >= now.position && outcome !== 'published')
    .map((segment) => ({
      whole: adapter.needs?.(segment.id === now.id ? draft : outlineOf(record.content, segment.position)) ?? {},
      used: segment.budget_used,
    }));
}

function keyOf({ platform, practice, app }: BudgetOwner, { id }: Budget): string {
  return JSON.stringify([platform, practice, app, id]);
}

function noRoom(name: string, { used, limit, what, resetsAt }: BudgetStanding, need: number): string {
  return (
    `${name}'s daily quota for this installation has no room for this: ${used} of ${limit} ${what} are used today, ` +
    `and it takes ${need}. It goes on at ${resetsAt.toISOString()}.`
  );
}

function neverFits({ name }: PlatformManifest, { limit, what, docs }: Budget, need: number) {
  return {
    ...genericFailure('permission', name),
    message: `${name} allows this installation ${limit} ${what} a day, and this post takes ${need}.`,
    remedy: 'Ask whoever runs ClickPost to raise the daily limit, then retry.',
    docs,
  };
}
