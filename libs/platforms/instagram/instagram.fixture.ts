import { PlatformRegistry } from '#platforms';
import {
  type CommitContext,
  type Authorization,
  type ChannelInfo,
  definePlatform,
  type Json,
  type JsonObject,
  type MediaSource,
  type Platform,
  type PlatformContext,
  type PlatformManifest,
  type SegmentDraft,
  type VisiblePost,
} from '#platforms/core';
import {
  failureBy,
  fileOrigin,
  grantByConsent,
  order,
  patiently,
  practiceDraft,
  practiceImage,
  practiceVideo,
  preparing,
} from '#platforms/testing';
import { practiceEndpoints, type Sandbox, startSandbox } from '#sandbox';
import { usagePressure } from '#platforms/meta';
import { adapter } from './adapter.js';
import { listChannels, refresh, revoke } from './channels.js';
import { platform } from './index.js';
import { oauth } from './login.js';
import { lookup } from './lookup.js';
import { type Way } from './api.js';
import { FACEBOOK_LOGIN, facebookWay, instagramWay, PRACTICE_APP } from './manifest.js';
import { type Prepared } from './prepare.js';
import { permalink, remove } from './publish.js';
import { usage } from './usage.js';

/** What a person does on the consent page. */
export interface Consent {
  person?: string;
  pages?: readonly string[];
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
}

