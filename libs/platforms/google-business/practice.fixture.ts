import { createHash } from 'node:crypto';
import sharp from 'sharp';
import {
  type Authorization,
  type ChannelInfo,
  type CommitContext,
  isJsonObject,
  type Json,
  type JsonObject,
  type MediaSource,
  type OAuthApp,
  parseJson,
  type PlatformContext,
  type Receipt,
  type Reconciliation,
  type SegmentDraft,
  StillProcessing,
} from '#platforms/core';
import { googleCredentialsOf } from '#platforms/google';
import { drive, failureBy, order, PracticeStage, preparing, readable } from '#platforms/testing';
import { practiceEndpoints } from '#sandbox';
import { adapter } from './adapter.js';
import { platform } from './index.js';
import { manifest, PRACTICE_APP, SCOPE } from './manifest.js';
import { type PreparedPost } from './publish.js';

/** Where people are sent back to. */
export const CALLBACK = 'http://127.0.0.1/callback';

/** What a person does on the consent page. */
export interface Consent {
  person?: string;
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
  publishing?: 'testing' | 'production';
  places?: 'few' | 'many';
}

/** A sandbox with Google Business Profile alone, a clock that can be put forward, and everything to act on it as ClickPost would. */
export class Practice extends PracticeStage {
  /** Every request that was sent. */
  readonly sent: { method: string; url: URL; headers: Headers; body: string }[] = [];
  /** What comes back may be changed on its way. */
  altered: ((request: Request, answer: Response) => Promise<Response> | Response) | undefined;

  static start(): Promise<Practice> {
    return new Practice().open(platform);
  }

  override reset(): void {
    super.reset();
    this.sent.length = 0;
    this.altered = undefined;
  }

