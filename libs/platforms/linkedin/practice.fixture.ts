import { createHash } from 'node:crypto';
import { type Strategy } from 'passport';
import {
  type CommitContext,
  type Authorization,
  type ChannelInfo,
  defaultOptions,
  isJsonObject,
  type Json,
  type JsonObject,
  type MediaSource,
  type OptionValues,
  parseJson,
  type PlatformContext,
  type Receipt,
  type SegmentDraft,
} from '#platforms/core';
import { drive, failureBy, order, patiently, PracticeStage, preparing, readable } from '#platforms/testing';
import { practiceEndpoints } from '#sandbox';
import { adapter } from './adapter.js';
import { tokenOf } from './api.js';
import { platform } from './index.js';
import { manifest, PRACTICE_APP } from './manifest.js';
import { type Prepared } from './publish.js';
import { MEMBER, ORGANIZATIONS, wayOf } from './scopes.js';

const CALLBACK = 'https://clickpost.example/v1/oauth/linkedin/callback';

export type Way = typeof MEMBER | typeof ORGANIZATIONS;

/** What a person does on the consent page. */
export interface Consent {
  person?: string;
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
  /** By the name of the organization. */
  roles?: Readonly<Record<string, string>>;
}

/** A sandbox with LinkedIn alone, a clock that can be put forward, and everything to act on it as ClickPost would. */
export class Practice extends PracticeStage {
  /** Every request: `PUT http://…`. */
  readonly asked: { method: string; url: string; headers: Headers }[] = [];
  options: OptionValues = defaultOptions(manifest);

  static start(): Promise<Practice> {
    return new Practice().open(platform);
  }

  override reset(): void {
    super.reset();
    this.asked.length = 0;
    this.options = defaultOptions(manifest);
  }

  context(way: Way): PlatformContext {
    return {
      fetch: (input, init) => {
        const request = new Request(input, init);
        this.asked.push({ method: request.method, url: request.url, headers: request.headers });
        return fetch(request);
      },
      now: this.now,
      endpoints: practiceEndpoints(manifest, this.sandbox.origin),
      app: PRACTICE_APP,
      way,
      options: this.options,
      spend: () => undefined,
      use: () => undefined,
    };
  }

  strategy(way: Way, app = PRACTICE_APP): Strategy {
    if (!adapter.oauth) throw new Error('LinkedIn connects by OAuth.');
    const { endpoints } = this.context(way);
    return adapter.oauth.strategy({ app, callbackUrl: CALLBACK, endpoints, way, verify: () => undefined });
  }

  /** The address of the page, and what came back from it. */
  async consent(way: Way, consent: Consent = {}): Promise<{ dialog: URL; back: URL }> {
    const start = await drive(this.strategy(way), {}, { state: 'state-1' });
    if (start.kind !== 'redirect') throw new Error(`The sign-in did not start: ${start.kind}`);
    const body = new URLSearchParams({ decision: consent.decision ?? 'continue' });
    if (consent.person !== undefined) body.set('person', consent.person);
    for (const scope of consent.scopes ?? wayOf({ way }).scopes) body.append('scope', scope);
    for (const [name, role] of Object.entries(consent.roles ?? {})) body.set(`role.${name}`, role);
    const answer = await fetch(start.url, { method: 'POST', body, redirect: 'manual' });
    return { dialog: new URL(start.url), back: new URL(answer.headers.get('location') ?? '') };
  }

  /** The whole way: page, code, token. */
  async connect(way: Way, consent: Consent = {}): Promise<Authorization> {
    const { back } = await this.consent(way, consent);
    const outcome = await drive(this.strategy(way), Object.fromEntries(back.searchParams));
    if (outcome.kind !== 'success') throw new Error(`The sign-in ended with ${outcome.kind}`);
    if (!adapter.oauth) throw new Error('LinkedIn connects by OAuth.');
    return adapter.oauth.authorize(this.context(way), outcome.grant);
  }

  /** Without a channel. */
  account(way: Way, { credentials }: Authorization): CommitContext {
    return { ...this.context(way), credentials, channelDetails: {}, media: [] };
  }

  /** The profile of somebody who connected as a member. */
  async member(consent: Consent = {}): Promise<CommitContext> {
    return this.first(this.account(MEMBER, await this.connect(MEMBER, consent)));
  }

  /** The first page of somebody who connected for organizations. */
  async organization(consent: Consent = {}): Promise<CommitContext> {
    return this.first(this.account(ORGANIZATIONS, await this.connect(ORGANIZATIONS, consent)));
  }

  private async first(ctx: CommitContext): Promise<CommitContext> {
    const [channel] = await adapter.listChannels(ctx);
    return on(ctx, channel);
  }

  /** Prepares, waiting as long as it takes. */
  async prepare(
    ctx: CommitContext,
    draft: SegmentDraft,
    media: readonly MediaSource[] = [],
    steps = new Map<string, Json>(),
  ): Promise<Prepared> {
    return patiently(this, () => adapter.prepare(preparing(ctx, media, steps), draft));
  }

  /** The whole way of a post. */
  async publish(ctx: CommitContext, draft: SegmentDraft, media: readonly MediaSource[] = []): Promise<Receipt> {
    return adapter.commit(ctx, await this.prepare(ctx, draft, media));
  }

  /** Asks the practice network for something that only a rehearsal can ask for. */
  order(what: 'roles' | 'end' | 'allow' | 'sunset' | 'develop', body: JsonObject): Promise<JsonObject> {
    return order(this.sandbox.origin, 'linkedin', what, body);
  }

  /** A call of the API itself, with what every one needs: its status and what it says. */
  async ask(
    ctx: CommitContext,
    method: string,
    path: string,
    body?: JsonObject,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Headers; body: JsonObject }> {
    const answer = await fetch(`${this.sandbox.origin}/linkedin/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokenOf(ctx)}`,
        'linkedin-version': '202609',
        'x-restli-protocol-version': '2.0.0',
        'content-type': 'application/json',
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const said = parseJson(await answer.text());
    return { status: answer.status, headers: answer.headers, body: isJsonObject(said) ? said : {} };
  }
}

/** The context of one of its channels. */
export function on(ctx: CommitContext, channel: ChannelInfo | undefined): CommitContext {
  if (!channel) throw new Error('There is no such channel.');
  return { ...ctx, channelId: channel.id };
}

/** A file that begins as a PDF does. */
export function practiceDocument(words = 'A loaf on every page'): MediaSource {
  const bytes = Uint8Array.from(Buffer.from(`%PDF-1.7\n${words}\n%%EOF\n`));
  return {
    kind: 'document',
    contentType: 'application/pdf',
    bytes: bytes.length,
    width: 0,
    height: 0,
    filename: 'bread.pdf',
    digest: createHash('sha256').update(bytes).digest('hex'),
    ...readable(bytes, 'application/pdf'),
  };
}

/** The failure that a call ends in, as people read it. */
export const failureOf = (call: Promise<unknown> | undefined, now?: Date) => failureBy(adapter, call, now);

export { draft, drive, preparing } from '#platforms/testing';
