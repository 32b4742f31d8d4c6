import { type VisiblePost } from '#platforms/core';
import { type Fault, type PendingFault, type RequestRecord } from '#sandbox';
import { ask, expectStatus } from '../support/customer.js';

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

  private control(method: string, path: string, init: { json?: unknown } = {}) {
    const headers = { authorization: `Bearer ${this.at.sandboxToken}` };
    return ask(method, `${this.at.sandboxUrl}/_control${path}`, { ...init, headers });
  }
}
