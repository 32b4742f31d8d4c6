import { Injectable } from '@nestjs/common';
import { Budgets, type NoRoom, type OpenChannel, PlatformAccess, type RoomAsked } from '#channels';
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

/**
 * Keeps to what a platform lets this installation use in a day: what does not fit any more waits, before anything is sent.
 * What others have in hand counts as well, in whichever process they are.
 */
@Injectable()
export class DailyBudgets {
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
    const { adapter, channel, connection } = open;
    const { manifest } = adapter;
    const asked = askedOf(possession, adapter, segment, draft);
    if (asked.every(({ need }) => need === 0)) return undefined;
    const owner = this.access.budgetOwner(manifest, channel.practice, connection.way);
    const none = await this.budgets.reserve(owner, asked, possession.holder);
    switch (none?.why) {
      case undefined:
        return undefined;
      case 'used':
        return { why: noRoom(manifest.name, none), until: none.freeAt };
      case 'kept': {
        const why = `Others are about to use what is left today of ${manifest.name}'s daily quota for this installation.`;
        return { why, until: new Date(possession.now().getTime() + OTHERS_FIRST_MS) };
      }
    }
  }
}

/** What of each budget it still takes: what is prepared was used already. */
function askedOf(
  possession: Possession,
  adapter: PlatformAdapter,
  segment: SegmentRecord,
  draft: SegmentDraft,
): RoomAsked[] {
  const { budgets } = adapter.manifest;
  if (!budgets || !adapter.needs) return [];
  const needs = needsOf(adapter, possession, segment, draft);
  return budgets.map((budget) => {
    const need = needs.reduce((sum, { whole, used }) => {
      return sum + Math.max(0, (whole[budget.id] ?? 0) - (used[budget.id] ?? 0));
    }, 0);
    if (need > budget.limit) throw new PlatformFailure(neverFits(adapter.manifest, budget, need));
    return { budget, need };
  });
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

function noRoom(name: string, { budget: { limit, what }, used, need, freeAt }: NoRoom): string {
  return (
    `${name}'s daily quota for this installation has no room for this: ${used} of ${limit} ${what} are used today, ` +
    `and it takes ${need}. It goes on at ${freeAt.toISOString()}.`
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
