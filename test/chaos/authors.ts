import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer } from '../support/customer.js';
import { type Channel, type Customers } from './customers.js';
import { type Installation } from './installation.js';
import { type Intent, type Ledger, type Standing } from './ledger.js';
import { altTextOf, textOf } from './plan-text.js';
import { type Action, type PlannedPost } from './plan.js';
import { tryOnce, untilAnswered } from './requests.js';
import { type Sandbox } from './sandbox-control.js';

const TIME_ZONE = 'Europe/Berlin';
/** A withdrawn clearance, as approvals will write it: state, version and log entry in one statement. */
const WITHDRAW = `
with withdrawn as (
  update publications set cleared_hash = null, version = version + 1, state = 'scheduled',
         invitation = null, invited_until = null, lease = null, leased_until = null
   where id = $1 and state in ('scheduled', 'preparing', 'ready') and first_fenced_at is null
  returning *)
insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state)
select gen_random_uuid(), id, organization_id, version, 'clearance-withdrawn', '{"type": "user", "name": "Chaos"}', attempts, state
  from withdrawn returning publication_id`;

/** The people who write posts and change their minds. */
export class Authors {
  constructor(
    private readonly installation: Installation,
    private readonly customers: Customers,
    private readonly sandbox: Sandbox,
    private readonly ledger: Ledger,
    /** `performance.now()` of the run's beginning. */
    private readonly begun: number,
  ) {}

  /** Writes a post at its time, retried until it is acknowledged, and carries out what is planned for it. */
  async write(post: PlannedPost): Promise<void> {
    await Promise.all([this.mislead(post), this.live(post)]);
  }

  private async mislead({ faults, faultsAt }: PlannedPost): Promise<void> {
    await this.until(faultsAt);
    for (const fault of faults) await this.sandbox.fault(fault);
  }

  private async live(post: PlannedPost): Promise<void> {
    await this.until(post.at);
    const channels = this.channelsOf(post);
    const created = await this.create(post, channels, post.due);
    if (!created) return;
    for (const action of post.actions) {
      await this.until(action.at);
      await this.act(post, created.id, channels, action);
    }
  }

