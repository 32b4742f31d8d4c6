import { Injectable, Logger } from '@nestjs/common';
import { Database, row, rows, systemZoneRules, type Transaction, type ZoneRules } from '#kernel';
import { type Actor, type Change, changeAll, type PublicationRecord } from '#publishing';
import { movedByRules } from './zone-rules.js';

const ACTOR: Actor = { type: 'system', name: 'time zones' };
const BATCH = 1_000;

type Scheduled = Pick<
  PublicationRecord,
  'id' | 'version' | 'state' | 'lease' | 'due_at' | 'lead_ms' | 'time_zone' | 'local_due'
> & {
  /** Where it stands in the order of the sweep, to the microsecond. */
  place: string;
};

/** Governments change their clocks after people have scheduled: what waits follows the local time that was chosen. */
@Injectable()
export class ZoneSweep {
  private readonly logger = new Logger(ZoneSweep.name);

  constructor(private readonly database: Database) {}

  /**
   * Compares all publications that wait for a future time with the rules of their zones, and moves those whose local time is
   * another instant now. A machine with older rules than another one before it moves nothing back. Returns how many moved.
   */
  async sweep(stopped: () => boolean = () => false, rules: ZoneRules = systemZoneRules): Promise<number> {
    const known = await this.database.engine((tx) =>
      row<{ zone_rules: string | null }>(tx, 'select zone_rules from installation'),
    );
    if (known?.zone_rules && known.zone_rules > rules.version) return 0;
    const moved = (await this.pass('scheduled', stopped, rules)) + (await this.pass('held', stopped, rules));
    if (stopped()) return moved;
    await this.database.engine((tx) =>
      tx.query(`update installation set zone_rules = $1 where coalesce(zone_rules, '') < $1`, [rules.version]),
    );
    if (moved > 0)
      this.logger.log(`${moved} publications follow the rules of their time zones as of ${rules.version}.`);
    return moved;
  }

  private async pass(state: keyof typeof WAITING, stopped: () => boolean, rules: ZoneRules): Promise<number> {
    let moved = 0;
    let last: Scheduled | undefined;
    while (!stopped()) {
      const after: [string, string] = last ? [last.place, last.id] : ['-infinity', NIL];
      const [batch, changed] = await this.database.engine(async (tx) => {
        const found = await rows<Scheduled>(tx, WAITING[state], after);
        return [found, await move(tx, found, rules)] as const;
      });
      moved += changed;
      last = batch.at(-1);
      if (batch.length < BATCH) break;
    }
    return moved;
  }
}

/** Whatever somebody else changes in this moment is theirs; what they leave as it was, the next sweep finds. */
async function move(tx: Transaction, waiting: readonly Scheduled[], rules: ZoneRules): Promise<number> {
  const changes = waiting.flatMap((publication) => {
    const { due_at, time_zone, local_due } = publication;
    const at = movedByRules({ at: due_at, timeZone: time_zone, local: local_due }, rules);
    return at ? [rescheduled(publication, at)] : [];
  });
  const changed = await changeAll(tx, changes, 'skip');
  return changed.filter((record) => record !== undefined).length;
}

function rescheduled(publication: Scheduled, at: Date): Change {
  const { state, due_at, lead_ms, time_zone, local_due } = publication;
  const why = `The rules of the zone ${time_zone} changed: ${local_due.slice(0, 16).replace('T', ' ')} there, as it was chosen, is now another instant.`;
  const evidence = { from: due_at.toISOString(), dueAt: at.toISOString(), timeZone: time_zone, why };
  return {
    from: publication,
    to: state,
    actor: ACTOR,
    entries: [{ kind: 'rescheduled', evidence }],
    set: {
      due_at: at,
      next_check_at: new Date(at.getTime() - lead_ms),
      invitation: null,
      invited_until: null,
    },
  };
}

const NIL = '00000000-0000-0000-0000-000000000000';

/** What waits before its fence for a future time, by the index of its state. $1 and $2 the last one's place and id. */
const waiting = (state: string, order: string): string => `
select id, version, state, lease, due_at, lead_ms, time_zone, local_due, ${order}::text as place from publications
 where state = '${state}' and first_fenced_at is null and due_at > now()
   and ${order} >= $1::timestamptz and (${order}, id) > ($1::timestamptz, $2::uuid)
 order by ${order}, id limit ${BATCH}`;

const WAITING = { scheduled: waiting('scheduled', 'next_check_at'), held: waiting('held', 'due_at') } as const;
