import { setTimeout as sleep } from 'node:timers/promises';
import { type VisiblePost } from '#platforms/core';
import { type Fault, type PendingFault, type RequestRecord } from '#sandbox';
import { ask, expectStatus } from '../support/customer.js';

/** No request is applied later than this, in milliseconds; see `plan-faults`. */
const LATEST_MS = 20_000;
const LOOK_EVERY_MS = 500;

/** The practice networks behind the product's back: what really became visible, what was asked, and their faults. */
export class Sandbox {
  constructor(private readonly at: { sandboxUrl: string; sandboxToken: string }) {}

  async fault(fault: Fault): Promise<void> {
    expectStatus(await this.control('POST', '/faults', { json: fault }), 201);
  }

  /** Ends all that is not aimed at a single post. What is belongs to its post, however late that goes out. */
  async calmDown(): Promise<void> {
    const { data } = expectStatus(await this.control('GET', '/faults'), 200).body as { data: PendingFault[] };
    expectStatus(await this.control('DELETE', '/faults'), 204);
    for (const { id: _, remaining, ...fault } of data) {
      if (fault.match !== undefined) await this.fault({ ...fault, times: remaining ?? 1 });
    }
  }

  async visible(): Promise<VisiblePost[]> {
    return expectStatus(await this.control('GET', '/visible'), 200).body.data;
  }

  async requests(): Promise<RequestRecord[]> {
    return expectStatus(await this.control('GET', '/requests'), 200).body.data;
  }

  /** Waits until everything that is applied late was applied: before that the ground truth is not complete. */
  async hasApplied(): Promise<void> {
    const end = performance.now() + LATEST_MS;
    const isOpen = ({ fault, status }: RequestRecord) => fault === 'apply-late' && status === undefined;
    while ((await this.requests()).some(isOpen)) {
      if (performance.now() > end) throw new Error('A practice network has not done what it was asked for.');
      await sleep(LOOK_EVERY_MS);
    }
  }

  private control(method: string, path: string, init: { json?: unknown } = {}) {
    const headers = { authorization: `Bearer ${this.at.sandboxToken}` };
    return ask(method, `${this.at.sandboxUrl}/_control${path}`, { ...init, headers });
  }
}
