import { Injectable } from '@nestjs/common';
import { v4 as uuid } from 'uuid';
import { Database, earlierAnswer, type IdempotencyClaim, once, Problem, row, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type AttentionFilter } from '../attention-search.js';
import { AttentionService, type SelectedPublication } from '../attention.service.js';
import { explainHeld, type HeldReason, type PublicationState } from '../rules/index.js';
import { type Actor, type PublicationRecord } from '../store/index.js';
import { holdByHand, lookByHand, releaseByHand, resolveByHand, retryByHand } from './by-hand.js';
import { factsOf, lockFacts, type PublicationFacts } from './facts.js';
import { outlookOf, type SupportOrder } from './outlook.js';
import { foresee, type Foreseen, groupsOf, type PreviewGroup, wordsOf } from './preview.js';
import { type ResolvedOutcome, type SupportAction } from './refusals.js';

/** Publications of one bulk action at the most. */
export const MAX_BULK = 1_000;
/** How long a preview may be carried out, in minutes. */
const PREVIEW_MINUTES = 60;
/** Publications that are locked together. */
const BATCH = 50;
/** Publications that a preview shows one by one. */
const SHOWN = 20;

/** Who asks, and in whose name the log is written. */
export interface SupportPerson {
  organizationId: string;
  userId: string;
  actor: Actor;
}

/** Which publications: found by a filter, or named. */
export type SupportSelection = { filter: AttentionFilter } | { ids: readonly string[] };

/** What a bulk action will do. */
export interface SupportPreview {
  /** Carries it out, on exactly these publications as they are now. */
  token: string;
  expiresAt: Date;
  total: number;
  /** Of how many something will change. */
  done: number;
  groups: PreviewGroup[];
  /** The first of them. */
  items: (Foreseen & { words: string })[];
}

/** What became of one publication. */
export interface SupportResult {
  id: string;
  outcome: 'done' | 'skipped';
  /** As it is now; absent where it is no longer there. */
  state?: PublicationState;
  heldReason?: HeldReason;
  /** Why it was skipped, or what still keeps it back. */
  why?: string;
}

interface PreviewRow {
  action: SupportAction;
  outcome: ResolvedOutcome | null;
  items: SelectedPublication[];
  results: Record<string, Omit<SupportResult, 'id'>>;
}

/** Does the same about many publications, after having said what that will be. */
@Injectable()
export class SupportActionsService {
  constructor(
    private readonly database: Database,
    private readonly attention: AttentionService,
    private readonly registry: PlatformRegistry,
  ) {}

  /**
   * What an order will do, and a token that carries it out. Writes nothing about the publications.
   * @throws Problem 404 for an id that is not of this organization; 422 for more than `MAX_BULK`
   */
  async preview(person: SupportPerson, order: SupportOrder, selection: SupportSelection): Promise<SupportPreview> {
    const { organizationId } = person;
    const ids = await this.chosen(organizationId, selection);
    return this.database.tenant(organizationId, async (tx) => {
      const all = await factsOf(tx, ids);
      if ('ids' in selection && all.length < ids.length) throw Problem.notFound(missing(ids, all));
      const foreseen = foresee(order, all);
      const { token, expiresAt } = await keep(tx, person, order, all);
      return {
        token,
        expiresAt,
        total: all.length,
        done: foreseen.filter(({ outlook }) => outlook.does !== 'nothing').length,
        groups: groupsOf(order, foreseen, (platform) => this.nameOf(platform)),
        items: foreseen.slice(0, SHOWN).map((one) => ({ ...one, words: wordsOf(order, one) })),
      };
    });
  }

  /**
   * Carries out what a preview showed, or a part of it, in batches. What was done is kept with the preview, so a repeat
   * answers the same and does nothing twice. What changed since the preview is skipped.
   * @throws Problem 404 for a token that is unknown, somebody else's or too old
   */
  async carryOut(
    person: SupportPerson,
    token: string,
    part: { offset: number; limit: number },
    claim: IdempotencyClaim | undefined,
  ): Promise<{ results: SupportResult[]; total: number }> {
    const earlier = claim && (await earlierAnswer<{ results: SupportResult[]; total: number }>(this.database, claim));
    if (earlier) return earlier;
    const turns = new Map<string, number>();
    for (;;) {
      const preview = await this.database.tenant(person.organizationId, (tx) =>
        carryOutBatch(tx, person, token, part, turns),
      );
      if (preview.left > 0) continue;
      const { results, total } = preview;
      return once(this.database, person.organizationId, claim, () => Promise.resolve({ results, total }));
    }
  }

  private async chosen(organizationId: string, selection: SupportSelection): Promise<string[]> {
    if ('ids' in selection) return [...new Set(selection.ids)].sort();
    const { items, total } = await this.attention.select(organizationId, selection.filter, MAX_BULK);
    if (total > MAX_BULK) throw tooMany(total);
    return items.map(({ id }) => id);
  }

  private nameOf(platform: string): string {
    return this.registry.get(platform).adapter.manifest.name;
  }
}

