import { setTimeout as sleep } from 'node:timers/promises';
import { PlatformAccess } from '#channels';
import { Problem, type Transaction } from '#kernel';
import { type Actor, change, type Invitation, type LogEntry, type PublicationRecord } from '#publishing';
import { takeInvitations } from '../../libs/publishing/runner/take.js';
import { type EngineParts } from '../support/engine-parts.js';
import { type TestEngine, type TestTenant } from '../support/engine.js';
import {
  type Answer,
  type Deed,
  GATE_NAMES,
  type GateName,
  type Model,
  type ModelPlatform,
  type Piece,
} from './model-rules.js';

/** What can be compared with the model. */
export interface Seen {
  connected: boolean;
  pieces: (Pick<Piece, 'place' | 'reason' | 'text' | 'cleared' | 'fenced'> & { shown: string[]; told: boolean })[];
}

/** The same of the model. */
export function seenIn(model: Model): Seen {
  const pieces = model.pieces.map(({ place, reason, text, cleared, fenced, out }) => ({
    ...{ place, reason, text, cleared, fenced },
    shown: out === 1 ? [text] : [],
    // Each of its versions has its entry in the log.
    told: true,
  }));
  return { connected: model.open.connection, pieces };
}

/** Two workers and one channel of the real engine, with what a history did to them. */
export class World {
  /** Publications by the order in which they were scheduled. */
  readonly ids: string[] = [];
  /** Every invitation there ever was, used or not. */
  readonly invitations: Invitation[] = [];
  private texts = 0;
  private connected = true;

  constructor(
    private readonly engine: TestEngine,
    private readonly workers: readonly EngineParts[],
    private readonly tenant: TestTenant,
    private readonly platform: ModelPlatform,
    private readonly account: string,
    private readonly channel: string,
    /** In every text of this history. */
    readonly word: string,
    /** Requests that a dead worker left behind; they end when they are cut off. */
    private readonly left: Promise<unknown>[],
  ) {}

  worker(index: number): EngineParts {
    return this.workers[index % this.workers.length]!;
  }

  /** A text that no other version has. */
  newText(piece: number): string {
    this.texts += 1;
    return `${this.word} piece ${piece} version ${this.texts}`;
  }

  /** Carries out a deed. False when it is refused because it comes too late. */
  async does(deed: Deed): Promise<boolean> {
    switch (deed.do) {
      case 'gate':
        await this.turn(deed.gate, deed.open);
        return true;
      case 'schedule':
        await this.schedule(deed.text, deed.cleared, deed.later);
        return true;
      default:
        return this.changes(deed);
    }
  }

  private async schedule(text: string, cleared: boolean, later: boolean): Promise<void> {
    const { organizationId, workspaceId } = this.tenant;
    const publication = {
      ...{ organizationId, workspaceId, channelId: this.channel, postId: this.channel, revision: 1 },
      ...{ content: contentOf(text), due: dueOf(later), cleared },
    };
    const [record] = await this.engine.as(this.tenant, (tx, actor) =>
      this.engine.publications.schedule(tx, actor, [publication]),
    );
    this.ids.push(record!.id);
  }

  private async changes(deed: Exclude<Deed, { do: 'gate' | 'schedule' }>): Promise<boolean> {
    try {
      await this.engine.act(this.tenant, this.id(deed.piece), async (service, tx, actor, record) => {
        switch (deed.do) {
          case 'revise': {
            const next = { revision: record.revision + 1, content: contentOf(deed.text), cleared: deed.cleared };
            return service.revise(tx, actor, record, next);
          }
          case 'reschedule':
            return service.reschedule(tx, actor, record, dueOf(deed.later));
          case 'cancel':
            return service.cancel(tx, actor, record, 'A person cancelled it.');
          case 'hold':
            return service.hold(tx, actor, record);
          case 'release':
            return service.release(tx, actor, record);
          case 'retry':
            return service.retry(tx, actor, record);
          case 'clear':
            return clear(tx, actor, record);
          case 'withdraw':
            return withdraw(tx, actor, record);
        }
      });
      return true;
    } catch (error) {
      if (error instanceof Problem && error.status === 409) return false;
      throw error;
    }
  }

  private async turn(gate: GateName, open: boolean): Promise<void> {
    const { engine, tenant, channel } = this;
    switch (gate) {
      case 'channel':
        await engine.channels.setPaused(tenant.organizationId, channel, !open);
        return;
      case 'workspace':
        await engine.owner.query(
          'update workspaces set paused_at = case when $2 then null else now() end where id = $1',
          [tenant.workspaceId, open],
        );
        return;
      case 'connection': {
        this.connected = open;
        if (open) return void (await engine.account(tenant, this.platform, this.account));
        const { rows } = await engine.owner.query<{ id: string }>(
          'select connection_id as id from channels where id = $1',
          [channel],
        );
        return engine.connections.disconnect(tenant.organizationId, rows[0]!.id);
      }
    }
  }

