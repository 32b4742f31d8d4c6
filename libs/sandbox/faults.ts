import { createHash } from 'node:crypto';
import { type SandboxOperation } from '#platforms/core';

/**
 * The ways in which a practice network may misbehave.
 *
 * - `refuse-*`: refused in the platform's own words, nothing happens.
 * - `timeout`, `reset`: no answer, or the connection is reset; nothing happens.
 * - `accept-then-timeout`, `accept-then-reset`: it happens, the answer is never delivered.
 * - `accept-then-error`, `accept-then-unavailable`: it happens, the answer says that it did not.
 * - `apply-late`: the connection is reset at once, it happens `delayMs` later.
 * - `nonsense`: it happens, the answer is a 200 with a page of HTML.
 * - `slow`: everything is right, only `delayMs` late.
 */
export const FAULT_KINDS = [
  'refuse-auth',
  'refuse-rate-limit',
  'refuse-unavailable',
  'refuse-bad-request',
  'refuse-content',
  'timeout',
  'reset',
  'accept-then-timeout',
  'accept-then-reset',
  'accept-then-error',
  'accept-then-unavailable',
  'apply-late',
  'nonsense',
  'slow',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One order to misbehave. */
export interface Fault {
  kind: FaultKind;
  operation: SandboxOperation;
  /** Every platform when left out. */
  platform?: string;
  /** How many requests it hits: 1 when left out, without end when `probability` is given. */
  times?: number;
  /** Only requests whose address or body contains this. */
  match?: string;
  /** Milliseconds, for `slow` and `apply-late`. */
  delayMs?: number;
  /** The hint that goes with `refuse-rate-limit` and `refuse-unavailable`; none when left out. */
  retryAfterSeconds?: number;
  /** Hits only this share of the matching requests, from 0 to 1. */
  probability?: number;
  /** Makes the draws of `probability` the same in every run; 0 when left out. */
  seed?: number;
}

/** A fault that waits for its request. */
export interface PendingFault extends Fault {
  id: number;
  /** How many requests it will still hit; null = without end. */
  remaining: number | null;
}

interface Waiting extends PendingFault {
  drawn: number;
}

/** The faults of one sandbox. The oldest one that fits a request hits it. */
export class Faults {
  private waiting: Waiting[] = [];
  private lastId = 0;

  add(fault: Fault): PendingFault {
    const unlimited = fault.times === undefined && fault.probability !== undefined;
    this.lastId += 1;
    const added = { ...fault, id: this.lastId, remaining: unlimited ? null : (fault.times ?? 1), drawn: 0 };
    this.waiting.push(added);
    return pending(added);
  }

  clear(): void {
    this.waiting = [];
  }

  list(): PendingFault[] {
    return this.waiting.map(pending);
  }

  /** The fault that hits this request, if any; used up by it. `holds` says whether it has the words of a `match`. */
  take(platform: string, operation: SandboxOperation, holds: (words: string) => boolean): Fault | undefined {
    const hit = this.waiting.find(
      (fault) =>
        fault.operation === operation &&
        (fault.platform === undefined || fault.platform === platform) &&
        (fault.match === undefined || holds(fault.match)) &&
        drawn(fault),
    );
    if (hit && hit.remaining !== null) {
      hit.remaining -= 1;
      if (hit.remaining === 0) this.waiting = this.waiting.filter((fault) => fault !== hit);
    }
    return hit;
  }
}

function pending({ drawn: _, ...fault }: Waiting): PendingFault {
  return fault;
}

function drawn(fault: Waiting): boolean {
  if (fault.probability === undefined) return true;
  fault.drawn += 1;
  const draw = createHash('sha256')
    .update(`${fault.seed ?? 0}:${fault.drawn}`)
    .digest()
    .readUInt32BE(0);
  return draw / 2 ** 32 < fault.probability;
}
