import { createHash } from 'node:crypto';
import {
  type Authorization,
  type CommitContext,
  isJsonObject,
  type Json,
  type JsonObject,
  type MediaSource,
  type OAuthConnect,
  type OptionValues,
  type PlatformContext,
  type Receipt,
  type Reconciliation,
  type SegmentDraft,
  StillProcessing,
} from '#platforms/core';
import { failureBy, grantByConsent, order, PracticeStage, practiceVideo, preparing } from '#platforms/testing';
import { practiceEndpoints } from '#sandbox';
import { adapter } from './adapter.js';
import { credentialsOf } from './api.js';
import { platform } from './index.js';
import { manifest } from './manifest.js';
import { PRACTICE_APP } from './options.js';
import { type PreparedPost } from './publish.js';
import { SCOPES } from './scopes.js';

/** What a person does on the consent page. */
export interface Consent {
  person?: string;
  account?: 'public' | 'private';
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
}

/** What whoever posts has to say in any case. */
export const AGREED = { privacy: 'PUBLIC_TO_EVERYONE', musicConsent: true } as const;

/** An upright video that TikTok takes. */
export const clip = (options: Parameters<typeof practiceVideo>[0] = {}): MediaSource =>
  practiceVideo({ width: 720, height: 1_280, durationMs: 3_000, ...options });

/** A sandbox with TikTok alone, a clock that can be put forward, and everything to act on it as ClickPost would. */
export class Practice extends PracticeStage {
  /** Every request that was sent, without its body. */
  readonly sent: Request[] = [];
  /** What is asked may be answered by somebody else, or not at all. */
  between: ((request: Request, ask: () => Promise<Response>) => Promise<Response>) | undefined;
  options: OptionValues = { audited: 'audited', pull: false };

  static start(): Promise<Practice> {
    return new Practice().open(platform);
  }

  override reset(): void {
    super.reset();
    this.sent.length = 0;
    this.between = undefined;
    this.options = { audited: 'audited', pull: false };
  }

