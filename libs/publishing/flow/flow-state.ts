import { Injectable } from '@nestjs/common';
import { Database, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { explainPause, type PauseWords } from './explain-pause.js';
import { phaseOf } from './breaker.js';
import { FlowControl } from './flow-control.js';

/** Why channels send nothing, or little, although nobody paused them. */
export interface FlowPause {
  platform: string;
  practice: boolean;
  /** The outside server; empty where the platform is one service for all, or for an app's limit. */
  server: string;
  /** `outage` = the server is away; `recovering` = it came back and is not flooded; `app-limit` = the platform's for our app; `app-budget` = of a day. */
  cause: 'outage' | 'recovering' | 'app-limit' | 'app-budget';
  since: Date;
  /** Until then nothing is tried; after it one publication is sent to find out. Null while it recovers. */
  until: Date | null;
  /** The channels that wait, by id. */
  channels: string[];
}

interface BreakerState {
  platform: string;
  practice: boolean;
  server: string;
  opened_at: Date;
  open_until: Date | null;
  drain_from: Date | null;
  now: Date;
  channels: string[];
}

const OUTAGES = `
  select b.platform, b.practice, b.server, b.opened_at, b.open_until, b.drain_from, clock_timestamp() as now,
         array_agg(c.id order by c.id) as channels
    from breakers b
    join channels c on c.platform = b.platform and c.practice = b.practice and c.server = b.server
   where b.opened_at is not null and c.removed_at is null
   group by b.platform, b.practice, b.server order by b.opened_at`;

/** $1 by which apps channels publish. */
const APP_LIMITS = `
  select c.platform, c.practice, b.blocked_at, b.blocked_until, array_agg(c.id order by c.id) as channels
    from jsonb_to_recordset($1::jsonb) as k(platform text, practice boolean, way text, app jsonb)
    join app_blocks b on b.platform = k.app ->> 'platform' and b.practice = k.practice and b.app = k.app ->> 'app'
    join channels c on c.platform = k.platform and c.practice = k.practice
    join connections n on n.id = c.connection_id and n.way is not distinct from k.way
   where b.blocked_until > now() and c.removed_at is null
   group by c.platform, c.practice, b.blocked_at, b.blocked_until order by b.blocked_at`;

/** $1 by which apps channels publish, with the daily budgets there. One pause for those that end together. */
const USED_UP = `
  select k.platform, k.practice, min(u.refused_at) as blocked_at, (u.day + 1)::timestamp at time zone k.zone as blocked_until,
         array_agg(distinct c.id order by c.id) as channels
    from jsonb_to_recordset($1::jsonb) as k(platform text, practice boolean, way text, app text, budget text, zone text)
    join budget_uses u on u.platform = k.platform and u.practice = k.practice and u.app = k.app and u.budget = k.budget
     and u.day = (clock_timestamp() at time zone k.zone)::date and u.refused_at is not null
    join channels c on c.platform = k.platform and c.practice = k.practice
    join connections n on n.id = c.connection_id and n.way is not distinct from k.way
   where c.removed_at is null
   group by k.platform, k.practice, u.day, k.zone order by min(u.refused_at)`;

/** Says why publications are late that nothing is wrong with. */
@Injectable()
export class FlowState {
  constructor(
    private readonly flow: FlowControl,
    private readonly database: Database,
    private readonly platforms: PlatformRegistry,
  ) {}

  /** What holds up channels of an organization, each in words. */
  async list(organizationId: string): Promise<(FlowPause & PauseWords)[]> {
    const pauses = await this.database.tenant(organizationId, (tx) => this.flowStateOf(tx));
    return pauses.map((pause) => ({
      ...pause,
      ...explainPause(pause, this.platforms.get(pause.platform).adapter.manifest),
    }));
  }

  private budgets() {
    return this.flow.senders().flatMap(({ platform, practice, way, app }) => {
      const { budgets = [] } = this.platforms.get(platform).adapter.manifest;
      return budgets.map(({ id, timeZone }) => ({ platform, practice, way, app: app.app, budget: id, zone: timeZone }));
    });
  }

  /** What holds up channels of a tenant's transaction: theirs alone, and servers of others are not told. */
  async flowStateOf(tx: Transaction): Promise<FlowPause[]> {
    const outages = await rows<BreakerState>(tx, OUTAGES);
    const limits = await rows<Pick<FlowPause, 'platform' | 'practice' | 'channels'> & AppLimit>(tx, APP_LIMITS, [
      JSON.stringify(this.flow.senders()),
    ]);
    const usedUp = await rows<Pick<FlowPause, 'platform' | 'practice' | 'channels'> & AppLimit>(tx, USED_UP, [
      JSON.stringify(this.budgets()),
    ]);
    return [
      ...outages.flatMap(outageOf),
      ...usedUp.map(({ platform, practice, channels, blocked_at: since, blocked_until: until }) => ({
        ...{ platform, practice, server: '', cause: 'app-budget' as const, since, until, channels },
      })),
      ...limits.map(({ platform, practice, channels, blocked_at: since, blocked_until: until }) => ({
        ...{ platform, practice, server: '', cause: 'app-limit' as const, since, until, channels },
      })),
    ];
  }
}

interface AppLimit {
  blocked_at: Date;
  blocked_until: Date;
}

function outageOf(row: BreakerState): FlowPause[] {
  const { platform, practice, server, channels, opened_at: since, open_until: until } = row;
  const phase = phaseOf({ openUntil: until, drainFrom: row.drain_from }, row.now);
  if (phase === 'closed') return [];
  return [
    { platform, practice, server, cause: phase === 'draining' ? 'recovering' : 'outage', since, until, channels },
  ];
}
