import { setTimeout as sleep } from 'node:timers/promises';
import { type Approvers } from './approvers.js';
import { type Child } from './child.js';
import { type Customers } from './customers.js';
import { type Installation } from './installation.js';
import { type Disturbance, isKill } from './plan-disturbances.js';
import { type Sandbox } from './sandbox-control.js';
import { type Transport } from './transport.js';

/** What was done to the installation. */
export interface Done {
  kills: number;
  /** Everything but kills and what the practice networks did. */
  others: number;
  doubledJobs: number;
}

const RECONNECT_EVERY_MS = 1_000;
/** What networks do counts where it hits, a job that comes twice by itself, and what people set up is no fault. */
const NO_FAULTS: ReadonlySet<Disturbance['kind']> = new Set(['fault', 'double-jobs', 'change-workflow']);

/** Carries out the plan's disturbances, each at its time. */
export class Disturber {
  readonly done: Done = { kills: 0, others: 0, doubledJobs: 0 };
  private readonly under = new Set<Promise<void>>();
  private readonly ended = new AbortController();
  private reconnecting: Promise<void> | undefined;

  constructor(
    private readonly installation: Installation,
    private readonly customers: Customers,
    private readonly approvers: Approvers,
    private readonly sandbox: Sandbox,
    private readonly transport: Transport,
    /** `performance.now()` of the run's beginning. */
    private readonly begun: number,
    private readonly tell: (sentence: string) => void,
  ) {}

  /** Resolves when the last disturbance is over and everything that was ended is back. */
  async run(plan: readonly Disturbance[]): Promise<void> {
    this.reconnecting = this.keepConnected();
    for (const disturbance of plan) {
      const wait = this.begun + disturbance.at - performance.now();
      if (wait > 0) await sleep(wait);
      const work: Promise<void> = this.carryOut(disturbance).finally(() => this.under.delete(work));
      this.under.add(work);
    }
    await Promise.all(this.under);
  }

  /** People no longer look after their channels. */
  async stop(): Promise<void> {
    this.ended.abort();
    await this.reconnecting;
  }

  private async carryOut(disturbance: Disturbance): Promise<void> {
    if (disturbance.kind !== 'double-jobs' && disturbance.kind !== 'fault') this.tell(describe(disturbance));
    if (isKill(disturbance)) this.done.kills += 1;
    else if (!NO_FAULTS.has(disturbance.kind)) this.done.others += 1;
    const { installation, customers, transport } = this;
    switch (disturbance.kind) {
      case 'kill-worker':
        return this.worker(disturbance.worker).kill(disturbance.backAfter);
      case 'kill-api':
        return installation.api.kill(disturbance.backAfter);
      case 'kill-postgres':
        return installation.killPostgres(disturbance.backAfter);
      case 'kill-backend':
        return installation.killBackend();
      case 'kill-redis':
        return installation.killRedis(disturbance.backAfter);
      case 'stop-worker':
        this.worker(disturbance.worker).signal('SIGSTOP');
        await sleep(disturbance.forMs);
        return this.worker(disturbance.worker).signal('SIGCONT');
      case 'restart-worker':
        return this.worker(disturbance.worker).restart();
      case 'cut-connections':
        return installation.cutConnections();
      case 'cut-pulls':
        return installation.cutPulls();
      case 'flush-queue':
        return transport.flush();
      case 'double-jobs':
        this.done.doubledJobs += await transport.double(disturbance.late);
        return;
      case 'expire-token':
        return customers.expireToken(this.channel(disturbance.channel), disturbance.renewable);
      case 'remove-app':
        return customers.removeApp(this.channel(disturbance.channel));
      case 'disconnect':
        await customers.disconnect(this.channel(disturbance.channel));
        await sleep(disturbance.backAfter);
        return customers.signInAgain(this.channel(disturbance.channel));
      case 'pause-channel':
        await customers.setPaused(this.channel(disturbance.channel), true);
        await sleep(disturbance.forMs);
        return customers.setPaused(this.channel(disturbance.channel), false);
      case 'change-workflow':
        return this.approvers.changeWorkflow(disturbance.organization, disturbance.workflow);
      case 'fault':
        return this.sandbox.fault(disturbance.fault);
    }
  }

  private async keepConnected(): Promise<void> {
    while (!this.ended.signal.aborted) {
      await this.customers.reconnect();
      await sleep(RECONNECT_EVERY_MS, undefined, { signal: this.ended.signal }).catch(() => undefined);
    }
  }

  private worker(index: number): Child {
    const worker = this.installation.workers[index];
    if (!worker) throw new Error(`There is no worker ${index}.`);
    return worker;
  }

  private channel(index: number) {
    const channel = this.customers.channels[index];
    if (!channel) throw new Error(`There is no channel ${index}.`);
    return channel;
  }
}

/** One disturbance in a line. */
export function describe({ at, kind, ...details }: Disturbance): string {
  const rest = 'fault' in details ? details.fault : details;
  const words = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [`${(at / 1000).toFixed(1).padStart(7)} s`, kind, ...words].join(' ');
}