  context(): PlatformContext {
    return {
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const { method, headers } = request;
        this.sent.push({ method, url: new URL(request.url), headers, body: await request.clone().text() });
        const answer = await fetch(request);
        return this.altered ? this.altered(request, answer) : answer;
      },
      now: this.now,
      endpoints: practiceEndpoints(manifest, this.sandbox.origin),
      app: PRACTICE_APP,
      options: {},
      spend: () => undefined,
      use: () => undefined,
    };
  }

  /** The sign-in, as the bridge has it made. */
  strategy(app: OAuthApp = PRACTICE_APP) {
    if (!adapter.oauth) throw new Error('Google connects by OAuth.');
    const { endpoints } = this.context();
    return adapter.oauth.strategy({ app, callbackUrl: CALLBACK, endpoints, verify: () => undefined });
  }

  /** The address of the page, and what came back from it. */
  async consent(consent: Consent = {}): Promise<{ page: URL; back: URL }> {
    const start = await drive(this.strategy(), {}, { state: 'state-1' });
    if (start.kind !== 'redirect') throw new Error(`The sign-in did not start: ${start.kind}`);
    return { page: new URL(start.url), back: new URL(await approve(start.url, consent)) };
  }

  /** The whole way: page, code, tokens. */
  async connect(consent: Consent = {}): Promise<Authorization> {
    const { back } = await this.consent(consent);
    const outcome = await drive(this.strategy(), Object.fromEntries(back.searchParams));
    if (outcome.kind !== 'success') throw new Error(`The sign-in ended with ${outcome.kind}`);
    if (!adapter.oauth) throw new Error('Google connects by OAuth.');
    return adapter.oauth.authorize(this.context(), outcome.grant);
  }

  /** A context without a place. */
  async account(consent: Consent = {}): Promise<CommitContext> {
    const { credentials } = await this.connect(consent);
    return { ...this.context(), credentials, channelDetails: {}, media: [] };
  }

  /** A context for the first place of a new sign-in. */
  async place(consent: Consent = {}): Promise<CommitContext> {
    const ctx = await this.account(consent);
    const [channel] = await adapter.listChannels(ctx);
    this.sent.length = 0;
    return at(ctx, channel);
  }

  /** Prepares a post with these files. */
  prepare(ctx: CommitContext, draft: SegmentDraft, media: readonly MediaSource[] = []): Promise<PreparedPost> {
    return adapter.prepare(preparing(ctx, media), { ...draft, media });
  }

  /** The whole way of a post that is live at once. */
  async publish(ctx: CommitContext, draft: SegmentDraft): Promise<Receipt> {
    return adapter.commit(ctx, await this.prepare(ctx, draft));
  }

  /** Commits what Google checks: by what it is called, and what was sent. */
  async accepted(
    ctx: CommitContext,
    draft: SegmentDraft,
    media: readonly MediaSource[] = [],
  ): Promise<{ error: StillProcessing; name: string; look: () => Promise<Reconciliation> }> {
    const prepared = await this.prepare(ctx, draft, media);
    const since = this.now();
    const error: unknown = await adapter.commit(ctx, prepared).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof StillProcessing) || !error.accepted)
      throw new Error(`It was not accepted: ${String(error)}`);
    const accepted = error.accepted;
    if (typeof accepted.name !== 'string') throw new Error('The post has no name.');
    const look = () => adapter.reconcile(ctx, { prepared, draft, since, claimed: new Set(), accepted });
    return { error, name: accepted.name, look };
  }

  /** Asks the practice network for something that only a rehearsal can ask for. */
  order(what: string, body: JsonObject): Promise<JsonObject> {
    return order(this.sandbox.origin, manifest.id, what, body);
  }

  /** A call of a service itself: its status and what it says. */
  async ask(
    ctx: CommitContext,
    method: string,
    path: string,
    body?: JsonObject,
  ): Promise<{ status: number; body: JsonObject }> {
    const answer = await fetch(`${this.sandbox.origin}/${manifest.id}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${googleCredentialsOf(ctx).accessToken}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const said = parseJson(await answer.text());
    return { status: answer.status, body: isJsonObject(said) ? said : {} };
  }
}

/** The context of one of the places. */
export function at(ctx: CommitContext, channel: ChannelInfo | undefined): CommitContext {
  if (!channel) throw new Error('There is no such place.');
  return { ...ctx, channelId: channel.id, channelDetails: channel.details ?? {} };
}

/** Answers the consent page as a person would. */
export async function approve(url: string, consent: Consent = {}): Promise<string> {
  const { decision = 'continue', person, publishing, places, scopes = [SCOPE] } = consent;
  const body = new URLSearchParams({ decision });
  for (const [name, value] of Object.entries({ person, publishing, places })) {
    if (value !== undefined) body.set(name, value);
  }
  for (const scope of scopes) body.append('scope', scope);
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

/** A photo with some grain, as real ones have it: a plain one would have too few bytes for Google. */
export async function photo({ width = 400, height = 300, seed = 60 } = {}): Promise<MediaSource> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: seed };
  const painted = await sharp({ create: { width, height, channels: 3, background: '#336699', noise } })
    .jpeg({ quality: 90 })
    .toBuffer();
  const bytes = Uint8Array.from(painted);
  return {
    ...{ kind: 'image', contentType: 'image/jpeg', bytes: bytes.length, width, height },
    digest: createHash('sha256').update(bytes).digest('hex'),
    ...readable(bytes, 'image/jpeg'),
  };
}

/** The settings of an event that takes an evening. */
export const EVENING: JsonObject = {
  format: 'event',
  title: 'An evening of bread',
  startDate: '2026-12-31',
  startTime: '18:00',
  endDate: '2026-12-31',
  endTime: '21:30',
};

/** The settings of an offer that holds for a month. */
export const OFFER_OF_A_MONTH: JsonObject = {
  format: 'offer',
  title: 'Two for one',
  startDate: '2026-12-01',
  startTime: '00:00',
  endDate: '2026-12-31',
  endTime: '23:59',
  couponCode: 'RYE-2',
  redeemUrl: 'https://example.com/redeem',
  terms: 'One for each person.',
};

/** A text of an answer. */
export function text(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error('The answer has no such text.');
  return value;
}

/** The failure that a call ends in, as people read it. */
export const failureOf = (call: Promise<unknown> | undefined, now?: Date) => failureBy(adapter, call, now);

export { draft, drive, preparing } from '#platforms/testing';
