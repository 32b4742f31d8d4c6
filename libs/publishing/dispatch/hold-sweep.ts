import { Injectable } from '@nestjs/common';
import { Database, rows } from '#kernel';
import { closedGate } from '../runner/gates.js';
import { explainHeld } from '../rules/index.js';
import { type Actor, change, LostPublicationError, type PublicationRecord, UNHELD } from '../store/index.js';
import { PREPARE_AHEAD_MS } from '../publications.service.js';

const ACTOR: Actor = { type: 'system', name: 'hold sweep' };
const BATCH = 200;

/** Holds end with their cause: no wake-up is ever needed, this finds them by looking. */
const ENDS_WITH_ITS_CAUSE = `
  case p.held_reason
    when 'channel-disconnected' then c.health = 'healthy'
    when 'channel-paused' then c.paused_at is null
    when 'workspace-paused' then w.paused_at is null
    when 'organization-paused' then o.paused_at is null
    when 'installation-paused' then i.paused_at is null
    when 'approval-missing' then p.cleared_hash = p.content_hash
    when 'changed-after-approval' then p.cleared_hash = p.content_hash
    else false
  end`;

/** Lets go what is held without cause, and holds at once what a dead token or a pause would stop later. */
@Injectable()
export class HoldSweep {
  constructor(private readonly database: Database) {}

  /** Releases held publications whose cause is gone. Returns how many. */
  async release(): Promise<number> {
    return this.database.engine(async (tx) => {
      const free = await rows<PublicationRecord>(
        tx,
        `select p.* from publications p
           join channels c on c.id = p.channel_id join workspaces w on w.id = p.workspace_id
           join organizations o on o.id = p.organization_id cross join installation i
          where p.state = 'held' and ${ENDS_WITH_ITS_CAUSE}
          order by p.due_at limit ${BATCH} for update of p skip locked`,
      );
      for (const publication of free) {
        const evidence = { reason: publication.held_reason, why: 'Its cause is gone.' };
        await change(tx, {
          from: publication,
          to: 'scheduled',
          actor: ACTOR,
          entries: [{ kind: 'released', evidence }],
          set: {
            ...UNHELD,
            held_reason: null,
            failure: null,
            next_check_at: new Date(publication.due_at.getTime() - PREPARE_AHEAD_MS),
          },
        });
      }
      return free.length;
    });
  }

  /** Holds everything of a channel that may not go out as things stand. What is past the fence is never touched. */
  async holdChannel(channelId: string): Promise<number> {
    const waiting = await this.database.engine((tx) =>
      rows<PublicationRecord>(
        tx,
        `select * from publications where channel_id = $1 and state in ('scheduled', 'preparing', 'ready') order by id`,
        [channelId],
      ),
    );
    let held = 0;
    for (const publication of waiting) held += (await this.hold(publication)) ? 1 : 0;
    return held;
  }

  private async hold(publication: PublicationRecord): Promise<boolean> {
    try {
      return await this.database.engine(async (tx) => {
        const reason = await closedGate(tx, publication);
        if (reason === undefined || reason === 'too-late') return false;
        await change(tx, {
          from: publication,
          to: 'held',
          actor: ACTOR,
          entries: [{ kind: 'held', evidence: { reason, ...explainHeld(reason) } }],
          set: { ...UNHELD, held_reason: reason },
        });
        return true;
      });
    } catch (error) {
      // Changed in this very moment: the runner or the next sweep sees the closed gate.
      if (error instanceof LostPublicationError) return false;
      throw error;
    }
  }
}
