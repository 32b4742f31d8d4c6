import { type Strategy } from 'passport';
import {
  type CommitContext,
  type Authorization,
  type Json,
  type JsonObject,
  type MediaSource,
  type PlatformContext,
  type Receipt,
  type SegmentDraft,
  stringField,
} from '#platforms/core';
import { drive, failureBy, order, patiently, PracticeStage, preparing } from '#platforms/testing';
import { practiceEndpoints } from '#sandbox';
import { adapter } from './adapter.js';
import { profileOf } from './api.js';
import { manifest, PRACTICE_APP, SCOPES } from './manifest.js';
import { platform } from './index.js';
import { type PreparedContainer } from './publish.js';

const CALLBACK = 'https://clickpost.example/v1/oauth/threads/callback';

/** What a person does in the window. */
export interface Consent {
  person?: string;
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
}

/** A sandbox with Threads alone, a clock that can be put forward, and everything to act on it as ClickPost would. */
export class Practice extends PracticeStage {
  /** Every address that was asked, to look for secrets in. */
  readonly urls: string[] = [];

  static start(): Promise<Practice> {
    return new Practice().open(platform);
  }

  override reset(): void {
    super.reset();
    this.urls.length = 0;
  }

  context(): PlatformContext {
    return {
      fetch: (input, init) => {
        this.urls.push(input instanceof Request ? input.url : String(input));
        return fetch(input, init);
      },
      now: this.now,
      endpoints: practiceEndpoints(manifest, this.sandbox.origin),
      app: PRACTICE_APP,
      options: {},
      spend: () => undefined,
      use: () => undefined,
    };
  }

  strategy(app = PRACTICE_APP): Strategy {
    if (!adapter.oauth) throw new Error('Threads connects by OAuth.');
    const { endpoints } = this.context();
    return adapter.oauth.strategy({ app, callbackUrl: CALLBACK, endpoints, verify: () => undefined });
  }

  /** The address of the window, and what came back from it. */
  async consent(consent: Consent = {}): Promise<{ dialog: URL; back: URL }> {
    const start = await drive(this.strategy(), {}, { state: 'state-1' });
    if (start.kind !== 'redirect') throw new Error(`The sign-in did not start: ${start.kind}`);
    const body = new URLSearchParams({ decision: consent.decision ?? 'continue' });
    if (consent.person !== undefined) body.set('person', consent.person);
    for (const scope of consent.scopes ?? SCOPES) body.append('scope', scope);
    const answer = await fetch(start.url, { method: 'POST', body, redirect: 'manual' });
    return { dialog: new URL(start.url), back: new URL(answer.headers.get('location') ?? '') };
  }

  /** The whole way: window, code, long-lived token. */
  async connect(consent: Consent = {}): Promise<Authorization> {
    const { back } = await this.consent(consent);
    const outcome = await drive(this.strategy(), Object.fromEntries(back.searchParams));
    if (outcome.kind !== 'success') throw new Error(`The sign-in ended with ${outcome.kind}`);
    if (!adapter.oauth) throw new Error('Threads connects by OAuth.');
    return adapter.oauth.authorize(this.context(), outcome.grant);
  }

  account({ account, credentials }: Authorization): CommitContext {
    return { ...this.context(), credentials, channelId: account.id, channelDetails: {}, media: [] };
  }

  /** A context for the profile of a new sign-in. */
  async profile(consent: Consent = {}): Promise<CommitContext> {
    return this.account(await this.connect(consent));
  }

  /** Prepares, waiting as long as it takes. */
  async prepare(
    ctx: CommitContext,
    draft: SegmentDraft,
    media: readonly MediaSource[] = [],
    steps = new Map<string, Json>(),
  ): Promise<PreparedContainer> {
    return patiently(this, () => adapter.prepare(preparing(ctx, media, steps), draft));
  }

  /** The whole way of a post. */
  async publish(ctx: CommitContext, draft: SegmentDraft, media: readonly MediaSource[] = []): Promise<Receipt> {
    return adapter.commit(ctx, await this.prepare(ctx, draft, media));
  }

  /** Asks the practice network for something that only a rehearsal can ask for. */
  order(what: 'revoke' | 'testers' | 'use' | 'allow', body: JsonObject): Promise<JsonObject> {
    return order(this.sandbox.origin, 'threads', what, body);
  }

  /** Makes a container with these parameters and nothing else: its id. */
  async container(ctx: CommitContext, fields: Record<string, string>): Promise<string> {
    return stringField(await this.ask(ctx, 'POST', 'me/threads', fields), 'id', 'make a container');
  }

  /** A call of the Graph API itself: what its answer says. */
  async ask(ctx: CommitContext, method: string, path: string, fields: Record<string, string>): Promise<JsonObject> {
    const query = new URLSearchParams(fields);
    const { token } = profileOf(ctx);
    const url = `${this.sandbox.origin}/threads/graph/v1.0/${path}`;
    const answer = await fetch(method === 'POST' ? url : `${url}?${query.toString()}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(method === 'POST' && { body: query }),
    });
    return (await answer.json()) as JsonObject;
  }
}

/** The failure that a call ends in, as people read it. */
export const failureOf = (call: Promise<unknown> | undefined, now?: Date) => failureBy(adapter, call, now);

export { draft, drive, preparing } from '#platforms/testing';
