import { type Strategy } from 'passport';
import { PlatformRegistry } from '#platforms';
import {
  type CommitContext,
  type Authorization,
  type ChannelInfo,
  type Json,
  type JsonObject,
  type MediaSource,
  type PlatformContext,
} from '#platforms/core';
import { practiceEndpoints, type Sandbox, startSandbox } from '#sandbox';
import { drive, order, readable } from '#platforms/testing';
import { adapter } from './adapter.js';
import { PRACTICE_APP } from './manifest.js';
import { platform } from './index.js';
import { SCOPES } from './scopes.js';

const CALLBACK = 'http://127.0.0.1/v1/oauth/facebook/callback';
const ALL_PAGES = ['Practice Bakery', 'Practice Bikes', 'Practice Café'];

/** What a person does in the dialog. */
export interface Consent {
  person?: string;
  pages?: readonly string[];
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
}

/** A sandbox with Facebook alone, and everything to act on it as ClickPost would. */
export class Practice {
  /** Every address that was asked, to look for secrets in. */
  readonly urls: string[] = [];

  private constructor(readonly sandbox: Sandbox) {}

  /** `reach`: origins that the practice network may call. `directory`: where it remembers what it is, over a restart. */
  static async start(now?: () => Date, reach: readonly string[] = [], directory?: string): Promise<Practice> {
    const platforms = new PlatformRegistry([platform]);
    const options = {
      platforms,
      host: '127.0.0.1',
      port: 0,
      controlToken: 'control',
      reach: new Set(reach),
      ...(now && { now }),
      ...(directory !== undefined && { directory }),
    };
    return new Practice(await startSandbox(options));
  }

  context(): PlatformContext {
    return {
      fetch: (input, init) => {
        this.urls.push(input instanceof Request ? input.url : String(input));
        return fetch(input, init);
      },
      now: () => this.sandbox.world('facebook').now(),
      endpoints: practiceEndpoints(adapter.manifest, this.sandbox.origin),
      app: PRACTICE_APP,
      options: {},
      spend: () => undefined,
      use: () => undefined,
    };
  }

  strategy(app = PRACTICE_APP, callbackUrl = CALLBACK): Strategy {
    const { endpoints } = this.context();
    if (!adapter.oauth) throw new Error('Facebook connects by OAuth.');
    return adapter.oauth.strategy({ app, callbackUrl, endpoints, verify: () => undefined });
  }

  /** The address of the dialog, and what came back from it. */
  async consent(consent: Consent = {}, strategy = this.strategy()): Promise<{ dialog: URL; back: URL }> {
    const start = await drive(strategy, {}, { state: 'state-1' });
    if (start.kind !== 'redirect') throw new Error(`The sign-in did not start: ${start.kind}`);
    const body = new URLSearchParams({ decision: consent.decision ?? 'continue' });
    if (consent.person !== undefined) body.set('person', consent.person);
    for (const page of consent.pages ?? ALL_PAGES) body.append('page', page);
    for (const scope of consent.scopes ?? SCOPES) body.append('scope', scope);
    const answer = await fetch(start.url, { method: 'POST', body, redirect: 'manual' });
    return { dialog: new URL(start.url), back: new URL(answer.headers.get('location') ?? '') };
  }

  /** The whole way: dialog, code, long-lived token. */
  async connect(consent: Consent = {}): Promise<Authorization> {
    const { back } = await this.consent(consent);
    const outcome = await drive(this.strategy(), Object.fromEntries(back.searchParams));
    if (outcome.kind !== 'success') throw new Error(`The sign-in ended with ${outcome.kind}`);
    if (!adapter.oauth) throw new Error('Facebook connects by OAuth.');
    return adapter.oauth.authorize(this.context(), outcome.grant);
  }

  account(authorization: Authorization): CommitContext {
    return { ...this.context(), credentials: authorization.credentials, channelDetails: {}, media: [] };
  }

  /** A context for the first Page of a new sign-in. */
  async page(consent: Consent = {}): Promise<CommitContext> {
    const account = this.account(await this.connect(consent));
    const [first] = await adapter.listChannels(account);
    if (!first) throw new Error('There is no Page.');
    return onPage(account, first);
  }

  /** Asks the practice network for something that only a rehearsal can ask for. */
  order(what: 'pages' | 'revoke' | 'usage', body: Json): Promise<JsonObject> {
    return order(this.sandbox.origin, 'facebook', what, body);
  }
}

export function onPage(account: CommitContext, page: ChannelInfo): CommitContext {
  return { ...account, channelId: page.id, ...(page.credentials && { channelCredentials: page.credentials }) };
}

/** An image of a few bytes. */
export function image(contentType = 'image/png', altText?: string, length = 64): MediaSource {
  const bytes = new Uint8Array(length);
  // As much as says what it is and how large: one pixel.
  bytes.set(contentType === 'image/png' ? [0x89, 0x50, 0x4e, 0x47] : [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1]);
  const known = {
    kind: 'image',
    contentType,
    bytes: length,
    width: 1,
    height: 1,
    digest: '',
    ...readable(bytes, contentType),
  } as const;
  return { ...known, ...(altText !== undefined && { altText }) };
}

export { draft, drive, preparing } from '#platforms/testing';
