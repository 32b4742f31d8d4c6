import { createHash } from 'node:crypto';
import { type Strategy } from 'passport';
import {
  type CommitContext,
  type Authorization,
  type Cost,
  defaultOptions,
  type Json,
  type JsonObject,
  type MediaSource,
  type OAuthConnect,
  type OptionValues,
  type PlatformContext,
  type Receipt,
  type ReconcileInput,
  type Reconciliation,
  type SegmentDraft,
} from '#platforms/core';
import { draft, drive, failureBy, order, patiently, PracticeStage, preparing } from '#platforms/testing';
import { practiceEndpoints } from '#sandbox';
import { adapter } from './adapter.js';
import { accountOf } from './api.js';
import { platform } from './index.js';
import { manifest, PRACTICE_APP, SCOPES } from './manifest.js';
import { type PreparedPost } from './publish.js';

const CALLBACK = 'https://clickpost.example/v1/oauth/x/callback';
const VERIFIER = 'a-verifier-of-a-practice-that-is-long-enough-0123456789';

/** What a person does on the consent page. */
export interface Consent {
  person?: string;
  subscription?: string;
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
}

/** One call of the API, as it went. */
export interface Heard {
  method: string;
  url: URL;
  headers: Headers;
  body: string;
}

/** A sandbox with X alone, a clock that can be put forward, and everything to act on it as ClickPost would. */
export class Practice extends PracticeStage {
  readonly heard: Heard[] = [];
  readonly spent: Cost[] = [];
  options: OptionValues = defaultOptions(manifest);

  static start(): Promise<Practice> {
    return new Practice().open(platform);
  }

  override reset(): void {
    super.reset();
    this.heard.length = 0;
    this.spent.length = 0;
    this.options = defaultOptions(manifest);
  }

  context(): PlatformContext {
    return {
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const { method, url, headers } = request;
        // Files are not read a second time.
        const isForm = headers.get('content-type')?.startsWith('multipart/') ?? false;
        const body = isForm ? '' : await request.clone().text();
        this.heard.push({ method, url: new URL(url), headers, body });
        return fetch(request);
      },
      now: this.now,
      endpoints: practiceEndpoints(manifest, this.sandbox.origin),
      app: PRACTICE_APP,
      options: this.options,
      spend: (cost) => this.spent.push(cost),
      use: () => undefined,
    };
  }

  strategy(verifier = VERIFIER, app = PRACTICE_APP): Strategy {
    const { endpoints } = this.context();
    const oauth = withProofKey(oauthOfX(), verifier);
    return oauth.strategy({ app, callbackUrl: CALLBACK, endpoints, verify: () => undefined });
  }

  /** The address of the consent page, and what came back from it. */
  async consent(consent: Consent = {}): Promise<{ page: URL; back: URL }> {
    const start = await drive(this.strategy(), {});
    if (start.kind !== 'redirect') throw new Error(`The sign-in did not start: ${start.kind}`);
    return { page: new URL(start.url), back: new URL(await approve(start.url, consent)) };
  }

  /** The whole way: page, code, tokens. */
  async connect(consent: Consent = {}): Promise<Authorization> {
    const { back } = await this.consent(consent);
    const outcome = await drive(this.strategy(), Object.fromEntries(back.searchParams));
    if (outcome.kind !== 'success') throw new Error(`The sign-in ended with ${outcome.kind}`);
    return oauthOfX().authorize(this.context(), outcome.grant);
  }

  /** A context for the account of a new sign-in, with its channel. */
  async account(consent: Consent = {}): Promise<CommitContext> {
    const { credentials } = await this.connect(consent);
    const signedIn = { ...this.context(), credentials, channelDetails: {}, media: [] };
    const [channel] = await adapter.listChannels(signedIn);
    if (!channel) throw new Error('There is no channel.');
    this.spent.length = 0;
    this.heard.length = 0;
    return { ...signedIn, channelId: channel.id, channelDetails: channel.details ?? {} };
  }

  /** Prepares, waiting as long as it takes. */
  async prepare(
    ctx: CommitContext,
    given: SegmentDraft,
    media: readonly MediaSource[] = [],
    steps = new Map<string, Json>(),
  ): Promise<PreparedPost> {
    return patiently(this, () => adapter.prepare(preparing(ctx, media, steps), given));
  }

  /** The whole way of a post. */
  async publish(ctx: CommitContext, given: SegmentDraft, media: readonly MediaSource[] = []): Promise<Receipt> {
    return adapter.commit(ctx, await this.prepare(ctx, given, media));
  }

  /** A look for what was sent from now on less `agoMs`. */
  async look(
    ctx: CommitContext,
    prepared: PreparedPost,
    change: Partial<ReconcileInput<PreparedPost>> = {},
  ): Promise<Reconciliation> {
    return adapter.reconcile(ctx, { prepared, draft: draft(), since: this.now(), claimed: new Set(), ...change });
  }

  /** Asks the practice network for something that only a rehearsal can ask for. */
  order(what: 'plan' | 'revoke' | 'subscribe', body: JsonObject): Promise<JsonObject> {
    return order(this.sandbox.origin, 'x', what, body);
  }

  /** A call of the API itself, as anybody could make it. */
  async ask(
    ctx: CommitContext,
    method: string,
    path: string,
    body?: JsonObject | FormData,
  ): Promise<{ status: number; headers: Headers; body: JsonObject }> {
    const { token } = accountOf(ctx);
    const isForm = body instanceof FormData;
    const answer = await fetch(`${this.sandbox.origin}/x/api/2/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && !isForm && { 'content-type': 'application/json' }) },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as JsonObject };
  }

  visible() {
    return this.sandbox.visible('x');
  }

  /** What was asked of this path of the API. */
  callsTo(method: string, path: RegExp): Heard[] {
    return this.heard.filter((one) => one.method === method && path.test(one.url.pathname));
  }
}

/** What the bridge does on every platform: a proof key on the way there and back. */
export function withProofKey(oauth: OAuthConnect, verifier = VERIFIER): OAuthConnect {
  const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
  return {
    ...oauth,
    strategy: (input) =>
      Object.assign(oauth.strategy(input), {
        authorizationParams: () => ({ state: 'state-1', code_challenge: challenge, code_challenge_method: 'S256' }),
        tokenParams: () => ({ code_verifier: verifier }),
      }),
  };
}

/** Submits the practice page: where it leads back to. */
export async function approve(consentUrl: string, consent: Consent = {}): Promise<string> {
  const body = new URLSearchParams({ decision: consent.decision ?? 'continue' });
  if (consent.person !== undefined) body.set('person', consent.person);
  if (consent.subscription !== undefined) body.set('subscription', consent.subscription);
  for (const scope of consent.scopes ?? SCOPES) body.append('scope', scope);
  const answer = await fetch(consentUrl, { method: 'POST', body, redirect: 'manual' });
  const back = answer.headers.get('location');
  if (back === null) throw new Error(`The page was answered with ${answer.status}: ${await answer.text()}`);
  return back;
}

function oauthOfX(): OAuthConnect {
  if (!adapter.oauth) throw new Error('X connects by OAuth.');
  return adapter.oauth;
}

/** The failure that a call ends in, as people read it. */
export const failureOf = (call: Promise<unknown> | undefined, now?: Date) => failureBy(adapter, call, now);

export { draft, drive, preparing } from '#platforms/testing';
