import {
  type Authorization,
  type ChannelInfo,
  type CommitContext,
  isJsonObject,
  type Json,
  type JsonObject,
  type LookedUp,
  type MediaSource,
  type PlatformContext,
  type Receipt,
  type SegmentDraft,
} from '#platforms/core';
import { googleCredentialsOf } from '#platforms/google';
import { draft, failureBy, grantByConsent, order, patiently, PracticeStage, preparing } from '#platforms/testing';
import { practiceEndpoints } from '#sandbox';
import { adapter } from './adapter.js';
import { platform } from './index.js';
import { manifest, PRACTICE_APP, SCOPES } from './manifest.js';
import { type Prepared } from './publish.js';

/** What a person does on the consent page. */
export interface Consent {
  person?: string;
  /** Which channel the account has. */
  channel?: 'verified' | 'unverified' | 'none';
  publishing?: 'testing' | 'production';
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
}

/** Who signs in when nobody else is named. */
export const PERSON = 'Practice Person';

/** A sandbox with YouTube alone, a clock that can be put forward, and everything to act on it as ClickPost would. */
export class Practice extends PracticeStage {
  /** Every request that was sent. */
  readonly sent: Request[] = [];
  /** How much of each budget was said to be used. */
  readonly used = new Map<string, number>();
  /** What comes back may be changed on its way, or lost. */
  altered: ((request: Request, answer: Response) => Promise<Response> | Response) | undefined;

  static start(): Promise<Practice> {
    return new Practice().open(platform);
  }

  override reset(): void {
    super.reset();
    this.sent.length = 0;
    this.used.clear();
    this.altered = undefined;
  }

  context(): PlatformContext {
    return {
      fetch: async (input, init) => {
        const request = new Request(input, init);
        this.sent.push(request.clone());
        const answer = await fetch(request);
        return this.altered ? this.altered(request, answer) : answer;
      },
      now: this.now,
      endpoints: practiceEndpoints(manifest, this.sandbox.origin),
      app: PRACTICE_APP,
      options: {},
      spend: () => undefined,
      use: (budget, amount) => this.used.set(budget, (this.used.get(budget) ?? 0) + amount),
    };
  }

  /** The whole way: page, code, tokens. */
  async connect(consent: Consent = {}, app = PRACTICE_APP): Promise<Authorization> {
    const { oauth } = adapter;
    if (!oauth) throw new Error('YouTube connects by OAuth.');
    const { endpoints } = this.context();
    const grant = await grantByConsent({ oauth, app, endpoints, approve: (url) => approve(url, consent) });
    return oauth.authorize(this.context(), grant);
  }

  /** The channel of a new sign-in, and a context for it. */
  async account(consent: Consent = {}): Promise<CommitContext & { channel: ChannelInfo }> {
    const { credentials } = await this.connect(consent);
    const ctx = { ...this.context(), credentials, channelDetails: {}, media: [] };
    const [channel] = await adapter.listChannels(ctx);
    if (!channel) throw new Error('The account has no channel.');
    return { ...ctx, channelId: channel.id, channelDetails: channel.details ?? {}, channel };
  }

  /** Prepares, waiting as long as it takes. */
  async prepare(
    ctx: CommitContext,
    post: SegmentDraft,
    media: readonly MediaSource[],
    steps = new Map<string, Json>(),
  ): Promise<Prepared> {
    return patiently(this, () => adapter.prepare(preparing(ctx, media, steps), post));
  }

  /** The whole way of a post. */
  async publish(ctx: CommitContext, post: SegmentDraft, media: readonly MediaSource[]): Promise<Receipt> {
    return adapter.commit(ctx, await this.prepare(ctx, post, media));
  }

  /** Asks the practice network for something that only a rehearsal can ask for. */
  order(what: string, body: JsonObject): Promise<JsonObject> {
    return order(this.sandbox.origin, 'youtube', what, body);
  }

  /** What the practice network has of a person's videos. */
  async videos(person = PERSON): Promise<JsonObject[]> {
    const { videos } = await this.order('tell', { person });
    return Array.isArray(videos) ? videos.filter(isJsonObject) : [];
  }

  /** A call of the API itself: its status, and what it says. */
  async ask(
    ctx: CommitContext,
    method: string,
    path: string,
    {
      json,
      body,
      headers = {},
    }: { json?: JsonObject; body?: Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: JsonObject; headers: Headers }> {
    const sent = json ? JSON.stringify(json) : body;
    const answer = await fetch(path.startsWith('http') ? path : `${this.sandbox.origin}/youtube${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${googleCredentialsOf(ctx).accessToken}`,
        ...(json && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await answer.text();
    const said: unknown = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: answer.status, headers: answer.headers, body: isJsonObject(said) ? said : {} };
  }
}

/** Answers the consent page as a person would. */
export async function approve(url: string, consent: Consent = {}): Promise<string> {
  const body = new URLSearchParams({
    decision: consent.decision ?? 'continue',
    channel: consent.channel ?? 'verified',
    publishing: consent.publishing ?? 'production',
  });
  if (consent.person !== undefined) body.set('person', consent.person);
  for (const scope of consent.scopes ?? SCOPES) body.append('scope', scope);
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

/** What `lookup` finds under this name. */
export async function chosenPlaylist(ctx: CommitContext, title: string): Promise<LookedUp> {
  const found = (await adapter.lookup?.(ctx, 'playlist', title)) ?? [];
  const answer = found.find(({ label }) => label === title);
  if (!answer) throw new Error(`${title} was not found.`);
  return { value: answer.value, label: answer.label };
}

/** A post with what YouTube wants to know of every video. */
export function videoPost(settings: JsonObject = {}, more: Partial<SegmentDraft> = {}): SegmentDraft {
  return draft({ text: 'Fresh bread', ...more, settings: { title: 'Rye at six', madeForKids: 'no', ...settings } });
}

/** The failure that a call ends in, as people read it. */
export const failureOf = (call: Promise<unknown> | undefined, now?: Date) => failureBy(adapter, call, now);