  /** One round of a dispatcher. Notes the new invitations, and returns whose they are. */
  async dispatch(by: number): Promise<number[]> {
    await this.worker(by).dispatcher.dispatch();
    const known = new Set(this.invitations.map(({ invitation }) => invitation));
    const fresh: number[] = [];
    for (const { id, invitation } of await this.rows()) {
      if (invitation === null || known.has(invitation)) continue;
      this.invitations.push({ publicationId: id, invitation });
      fresh.push(this.ids.indexOf(id));
    }
    return fresh;
  }

  /** The invitation of a piece that can be used now, if there is one. */
  async usable(piece: number): Promise<Invitation | undefined> {
    const row = (await this.rows())[piece];
    if (!row?.usable || row.invitation === null) return undefined;
    return { publicationId: row.id, invitation: row.invitation };
  }

  /** Carries out an invitation to the end of the attempt; the network answers so, if it is asked. */
  async run(invitation: Invitation, by: number, answer: Answer): Promise<void> {
    this.expect(answer);
    await this.worker(by).runner.run(invitation);
    this.engine.sandbox.faults.clear();
  }

  /** Sets what the network will answer to the one request. */
  private expect(answer: Answer | 'timeout' | 'accept-then-timeout'): void {
    this.engine.sandbox.faults.clear();
    if (answer === 'ok') return;
    this.engine.sandbox.faults.add({ kind: answer, operation: 'commit', match: this.word });
  }

  /** A worker takes it and is never heard of again. Its lease has run out. */
  async loseBeforeFence(invitation: Invitation): Promise<void> {
    const access = this.engine.service(PlatformAccess);
    const ask = { ...invitation, actor: { type: 'worker' as const, id: 'lost' }, leaseMs: 60_000 };
    const [taken] = await this.engine.kernel.database.engine((tx) => takeInvitations(tx, access, [ask], 'wait'));
    if (!taken) throw new Error('The invitation was not good for a lease.');
    await this.engine.owner.query(`update publications set leased_until = now() - interval '1 ms' where id = $1`, [
      invitation.publicationId,
    ]);
  }

  /** A worker makes all ready and is never heard of again. Its lease has run out. */
  async loseAtFence(invitation: Invitation, by: number): Promise<void> {
    const { owner } = this.engine;
    await owner.query('insert into deaths values ($1)', [invitation.publicationId]);
    await this.worker(by).runner.run(invitation);
    await owner.query('delete from deaths');
    await owner.query(`update publications set leased_until = now() - interval '1 ms' where id = $1`, [
      invitation.publicationId,
    ]);
  }

  /** A worker sends its one request and is never heard of again, whether the network heard it or not. Its lease has run out. */
  async loseAfterFence(invitation: Invitation, by: number, sent: string, heard: boolean): Promise<void> {
    const { sandbox } = this.engine;
    const requests = () => sandbox.requests(this.platform).filter(({ operation }) => operation === 'commit').length;
    const before = requests();
    this.expect(heard ? 'accept-then-timeout' : 'timeout');
    this.left.push(this.worker(by).runner.run(invitation));
    await this.engine.eventually(
      () => (requests() > before ? true : undefined),
      () => 'Its request was never sent.',
    );
    if (heard) await sandbox.waitForVisible(({ text }) => text === sent);
    await this.engine.owner.query('update publications set lease = null, leased_until = null where id = $1', [
      invitation.publicationId,
    ]);
    sandbox.faults.clear();
  }

  /** Lets time pass: what is due comes, what was accepted can be seen; after a long time invitations are too old. */
  async wait(long: boolean): Promise<void> {
    const old = long ? `case when invitation is not null then now() - interval '1 ms' end` : 'invited_until';
    const mine = `channel_id = '${this.channel}'`;
    await this.engine.owner.query(`
      update segments s set settled_at = now() - interval '1 minute' from publications p
       where p.id = s.publication_id and p.${mine} and p.state = 'committing' and s.outcome is null and s.fences > 0;
      update publications set next_check_at = least(next_check_at, now()), invited_until = ${old}
       where ${mine} and due_at <= now() and state in ('scheduled', 'preparing', 'ready', 'committing');
      update channels set blocked_until = null where id = '${this.channel}';
      delete from breakers;
      delete from app_blocks`);
  }

  sweep(): Promise<void> {
    return this.worker(0).sweep.sweep();
  }

  /** A moment, to begin one of two things that happen at once a little later. */
  moment(ms: number): Promise<void> {
    return sleep(ms);
  }

