import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer } from '../support/customer.js';
import { type Approvers } from './approvers.js';
import { type Channel, type Customers } from './customers.js';
import { type Intent, type Ledger, type Standing } from './ledger.js';
import { type PlannedFault } from './plan-faults.js';
import { altTextOf, markOf, textOf } from './plan-text.js';
import { type Action, type PlannedPost } from './plan.js';
import { tryOnce, untilAnswered } from './requests.js';
import { type Sandbox } from './sandbox-control.js';

const TIME_ZONE = 'Europe/Berlin';
/** A network that is asked in this time refuses; whatever comes later is left as it is. */
const REFUSED_WITHIN_MS = 8_000;
const LOOK_EVERY_MS = 250;
/** The people who write posts and change their minds. */
export class Authors {
  constructor(
    private readonly customers: Customers,
    private readonly approvers: Approvers,
    private readonly sandbox: Sandbox,
    private readonly ledger: Ledger,
    /** `performance.now()` of the run's beginning. */
    private readonly begun: number,
  ) {}

  /** Writes a post at its time, retried until it is acknowledged, and carries out what is planned for it. */
  async write(post: PlannedPost): Promise<void> {
    await Promise.all([this.mislead(post), this.live(post)]);
  }

  private async mislead(post: PlannedPost): Promise<void> {
    await this.until(post.faultsAt);
    for (const fault of post.faults) await this.sandbox.fault(this.aimed(fault, post));
  }

  /** The request that publishes a container has no text: it is known by the account that it is for. */
  private aimed(fault: PlannedFault, post: PlannedPost): PlannedFault {
    if (isNameless(fault, post)) {
      const { match: _, ...anyOne } = fault;
      return anyOne;
    }
    const isOfContainer =
      fault.platform === 'threads' || (fault.platform === 'instagram' && fault.match === markOf(post.text));
    if (fault.operation !== 'commit' || !isOfContainer) return fault;
    const account = this.channelsOf(post).find(({ network }) => network === fault.platform)?.account;
    return account === undefined ? fault : { ...fault, match: `/${account}/` };
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
      channels: channels.map(({ id, settings }) => ({
        id,
        settings: { ...settings, ...(post.format && { format: post.format }) },
      })),
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
    const approval = this.approvers.storyOf(channels[0]?.organization ?? -1);
    for (const publication of created.publications) {
      const channel = channels.find(({ id }) => id === publication.channelId);
      if (!channel) throw new Error(`Post ${post.number} was created for a channel that nobody named.`);
      const saved = { standing: 'acknowledged', at: Date.now() } as const;
      this.ledger.intents.push({
        ...{ post: post.number, postId: created.id, publicationId: publication.id, channelId: channel.id },
        ...{ network: channel.network, account: channel.account, text: post.text, parts: post.parts },
        ...(channel.login.way !== undefined && { way: channel.login.way }),
        alone: channels.length === 1,
        ...(approval && { approval }),
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
      case 'ask':
      case 'agree':
      case 'request-changes':
      case 'decide-stale': {
        const [intent] = intents;
        if (intent) await this.approve(intent, first.organization, action);
        return;
      }
      case 'retry':
        await this.retry(post, id, channels, action);
        return;
    }
  }

  private async approve(intent: Intent, organization: number, action: Action): Promise<void> {
    const { approvers } = this;
    switch (action.kind) {
      case 'ask':
        return approvers.ask(organization, intent);
      case 'agree':
        return approvers.agree(organization, intent, action.steps);
      case 'request-changes':
        return approvers.requestChanges(organization, intent);
      case 'decide-stale':
        return approvers.decideStale(organization, intent);
      default:
        throw new Error(`"${action.kind}" is no matter of approval.`);
    }
  }

  /** Waits until the network has refused it, and has it sent once more: by hand, or because it is corrected. */
  private async retry(
    post: PlannedPost,
    id: string,
    channels: readonly Channel[],
    { at, after }: Action & { kind: 'retry' },
  ): Promise<void> {
    const [channel] = channels;
    const [intent] = this.ledger.ofPost(post.number);
    if (!channel || !intent || !(await this.hasFailed(channel, intent))) return;
    if (after === 'edit') {
      await this.act(post, id, channels, { kind: 'edit', at });
      await this.act(post, id, channels, { kind: 'ask', at });
      return;
    }
    const path = `/v1/publications/${intent.publicationId}/retry`;
    const done = this.standingOf(await tryOnce((signal) => channel.owner.request('POST', path, { signal })));
    if (done) this.ledger.counts['retried by hand'] += 1;
  }

  private async hasFailed({ owner }: Channel, { publicationId }: Intent): Promise<boolean> {
    const end = performance.now() + REFUSED_WITHIN_MS;
    while (performance.now() < end) {
      const path = `/v1/publications/${publicationId}`;
      const { status, body } = await untilAnswered((signal) => owner.request('GET', path, { signal }));
      if (status === 200 && body.state === 'failed') return true;
      await sleep(LOOK_EVERY_MS);
    }
    return false;
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
  ): { id: string; altText?: string }[] {
    const clip = this.customers.clips.get(owner);
    if (parts[part]?.video && clip !== undefined) return [{ id: clip }];
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

/** The request that publishes a video on these is its last part, or says who may see it: whichever comes next is hit. */
function isNameless({ operation, platform, match }: PlannedFault, { text, parts }: PlannedPost): boolean {
  const isOfVideo = (platform === 'tiktok' || platform === 'youtube') && parts[0]?.video === true;
  return operation === 'commit' && isOfVideo && match === markOf(text);
}

/** A time was chosen that has passed. */
function isPast({ status, body }: Answer): boolean {
  return status === 422 && JSON.stringify(body).includes('"past"');
}
