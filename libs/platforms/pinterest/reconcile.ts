import {
  type AccountContext,
  type Evidence,
  type JsonObject,
  MalformedAnswerError,
  type ReconcileInput,
  type Reconciliation,
  stringField,
} from '#platforms/core';
import { idField, pagesOf } from './api.js';
import { isGone, OPERATIONS } from './classify.js';
import { kindIn, type PreparedPin, receiptOf } from './publish.js';

/** Pinterest's clock may be a little behind ours, and `created_at` is cut off to whole seconds. */
const CLOCK_TOLERANCE_MS = 5_000;
/** A thousand Pins. */
const MOST_PAGES = 4;

/** A Pin of the board. */
interface Pin {
  id: string;
  createdAt: Date;
  link: string;
  /** Everything else that was sent is the same. */
  isLike: boolean;
}

/** Looks for the Pin where it was published, among those that were made since. */
export async function reconcile(
  ctx: AccountContext,
  { prepared, since, claimed }: ReconcileInput<PreparedPin>,
): Promise<Reconciliation> {
  const from = new Date(since.getTime() - CLOCK_TOLERANCE_MS);
  const evidence: Evidence = { lookedAt: 'the Pins of the board', since: since.toISOString() };
  const read = await pinsSince(ctx, prepared, from);
  if (!read) return { outcome: 'absent', evidence: { ...evidence, board: 'is not there any more' } };
  const alike = read.pins.filter(({ id, isLike }) => isLike && !claimed.has(id));
  const link = normalLink(prepared.pin.link);
  const same = alike.filter((pin) => pin.link === link);
  const seen = { ...evidence, looked: read.looked, same: same.map(describe) };
  const [only] = same;
  if (only && same.length === 1) {
    return { outcome: 'published', receipt: receiptOf(ctx, only.id), confidence: 'matched', evidence: seen };
  }
  // Several of the same; or the same with another link, which Pinterest may have rewritten; or not everything was seen.
  if (alike.length > 0) return { outcome: 'unknown', evidence: { ...seen, alike: alike.map(describe) } };
  if (!read.complete) return { outcome: 'unknown', evidence: { ...seen, complete: false } };
  return { outcome: 'absent', evidence: seen };
}

/**
 * The Pins since an instant. No page says in which order they come; as a rule it is newest first, so reading ends at a page
 * that begins before that instant, as long as all were in that order. Undefined where the board is gone.
 * https://developers.pinterest.com/docs/api/v5/boards-list_pins
 */
async function pinsSince(
  ctx: AccountContext,
  prepared: PreparedPin,
  from: Date,
): Promise<{ pins: Pin[]; looked: number; complete: boolean } | undefined> {
  const operation = OPERATIONS.readPins;
  const all: Pin[] = [];
  try {
    for await (const page of pagesOf(ctx, { operation, path: listOf(prepared), maxPages: MOST_PAGES })) {
      all.push(...page.items.map((item) => pinIn(item, prepared, operation)));
      const isOver = isNewestFirst(all) && (all.at(-1)?.createdAt ?? from) < from;
      if (isOver || page.bookmark === undefined)
        return { pins: all.filter(isSince(from)), looked: all.length, complete: true };
    }
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
  return { pins: all.filter(isSince(from)), looked: all.length, complete: false };
}

/** A section has a list of its own. */
function listOf({ place: { boardId, sectionId } }: PreparedPin): string {
  return sectionId === undefined ? `/boards/${boardId}/pins` : `/boards/${boardId}/sections/${sectionId}/pins`;
}

function pinIn(item: JsonObject, { pin, kind, place }: PreparedPin, operation: string): Pin {
  const isLike =
    // On a board of several people, others publish too; and what was saved from elsewhere is nobody's new Pin.
    item.is_owner !== false &&
    (item.parent_pin_id ?? null) === null &&
    kindIn(item) === kind &&
    // The list of a board holds those of its sections as well.
    (item.board_section_id ?? null) === (place.sectionId ?? null) &&
    (['title', 'description', 'alt_text'] as const).every((field) => normal(item[field]) === normal(pin[field]));
  return {
    id: idField(item, 'id', operation),
    createdAt: instantOf(stringField(item, 'created_at', operation), operation),
    link: normalLink(item.link),
    isLike,
  };
}

/** In UTC, and often without saying so: https://github.com/pinterest/api-quickstart/issues/78 */
function instantOf(text: string, operation: string): Date {
  const instant = new Date(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(instant.getTime())) throw new MalformedAnswerError(operation, '"created_at" is no time');
  return instant;
}

const isSince =
  (from: Date) =>
  ({ createdAt }: Pin): boolean =>
    createdAt >= from;

function isNewestFirst(pins: readonly Pin[]): boolean {
  return pins.every((pin, index) => index === 0 || pin.createdAt <= (pins[index - 1] as Pin).createdAt);
}

/** A text as it may be stored: one kind of line end and of blank, nothing blank around it. */
function normal(text: unknown): string {
  return typeof text === 'string' ? text.normalize('NFC').replaceAll(/\s+/g, ' ').trim() : '';
}

function normalLink(link: unknown): string {
  if (typeof link !== 'string' || link === '') return '';
  return URL.canParse(link) ? new URL(link).href : link;
}

function describe({ id, createdAt, link }: Pin): JsonObject {
  return { id, createdAt: createdAt.toISOString(), link };
}