  async seen(): Promise<Seen> {
    const all = this.engine.sandbox.visible(this.platform).map(({ text }) => text);
    const found = await this.rows();
    const connected = found.length === 0 ? this.connected : found.every(({ health }) => health === 'healthy');
    this.connected = connected;
    const pieces = found.map((row) => ({
      place: placeOf(row),
      reason: row.held_reason,
      text: row.content.segments[0]!.text,
      cleared: clearedOf(row),
      fenced: row.first_fenced_at !== null,
      shown: all.filter((text) => text.startsWith(`${this.word} piece ${this.ids.indexOf(row.id)} `)),
      told: row.told,
    }));
    return { connected, pieces };
  }

  /** Everything of this history as it is told, for a failing test. */
  async stories(): Promise<string> {
    const stories = this.ids.map(async (id, index) => `${index}: ${await this.engine.story(id)}`);
    return (await Promise.all(stories)).join('\n');
  }

  /** Takes whatever is unfinished out of the way of the next history, which is needed after a failure alone. */
  async clearAway(): Promise<void> {
    const { owner } = this.engine;
    await owner.query(`set session_replication_role = replica`);
    await owner.query(
      `update publications set state = 'cancelled', held_reason = null, lease = null, leased_until = null,
              invitation = null, invited_until = null
        where channel_id = $1 and state not in ('published', 'failed', 'cancelled')`,
      [this.channel],
    );
    await owner.query(`set session_replication_role = origin`);
    for (const gate of GATE_NAMES) await this.turn(gate, true);
  }

  private async rows(): Promise<(PublicationRecord & { health: string; usable: boolean; told: boolean })[]> {
    const { rows } = await this.engine.owner.query<
      PublicationRecord & { health: string; usable: boolean; told: boolean }
    >(
      `select p.*, c.health, coalesce(invited_until > now(), false) and coalesce(leased_until < now(), true) as usable,
              (select count(*) = p.version and max(l.version) = p.version from publishing_log l where l.publication_id = p.id) as told
         from publications p join channels c on c.id = p.channel_id where p.id = any($1)`,
      [this.ids],
    );
    return rows.toSorted((a, b) => this.ids.indexOf(a.id) - this.ids.indexOf(b.id));
  }

  private id(piece: number): string {
    const id = this.ids[piece];
    if (id === undefined) throw new Error(`There is no publication ${piece}.`);
    return id;
  }
}

function contentOf(text: string) {
  return { segments: [{ kind: 'post' as const, text, media: [] }], settings: {} };
}

function dueOf(later: boolean) {
  const at = new Date(Date.now() + (later ? 3_600_000 : 0));
  return { at, timeZone: 'UTC', local: at.toISOString().slice(0, 19) };
}

function placeOf({ state }: PublicationRecord): Piece['place'] {
  return state === 'scheduled' || state === 'preparing' || state === 'ready' ? 'waiting' : state;
}

function clearedOf({ cleared_hash, content_hash }: PublicationRecord): Piece['cleared'] {
  if (cleared_hash === null) return 'nothing';
  return cleared_hash === content_hash ? 'this' : 'earlier';
}

const UNHELD = { invitation: null, invited_until: null, lease: null, leased_until: null };
const BEFORE = ['scheduled', 'preparing', 'ready', 'held'];

/** What planning does after the last decision: the guarded write of the engine, under its locks. */
async function clear(tx: Transaction, actor: Actor, record: PublicationRecord): Promise<PublicationRecord> {
  refuseAfterFence(record);
  const entries: [LogEntry] = [{ kind: 'cleared', evidence: { contentHash: record.content_hash } }];
  const to = record.state === 'held' ? 'held' : 'scheduled';
  return change(tx, { from: record, to, actor, entries, set: { ...UNHELD, cleared_hash: record.content_hash } });
}

/** The same when an approval is taken back. */
export async function withdraw(tx: Transaction, actor: Actor, record: PublicationRecord): Promise<PublicationRecord> {
  refuseAfterFence(record);
  const entries: [LogEntry, LogEntry] = [
    { kind: 'clearance-withdrawn' },
    { kind: 'held', evidence: { reason: 'approval-missing' } },
  ];
  const set = { ...UNHELD, cleared_hash: null, held_reason: 'approval-missing' as const };
  return change(tx, { from: record, to: 'held', actor, entries, set });
}

function refuseAfterFence({ state }: PublicationRecord): void {
  if (!BEFORE.includes(state)) throw new Problem('already-publishing', `It is ${state}.`, { extra: { state } });
}

/** Lets workers die at the fence: whoever holds one of `deaths` when it is ready can write nothing more. */
export const DEATHS = `
  create table deaths (publication_id uuid);
  grant select on deaths to public;
  create function die() returns trigger language plpgsql as $$ begin
    if exists (select 1 from deaths where publication_id = old.id) then raise exception 'dead'; end if;
    return new;
  end $$;
  create trigger a_death before update on publications for each row
    when (old.state = 'ready' and old.leased_until > now()) execute function die()`;