/** Does the next batch of a preview's part. `left` = how many of the part are still to be done. */
async function carryOutBatch(
  tx: Transaction,
  person: SupportPerson,
  token: string,
  { offset, limit }: { offset: number; limit: number },
  turns: Map<string, number>,
): Promise<{ results: SupportResult[]; total: number; left: number }> {
  const preview = await lockPreview(tx, person, token);
  const part = preview.items.slice(offset, offset + limit);
  const open = part.filter(({ id }) => !Object.hasOwn(preview.results, id));
  const batch = open.slice(0, BATCH);
  const fresh = await act(tx, person.actor, orderOf(preview), batch, turns);
  if (batch.length > 0) {
    await tx.query('update support_previews set results = results || $2::jsonb where id = $1', [
      token,
      JSON.stringify(fresh),
    ]);
  }
  const known = { ...preview.results, ...fresh };
  const results = part.flatMap(({ id }) => (known[id] ? [{ id, ...known[id] }] : []));
  return { results, total: preview.items.length, left: open.length - batch.length };
}

async function act(
  tx: Transaction,
  actor: Actor,
  order: SupportOrder,
  batch: readonly SelectedPublication[],
  turns: Map<string, number>,
): Promise<PreviewRow['results']> {
  const found = new Map(
    (
      await lockFacts(
        tx,
        batch.map(({ id }) => id),
      )
    ).map((facts) => [facts.id, facts]),
  );
  const results: PreviewRow['results'] = {};
  for (const { id, version } of batch) {
    const facts = found.get(id);
    results[id] = facts ? await actOn(tx, actor, order, facts, version, turns) : GONE;
  }
  return results;
}

const GONE: Omit<SupportResult, 'id'> = { outcome: 'skipped', why: 'It is no longer there.' };

async function actOn(
  tx: Transaction,
  actor: Actor,
  order: SupportOrder,
  facts: PublicationFacts,
  version: number,
  turns: Map<string, number>,
): Promise<Omit<SupportResult, 'id'>> {
  if (facts.version !== version) {
    return { ...skipped(facts), why: `It changed since the preview: it is ${facts.state} now. Look at it once more.` };
  }
  const outlook = outlookOf(order, facts);
  if (outlook.does === 'nothing') return { ...skipped(facts), why: outlook.refusal.words };
  const turn = turns.get(facts.channel_id) ?? 0;
  turns.set(facts.channel_id, turn + 1);
  const { state, held_reason } = await deed(tx, actor, order, facts, turn);
  return {
    outcome: 'done',
    state,
    ...(held_reason && { heldReason: held_reason }),
    ...(held_reason && order.action !== 'hold' && { why: explainHeld(held_reason).message }),
  };
}

function skipped({ state, held_reason }: PublicationRecord): Omit<SupportResult, 'id'> {
  return { outcome: 'skipped', state, ...(held_reason && { heldReason: held_reason }) };
}

/** The same deeds as for a single publication. */
function deed(
  tx: Transaction,
  actor: Actor,
  order: SupportOrder,
  record: PublicationRecord,
  turn: number,
): Promise<PublicationRecord> {
  switch (order.action) {
    case 'retry':
      return retryByHand(tx, actor, record);
    case 'hold':
      return holdByHand(tx, actor, record);
    case 'release':
      return releaseByHand(tx, actor, record);
    case 'resolve':
      return resolveByHand(tx, actor, record, { outcome: order.outcome });
    case 'reconcile':
      return lookByHand(tx, actor, record, turn);
  }
}

async function keep(
  tx: Transaction,
  { organizationId, userId }: SupportPerson,
  order: SupportOrder,
  all: readonly PublicationFacts[],
): Promise<{ token: string; expiresAt: Date }> {
  await tx.query(
    `delete from support_previews where organization_id = $1 and created_at < now() - make_interval(mins => $2)`,
    [organizationId, PREVIEW_MINUTES],
  );
  const token = uuid();
  const kept = await row<{ expires_at: Date }>(
    tx,
    `insert into support_previews (id, organization_id, user_id, action, outcome, items)
     values ($1, $2, $3, $4, $5, $6) returning created_at + make_interval(mins => $7) as expires_at`,
    [
      token,
      organizationId,
      userId,
      order.action,
      order.action === 'resolve' ? order.outcome : null,
      JSON.stringify(all.map(({ id, version }) => ({ id, version }))),
      PREVIEW_MINUTES,
    ],
  );
  if (!kept) throw new Error('The preview was not kept.');
  return { token, expiresAt: kept.expires_at };
}

async function lockPreview(tx: Transaction, { userId }: SupportPerson, token: string): Promise<PreviewRow> {
  const found = await row<PreviewRow>(
    tx,
    `select action, outcome, items, results from support_previews
      where id = $1 and user_id = $2 and created_at > now() - make_interval(mins => $3) for update`,
    [token, userId, PREVIEW_MINUTES],
  );
  if (found) return found;
  throw Problem.notFound(
    `There is no such preview, or it is older than ${PREVIEW_MINUTES} minutes. Ask for a new one.`,
  );
}

function orderOf({ action, outcome }: PreviewRow): SupportOrder {
  if (action !== 'resolve') return { action };
  if (outcome === null) throw new Error('A preview of a decision without the decision.');
  return { action, outcome };
}

function missing(ids: readonly string[], all: readonly PublicationFacts[]): string {
  const there = new Set(all.map(({ id }) => id));
  const gone = ids.filter((id) => !there.has(id));
  return `There is no publication ${gone.slice(0, 3).join(', ')}${gone.length > 3 ? ` and ${gone.length - 3} more` : ''}.`;
}

function tooMany(total: number): Problem {
  return Problem.validation([
    {
      field: 'filter',
      rule: 'tooMany',
      message: `This finds ${total} publications; at most ${MAX_BULK} are changed at once.`,
      remedy: 'Narrow the filter, by channel or time for example, and repeat it for the rest.',
    },
  ]);
}
