import {
  type CommitContext,
  type Authorization,
  isJsonObject,
  type Json,
  type JsonObject,
  type LookedUp,
  type MediaSource,
  type PlatformContext,
  type Receipt,
  type SegmentDraft,
} from '#platforms/core';
import { failureBy, grantByConsent, order, patiently, PracticeStage, preparing } from '#platforms/testing';
import { practiceEndpoints } from '#sandbox';
import { adapter } from './adapter.js';
import { credentialsOf } from './api.js';
import { platform } from './index.js';
import { manifest, PRACTICE_APP, SCOPES } from './manifest.js';
import { type PreparedPin } from './publish.js';

/** What a person does on the consent page. */
export interface Consent {
  person?: string;
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
}

/** A sandbox with Pinterest alone, a clock that can be put forward, and everything to act on it as ClickPost would. */
export class Practice extends PracticeStage {
  /** Every request that was sent. */
  readonly sent: Request[] = [];
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
        this.sent.push(request.clone());
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

  /** The whole way: page, code, tokens. */
  async connect(consent: Consent = {}, app = PRACTICE_APP): Promise<Authorization> {
    const { oauth } = adapter;
    if (!oauth) throw new Error('Pinterest connects by OAuth.');
    const { endpoints } = this.context();
    const grant = await grantByConsent({ oauth, app, endpoints, approve: (url) => approve(url, consent) });
    return oauth.authorize(this.context(), grant);
  }

  /** A context for the account of a new sign-in. */
  async account(consent: Consent = {}): Promise<CommitContext> {
    const { account, credentials } = await this.connect(consent);
    return { ...this.context(), credentials, channelId: account.id, channelDetails: {}, media: [] };
  }

  /** Prepares, waiting as long as it takes. */
  async prepare(
    ctx: CommitContext,
    draft: SegmentDraft,
    media: readonly MediaSource[],
    steps = new Map<string, Json>(),
  ): Promise<PreparedPin> {
    return patiently(this, () => adapter.prepare(preparing(ctx, media, steps), draft));
  }

  /** The whole way of a post. */
  async publish(ctx: CommitContext, draft: SegmentDraft, media: readonly MediaSource[]): Promise<Receipt> {
    return adapter.commit(ctx, await this.prepare(ctx, draft, media));
  }

  /** Asks the practice network for something that only a rehearsal can ask for. */
  order(what: string, body: JsonObject): Promise<JsonObject> {
    return order(this.sandbox.origin, 'pinterest', what, body);
  }

  /** A call of the API itself: its status, and what it says. */
  async ask(
    ctx: CommitContext,
    method: string,
    path: string,
    json?: JsonObject,
  ): Promise<{ status: number; body: JsonObject; headers: Headers }> {
    const answer = await fetch(`${this.sandbox.origin}/pinterest/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${credentialsOf(ctx).accessToken}`,
        ...(json && { 'content-type': 'application/json' }),
      },
      ...(json && { body: JSON.stringify(json) }),
    });
    const text = await answer.text();
    const body: unknown = text === '' ? {} : JSON.parse(text);
    return { status: answer.status, headers: answer.headers, body: isJsonObject(body) ? body : {} };
  }
}

/** Answers the consent page as a person would. */
export async function approve(url: string, consent: Consent = {}): Promise<string> {
  const body = new URLSearchParams({ decision: consent.decision ?? 'continue' });
  if (consent.person !== undefined) body.set('person', consent.person);
  for (const scope of consent.scopes ?? SCOPES) body.append('scope', scope);
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

/** What `lookup` finds under this name. */
export async function chosen(ctx: CommitContext, setting: string, label: string, of?: string): Promise<LookedUp> {
  const found = (await adapter.lookup?.(ctx, setting, label, of)) ?? [];
  const answer = found.find((one) => one.label === label);
  if (!answer) throw new Error(`${label} was not found.`);
  return { value: answer.value, label: answer.label };
}

/** The failure that a call ends in, as people read it. */
export const failureOf = (call: Promise<unknown> | undefined, now?: Date) => failureBy(adapter, call, now);

export { preparing } from '#platforms/testing';
