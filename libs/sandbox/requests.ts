import { EventEmitter } from 'node:events';
import { type SandboxOperation, type VisiblePost } from '#platforms/core';
import { type FaultKind } from './faults.js';

/** What really happened to one request: the ground truth, whatever its sender was told. */
export interface RequestRecord {
  platform: string;
  operation: SandboxOperation;
  method: string;
  /** The path below the platform's mount, without the query. */
  path: string;
  /** When it arrived, ISO 8601. */
  at: string;
  /** How many bytes its body had. The body itself is kept nowhere. */
  bytes: number;
  /** The status of the answer that was made; absent while none is, and for ever where none was. */
  status?: number;
  /** Whether that answer was sent. */
  delivered: boolean;
  /** The ids of the posts that this request made visible. */
  shown: string[];
  fault?: FaultKind;
}

/** A sandbox runs for weeks on a team's machine; the oldest records go first. */
const KEPT = 100_000;

/** Everything that was asked and shown, and a way to wait for more of it. */
export class RequestLog {
  private records: RequestRecord[] = [];
  private readonly changes = new EventEmitter<{ request: [RequestRecord]; shown: [VisiblePost] }>().setMaxListeners(0);

  begin(record: RequestRecord): RequestRecord {
    if (this.records.length >= KEPT) this.records = this.records.slice(KEPT / 10);
    this.records.push(record);
    this.changes.emit('request', record);
    return record;
  }

  update(record: RequestRecord, change: Partial<RequestRecord>): void {
    Object.assign(record, change);
    this.changes.emit('request', record);
  }

  announce(post: VisiblePost): void {
    this.changes.emit('shown', post);
  }

  list(platform?: string): RequestRecord[] {
    return this.records.filter((record) => platform === undefined || record.platform === platform);
  }

  clear(): void {
    this.records = [];
  }

  waitForRequest(matches: (record: RequestRecord) => boolean, timeoutMs: number): Promise<RequestRecord> {
    const known = this.records.find(matches);
    return known ? Promise.resolve(known) : this.next('request', matches, timeoutMs);
  }

  waitForShown(known: VisiblePost[], matches: (post: VisiblePost) => boolean, timeoutMs: number): Promise<VisiblePost> {
    const there = known.find(matches);
    return there ? Promise.resolve(there) : this.next('shown', matches, timeoutMs);
  }

  private next<T extends RequestRecord | VisiblePost>(
    event: 'request' | 'shown',
    matches: (what: T) => boolean,
    timeoutMs: number,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.changes.off(event, listener);
      };
      const listener = (what: RequestRecord | VisiblePost) => {
        if (!matches(what as T)) return;
        stop();
        resolve(what as T);
      };
      const timer = setTimeout(() => {
        stop();
        reject(
          new Error(
            `Nothing that matches was ${event === 'shown' ? 'shown' : 'asked'} within ${timeoutMs} ms. ${this.summary()}`,
          ),
        );
      }, timeoutMs);
      this.changes.on(event, listener);
    });
  }

  private summary(): string {
    const last = this.records.slice(-10).map((r) => `${r.method} ${r.platform}${r.path} ${r.status ?? 'no answer'}`);
    return `The last requests were: ${last.join('; ') || 'none'}.`;
  }
}
