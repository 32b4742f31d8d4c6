import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type Queue } from 'bullmq';
import { CONFIG, type Config, Database, QUEUES, rows } from '#kernel';
import { type Invitation } from '../runner/index.js';
import { HoldSweep } from './hold-sweep.js';

/** An invitation that nobody used after this long was lost on the way: another one is sent. */
const INVITATION_MS = 15_000;
const BUSY_PAUSE_MS = 25;
/** How often what is held, and what should be, is looked at again. */
const SWEEP_EVERY_MS = 5_000;

interface Invited {
  id: string;
  invitation: string;
  delay_ms: number;
}

/**
 * Hands out what is due: a single-use invitation to each publication, with its exact delay. Any number of dispatchers may
 * run. Nothing depends on the queue: what it loses is invited again, what it doubles finds nothing to take.
 */
@Injectable()
export class Dispatcher implements OnModuleInit {
  private readonly logger = new Logger(Dispatcher.name);
  private readonly stopped = new AbortController();
  private loop: Promise<void> | undefined;
  private lastSweep = -Infinity;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectQueue(QUEUES.publish) private readonly queue: Queue<Invitation>,
    private readonly database: Database,
    private readonly sweep: HoldSweep,
  ) {}

  /** BullMQ keeps the failure of its first connection for ever, so a start that meets one has to fail and be repeated. */
  async onModuleInit(): Promise<void> {
    await this.queue.waitUntilReady();
  }

  start(): void {
    this.queue.on('error', (error) => this.logger.warn({ err: error }, 'The queue had a fault; it is tried again.'));
    this.loop ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  /** One round. Returns how many were invited. */
  async dispatch(): Promise<number> {
    const { horizonMs, concurrency } = this.config.publish;
    const invited = await this.database.engine((tx) =>
      rows<Invited>(tx, INVITE, [horizonMs / 1000, concurrency * 2, INVITATION_MS / 1000]),
    );
    if (invited.length === 0) return 0;
    await this.queue.addBulk(
      invited.map(({ id, invitation, delay_ms }) => ({
        name: QUEUES.publish,
        data: { publicationId: id, invitation },
        opts: { delay: Math.max(0, Math.round(delay_ms)), jobId: invitation },
      })),
    );
    return invited.length;
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const invited = await this.round();
      // While there is more to hand out than there was capacity for, the next round comes at once.
      await pause(invited > 0 ? BUSY_PAUSE_MS : this.config.publish.pollMs, this.stopped.signal);
    }
  }

  private async round(): Promise<number> {
    try {
      const invited = await this.dispatch();
      if (performance.now() - this.lastSweep < SWEEP_EVERY_MS) return invited;
      await this.sweep.sweep();
      this.lastSweep = performance.now();
      return invited;
    } catch (error) {
      // The database or the queue is away: the next round finds everything as it is.
      this.logger.warn({ err: error }, 'A dispatch round did not succeed.');
      return 0;
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

/**
 * Who is next: due within the horizon, in nobody's hand, not invited, on a channel that is not blocked and has nothing
 * earlier to send. What only has to be looked up waits for nobody: it is what the others of its channel wait for.
 * Organizations take turns. $1 horizon, $2 invitations that may be open at once, $3 their life, in seconds.
 */
export const INVITE = `
with open_invitations as (
  select count(*) as n from publications
   where state in ('scheduled', 'preparing', 'ready', 'committing') and invited_until > now()
     and next_check_at <= now() + make_interval(secs => $1)),
due as (
  select p.id, p.next_check_at, row_number() over (partition by p.organization_id order by p.next_check_at, p.id) as turn
    from publications p join channels c on c.id = p.channel_id
   where p.state in ('scheduled', 'preparing', 'ready', 'committing')
     and p.next_check_at <= now() + make_interval(secs => $1)
     and (p.leased_until is null or p.leased_until < now())
     and (p.invited_until is null or p.invited_until < now())
     and (p.state = 'committing' or (
       (c.blocked_until is null or c.blocked_until <= now())
       and not exists (
         select 1 from publications q
          where q.channel_id = p.channel_id and q.id <> p.id
            and q.state in ('scheduled', 'preparing', 'ready', 'committing')
            -- An invitation for later stops nothing that is earlier.
            and (q.state = 'committing' or q.leased_until > now()
                 or (q.invited_until > now() and q.next_check_at <= p.next_check_at)
                 or ((q.due_at, q.id) < (p.due_at, p.id)
                     and (c.strict_order or q.next_check_at <= now() + make_interval(secs => $1)))))
       and not (c.strict_order and exists (
         select 1 from publications q
          where q.channel_id = p.channel_id and q.state in ('held', 'failed', 'unconfirmed')
            and (q.due_at, q.id) < (p.due_at, p.id)))))),
next as (
  select p.id from publications p join due on due.id = p.id
   order by due.turn, due.next_check_at
   limit greatest(0, $2 - (select n from open_invitations))
     for update of p skip locked)
update publications p
   set invitation = gen_random_uuid(),
       invited_until = greatest(p.next_check_at, now()) + make_interval(secs => $3)
  from next
 where p.id = next.id
   -- As it is now, after another dispatcher may have been faster.
   and p.state in ('scheduled', 'preparing', 'ready', 'committing')
   and (p.leased_until is null or p.leased_until < now())
   and (p.invited_until is null or p.invited_until < now())
returning p.id, p.invitation, extract(epoch from p.next_check_at - clock_timestamp()) * 1000 as delay_ms`;