  private async create(post: PlannedPost, channels: readonly Channel[], due: number | 'now'): Promise<Answer['body']> {
    const [first] = channels;
    if (!first) throw new Error(`Post ${post.number} has no channel.`);
    const { owner } = first;
    const at = due === 'now' ? undefined : this.instant(due);
    const json = {
      content: this.contentOf(post, 1, first),
      media: this.mediaOf(post, 0, first),
      channels: channels.map(({ id }) => ({ id })),
      schedule: at === undefined ? 'now' : { at: new Date(at).toISOString(), timeZone: TIME_ZONE },
    };
    const headers = { 'idempotency-key': randomUUID() };
    const path = `/v1/workspaces/${owner.workspaceId}/posts`;
    const answer = await untilAnswered(
      (signal) => owner.request('POST', path, { json, headers, signal }),
      () => (this.ledger.counts.answersLost += 1),
    );
    if (answer.status === 201) {
      this.keep(post, channels, answer.body, at);
      return answer.body;
    }
    // The server was away until long after the time: whoever wrote it sends it now.
    if (isPast(answer) && due !== 'now') return this.create(post, channels, 'now');
    this.ledger.refused.push(`post ${post.number}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return undefined;
  }

  private keep(post: PlannedPost, channels: readonly Channel[], created: Answer['body'], at: number | undefined): void {
    for (const publication of created.publications) {
      const channel = channels.find(({ id }) => id === publication.channelId);
      if (!channel) throw new Error(`Post ${post.number} was created for a channel that nobody named.`);
      const saved = { standing: 'acknowledged', at: Date.now() } as const;
      this.ledger.intents.push({
        ...{ post: post.number, postId: created.id, publicationId: publication.id, channelId: channel.id },
        ...{ network: channel.network, account: channel.account, text: post.text, parts: post.parts },
        alone: channels.length === 1,
        versions: [{ ...saved, value: 1 }],
        dues: [{ ...saved, value: at ?? Date.parse(publication.dueAt) }],
      });
    }
  }

  private async act(post: PlannedPost, id: string, channels: readonly Channel[], action: Action): Promise<void> {
    const intents = this.ledger.ofPost(post.number);
    const [first] = channels;
    if (!first) return;
    const { owner } = first;
    switch (action.kind) {
      case 'edit': {
        const version = Math.max(...intents.flatMap(({ versions }) => versions.map(({ value }) => value))) + 1;
        const done = await this.change(owner, 'PATCH', id, { content: this.contentOf(post, version, first) });
        if (!done) return;
        this.ledger.counts.edited += 1;
        for (const { versions } of intents) versions.push({ value: version, standing: done, at: Date.now() });
        return;
      }
      case 'reschedule': {
        const at = this.instant(action.due);
        const schedule = { at: new Date(at).toISOString(), timeZone: TIME_ZONE };
        const done = await this.change(owner, 'PATCH', id, { schedule });
        if (!done) return;
        this.ledger.counts.rescheduled += 1;
        for (const { dues } of intents) dues.push({ value: at, standing: done, at: Date.now() });
        return;
      }
      case 'delete': {
        const done = await this.change(owner, 'DELETE', id);
        if (done) this.cancelled(intents, done);
        return;
      }
      case 'cancel': {
        const [intent] = intents;
        if (!intent) return;
        const answer = await tryOnce((signal) =>
          owner.request('POST', `/v1/publications/${intent.publicationId}/cancel`, { signal }),
        );
        const done = this.standingOf(answer);
        if (done) this.cancelled([intent], done);
        return;
      }
      case 'withdraw-clearance': {
        const [intent] = intents;
        if (intent) await this.withdraw(intent);
        return;
      }
    }
  }

  /** A change of a post, on the version that its author sees. Sent once: its answer may be lost. */
  private async change(
    owner: Channel['owner'],
    method: 'PATCH' | 'DELETE',
    id: string,
    json?: object,
  ): Promise<Standing | undefined> {
    const seen = await untilAnswered((signal) => owner.request('GET', `/v1/posts/${id}`, { signal }));
    if (seen.status !== 200) return undefined; // An earlier deletion, whose answer was lost, took place.
    const headers = { 'if-match': seen.headers.get('etag') ?? '' };
    const init = { headers, ...(json && { json }) };
    return this.standingOf(await tryOnce((signal) => owner.request(method, `/v1/posts/${id}`, { ...init, signal })));
  }

  private standingOf(answer: Answer | undefined): Standing | undefined {
    if (answer === undefined) {
      this.ledger.counts.answersLost += 1;
      return 'perhaps';
    }
    if (answer.status < 300) return 'acknowledged';
    // The server was away until long after the new time, or after the fence.
    if (answer.status === 409 || answer.status === 412 || isPast(answer)) {
      this.ledger.counts.tooLate += 1;
      return undefined;
    }
    throw new Error(`A change was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  private cancelled(intents: readonly Intent[], standing: Standing): void {
    for (const intent of intents) {
      if (intent.cancelled === 'acknowledged') continue;
      intent.cancelled = standing;
      intent.cancelledAt = Date.now();
    }
    this.ledger.counts.cancelled += intents.length;
  }

  private async withdraw(intent: Intent): Promise<void> {
    // The owner's statement is tried again until it is answered, so one that was done and not heard of changes nothing more.
    intent.clearanceWithdrawn = 'perhaps';
    const done = await this.installation.query(WITHDRAW, [intent.publicationId]);
    const [row] = await this.installation.query<{ cleared: boolean }>(
      'select cleared_hash is not null as cleared from publications where id = $1',
      [intent.publicationId],
    );
    if (done.length === 0 && row?.cleared !== false) delete intent.clearanceWithdrawn;
    else {
      intent.clearanceWithdrawn = 'acknowledged';
      this.ledger.counts.withdrawn += 1;
    }
  }

  /** All that is written, in a version. Only what the channels have is named: a thread of one and no comment are left out. */
  private contentOf({ text, parts }: PlannedPost, version: number, channel: Channel): object {
    const below = parts.map(({ kind }, part) => ({ kind, part, text: textOf(text, version, part) })).slice(1);
    const replies = below.filter(({ kind }) => kind === 'reply');
    const comment = below.find(({ kind }) => kind === 'comment');
    return {
      text: textOf(text, version),
      ...(replies.length > 0 && {
        thread: replies.map((reply) => ({
          text: reply.text,
          media: this.mediaOf({ text, parts }, reply.part, channel),
        })),
      }),
      ...(comment && { firstComment: { text: comment.text } }),
    };
  }

  private mediaOf(
    { text, parts }: Pick<PlannedPost, 'text' | 'parts'>,
    part: number,
    { owner }: Channel,
  ): { id: string; altText: string }[] {
    const pictures = this.customers.pictures.get(owner) ?? [];
    const count = parts[part]?.images ?? 0;
    return pictures.slice(0, count).map((id, index) => ({ id, altText: altTextOf(text, index, part) }));
  }

  private channelsOf(post: PlannedPost): Channel[] {
    return post.channels.flatMap((index) => this.customers.channels[index] ?? []);
  }

  /** Milliseconds since 1970. */
  private instant(at: number): number {
    return Math.round(performance.timeOrigin + this.begun + at);
  }

  private async until(at: number): Promise<void> {
    const wait = this.begun + at - performance.now();
    if (wait > 0) await sleep(wait);
  }
}

/** A time was chosen that has passed. */
function isPast({ status, body }: Answer): boolean {
  return status === 422 && JSON.stringify(body).includes('"past"');
}