  context(app = PRACTICE_APP): PlatformContext {
    return {
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const ask = () => fetch(request);
        this.sent.push(new Request(request.url, { method: request.method, headers: request.headers }));
        return this.between ? this.between(request, ask) : ask();
      },
      now: this.now,
      endpoints: practiceEndpoints(manifest, this.sandbox.origin),
      app,
      options: this.options,
      spend: () => undefined,
      use: () => undefined,
    };
  }

  /** The whole way: page, code, tokens. With the proof key that the bridge adds on every platform. */
  async connect(consent: Consent = {}, app = PRACTICE_APP): Promise<Authorization> {
    const { endpoints } = this.context();
    const oauth = withProofKey(oauthOfTikTok());
    const grant = await grantByConsent({ oauth, app, endpoints, approve: (url) => approve(url, consent) });
    return oauth.authorize(this.context(app), grant);
  }

  /** A context for the account of a new sign-in. */
  async account(consent: Consent = {}, app = PRACTICE_APP): Promise<CommitContext> {
    const { credentials } = await this.connect(consent, app);
    const base = { ...this.context(app), credentials, channelDetails: {}, media: [] };
    const [channel] = await adapter.listChannels(base);
    if (!channel) throw new Error('There is no channel.');
    return { ...base, channelId: channel.id, channelDetails: channel.details ?? {} };
  }

  prepare(
    ctx: CommitContext,
    draft: SegmentDraft,
    media: readonly MediaSource[],
    steps = new Map<string, Json>(),
  ): Promise<PreparedPost> {
    return adapter.prepare(preparing(ctx, media, steps), draft);
  }

  /** Sends what was prepared: what the adapter keeps of it. */
  async send(ctx: CommitContext, prepared: PreparedPost, media: readonly MediaSource[]): Promise<JsonObject> {
    try {
      await adapter.commit({ ...ctx, media }, prepared);
    } catch (error) {
      if (error instanceof StillProcessing && error.accepted) return error.accepted;
      throw error;
    }
    throw new Error('TikTok never says at once that a post is visible.');
  }

  look(
    ctx: CommitContext,
    prepared: PreparedPost,
    draft: SegmentDraft,
    more: Partial<Looking> = {},
  ): Promise<Reconciliation> {
    const usual = { since: new Date(this.now().getTime() - 1_000), claimed: new Set<string>() };
    return adapter.reconcile(ctx, { prepared, draft, ...usual, ...more });
  }

  /** The whole way of a post, waiting for as long as it takes. */
  async publish(ctx: CommitContext, draft: SegmentDraft, media: readonly MediaSource[]): Promise<Receipt> {
    const prepared = await this.prepare(ctx, draft, media);
    const since = this.now();
    const accepted = await this.send(ctx, prepared, media);
    for (;;) {
      const looked = await this.look(ctx, prepared, draft, { since, accepted });
      if (looked.outcome === 'published') return looked.receipt;
      if (looked.outcome !== 'pending') throw new Error(`It ended ${JSON.stringify(looked)}.`);
      this.pass(Math.max(1_000, looked.checkAt.getTime() - this.now().getTime()));
    }
  }

  /** Asks the practice network for something that only a rehearsal can ask for. */
  order(what: string, body: JsonObject): Promise<JsonObject> {
    return order(this.sandbox.origin, 'tiktok', what, body);
  }

  /** A call of the API itself: its status, and what it says. */
  async ask(
    ctx: CommitContext,
    path: string,
    json: JsonObject,
  ): Promise<{ status: number; code: string; data: JsonObject }> {
    const answer = await fetch(`${this.sandbox.origin}/tiktok/api${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${credentialsOf(ctx).accessToken}`,
        'content-type': 'application/json; charset=UTF-8',
      },
      body: JSON.stringify(json),
    });
    const body = (await answer.json()) as JsonObject;
    const { error, data } = body;
    const code = isJsonObject(error) && typeof error.code === 'string' ? error.code : '';
    return { status: answer.status, code, data: isJsonObject(data) ? data : {} };
  }

  visible() {
    return this.sandbox.visible('tiktok');
  }

  /** The parts that were sent, as their `Content-Range` says. */
  parts(): string[] {
    return this.sent.filter(({ method }) => method === 'PUT').map(({ headers }) => headers.get('content-range') ?? '');
  }
}

interface Looking {
  since: Date;
  claimed: ReadonlySet<string>;
  accepted: JsonObject;
}

const VERIFIER = 'practice-verifier-practice-verifier-practice-verifier';

/** What the bridge does on every platform: a proof key on the way there and back. */
export function withProofKey(oauth: OAuthConnect, verifier = VERIFIER): OAuthConnect {
  const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
  return {
    ...oauth,
    strategy: (input) => {
      const strategy = oauth.strategy(input);
      const { authorizationParams, tokenParams } = strategy as unknown as Record<string, (options: object) => object>;
      return Object.assign(strategy, {
        authorizationParams: (options: object) => ({
          ...authorizationParams?.call(strategy, options),
          ...{ state: 'state-1', code_challenge: challenge, code_challenge_method: 'S256' },
        }),
        tokenParams: (options: object) => ({ ...tokenParams?.call(strategy, options), code_verifier: verifier }),
      });
    },
  };
}

export function oauthOfTikTok(): OAuthConnect {
  if (!adapter.oauth) throw new Error('TikTok connects by OAuth.');
  return adapter.oauth;
}

/** Answers the consent page as a person would. */
export async function approve(url: string, consent: Consent = {}): Promise<string> {
  const body = new URLSearchParams({ decision: consent.decision ?? 'continue' });
  if (consent.person !== undefined) body.set('person', consent.person);
  if (consent.account !== undefined) body.set('account', consent.account);
  for (const scope of consent.scopes ?? SCOPES) body.append('scope', scope);
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  const back = answer.headers.get('location');
  if (back === null) throw new Error(`The page was answered with ${answer.status}: ${await answer.text()}`);
  return back;
}

/** The failure that a call ends in, as people read it. */
export const failureOf = (call: Promise<unknown> | undefined, now?: Date) => failureBy(adapter, call, now);