/** Plays the person: submits the page and answers where it leads back to. */
export async function consentTo(consentUrl: string, way: string, consent: Consent = {}): Promise<string> {
  const { scopes } = way === FACEBOOK_LOGIN ? facebookWay : instagramWay;
  const body = new URLSearchParams({ decision: consent.decision ?? 'continue' });
  if (consent.person !== undefined) body.set('person', consent.person);
  for (const page of consent.pages ?? ['Practice Bakery', 'Practice Bikes', 'Practice Café']) body.append('page', page);
  for (const scope of consent.scopes ?? scopes) body.append('scope', scope);
  const answer = await fetch(consentUrl, { method: 'POST', body, redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

/** The platform as accounts of one way have it: without what that way cannot do. */
export function platformOf(way: Way): Platform {
  const withFacebook = way === FACEBOOK_LOGIN;
  const manifest: PlatformManifest = {
    ...adapter.manifest,
    settings: adapter.manifest.settings.filter(({ type }) => withFacebook || type !== 'lookup'),
    capabilities: { ...adapter.manifest.capabilities, remove: withFacebook },
  };
  const by = <C extends PlatformContext>(ctx: C): C => ({ ...ctx, way });
  return definePlatform<Prepared>({
    sandbox: () => platform.sandbox(),
    adapter: {
      manifest,
      validate: (draft, limits) => adapter.validate(draft, limits),
      prepare: (ctx, draft) => adapter.prepare(by(ctx), draft),
      commit: (ctx, prepared) => adapter.commit(by(ctx), prepared),
      permalink: (ctx, receipt) => permalink(by(ctx), receipt),
      reconcile: (ctx, input) => adapter.reconcile(by(ctx), input),
      classify: (error, now) => adapter.classify(error, now),
      oauth: {
        strategy: (input) => oauth.strategy({ ...input, way }),
        authorize: (ctx, grant) => oauth.authorize(by(ctx), grant),
      },
      listChannels: (ctx) => listChannels(by(ctx)),
      usage: (ctx) => usage(by(ctx)),
      pressure: usagePressure(adapter.manifest.name),
      ...(!withFacebook && { refresh: (ctx) => refresh(by(ctx)) }),
      ...(withFacebook && {
        revoke: (ctx) => revoke(by(ctx)),
        remove: (ctx, receipt) => remove(by(ctx), receipt),
        lookup: (ctx, setting, query) => lookup(by(ctx), setting, query),
      }),
    },
  });
}

/** A practice Instagram, and everything to act on it as ClickPost would. */
export class Practice {
  /** How far its clock is ahead. */
  private aheadMs = 0;
  /** Every address that was asked, without what stands behind the path. */
  readonly asked: string[] = [];
  sandbox!: Sandbox;

  static async start(): Promise<Practice> {
    const practice = new Practice();
    practice.sandbox = await startSandbox({
      platforms: new PlatformRegistry([platform]),
      host: '127.0.0.1',
      port: 0,
      controlToken: 'control',
      reach: new Set([await fileOrigin()]),
      now: practice.now,
    });
    return practice;
  }

  readonly now = (): Date => new Date(Date.now() + this.aheadMs);

  pass(milliseconds: number): void {
    this.aheadMs += milliseconds;
  }

  context(way: Way): PlatformContext {
    return {
      way,
      fetch: (input, init) => {
        const url = new URL(input instanceof Request ? input.url : String(input));
        this.asked.push(`${init?.method ?? 'GET'} ${url.pathname.replace('/instagram/', '')}`);
        return fetch(input, init);
      },
      now: this.now,
      endpoints: practiceEndpoints(adapter.manifest, this.sandbox.origin),
      app: PRACTICE_APP,
      options: {},
      spend: () => undefined,
      use: () => undefined,
    };
  }

  async connect(way: Way, consent: Consent = {}): Promise<Authorization> {
    const context = this.context(way);
    const grant = await grantByConsent({
      oauth: { ...oauth, strategy: (input) => oauth.strategy({ ...input, way }) },
      app: PRACTICE_APP,
      endpoints: context.endpoints,
      approve: (url) => consentTo(url, way, consent),
    });
    return oauth.authorize(context, grant);
  }

  account(way: Way, { credentials }: Pick<Authorization, 'credentials'>, channel?: ChannelInfo): CommitContext {
    return {
      ...this.context(way),
      credentials,
      channelDetails: channel?.details ?? {},
      media: [],
      ...(channel && { channelId: channel.id }),
      ...(channel?.credentials && { channelCredentials: channel.credentials }),
    };
  }

  /** A connected account. */
  async channel(way: Way, consent: Consent = {}): Promise<CommitContext & { channelId: string }> {
    const authorization = await this.connect(way, consent);
    const [first] = await adapter.listChannels(this.account(way, authorization));
    if (!first) throw new Error('There is no account.');
    return { ...this.account(way, authorization, first), channelId: first.id };
  }

  /** Prepares until Instagram is done, as the engine does. */
  async prepare(
    ctx: CommitContext,
    draft: SegmentDraft,
    media: readonly MediaSource[] = [],
    steps = new Map<string, Json>(),
  ): Promise<Prepared> {
    return patiently(this, () => adapter.prepare(preparing(ctx, media, steps), draft));
  }

  /** Publishes, and answers what became visible. */
  async publish(ctx: CommitContext, draft: SegmentDraft, media: readonly MediaSource[] = []): Promise<VisiblePost> {
    return this.publishPrepared(ctx, await this.prepare(ctx, draft, media));
  }

  /** Publishes what is prepared, and answers what became visible. */
  async publishPrepared(ctx: CommitContext, prepared: Prepared): Promise<VisiblePost> {
    const receipt = await adapter.commit(ctx, prepared);
    const post = this.sandbox.visible('instagram').find(({ id }) => id === receipt.id);
    if (!post) throw new Error('It is not to be seen.');
    return post;
  }

  /** Asks the practice network for something that only a rehearsal can ask for. */
  order(what: string, body: Json): Promise<JsonObject> {
    return order(this.sandbox.origin, 'instagram', what, body);
  }

  /** What a call throws, as people are told of it. */
  failureOf(call: Promise<unknown>) {
    return failureBy(adapter, call, this.now());
  }
}

const SECOND_MS = 1_000;

/** A video that Instagram takes. */
export const video = (options: Parameters<typeof practiceVideo>[0] = {}): MediaSource =>
  practiceVideo({ durationMs: 5 * SECOND_MS, ...options });

export { practiceDraft as draftOf, practiceImage as image };

export { preparing } from '#platforms/testing';
