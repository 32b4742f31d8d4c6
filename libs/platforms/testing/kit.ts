import { PlatformRegistry } from '#platforms';
import {
  type AccountContext,
  type Authorization,
  type ChannelInfo,
  type Cost,
  defaultOptions,
  type Failure,
  isJsonObject,
  isListedRefusal,
  type Json,
  type JsonObject,
  limitsFor,
  type OAuthApp,
  type Platform,
  type PlatformAdapter,
  type PlatformContext,
  type PlatformLimits,
  type SegmentDraft,
} from '#platforms/core';
import { practiceCredentials, practiceEndpoints, type Sandbox, startSandbox } from '#sandbox';
import { fileOrigin } from './bytes.js';
import { type PracticeDraft } from './drafts.js';
import { type RecordedExchange, recordingFetch } from './http.js';

/** What the conformance suite must be told about a platform. */
export interface Subject {
  /** What to publish, at least a plain text; each one goes the whole way. The first is used where any will do. */
  drafts: readonly (PracticeDraft & { name: string })[];
  /** Drafts that `validate` refuses, beyond the too long text and the too many images that the suite tries by itself. */
  violations: readonly { name: string; draft: SegmentDraft; rule: string; field: string }[];
  /** Whether `prepare` of the last draft sends requests. */
  preparesOverHttp: boolean;
  /** Gets an authorization. The manifest's practice credentials are entered when left out. */
  connect?(kit: PracticeKit): Promise<Authorization>;
  /** The application that the sandbox knows, for OAuth platforms. */
  app?: OAuthApp;
  /** Credentials with which connecting fails as `auth`; laid over the practice credentials. */
  wrongCredentials?: Readonly<Record<string, string>>;
  /** Makes the account's token invalid at the platform. */
  expire?(kit: PracticeKit): void | Promise<void>;
  /** Names of kept credentials that are no secret (a server's address, an account's id). */
  publicCredentials?: readonly string[];
  /** What is visible of a draft; its text and link as they are when left out. */
  shown?(draft: SegmentDraft): { text: string; link?: string };
  /** Any 2xx is a success, whatever it says: there is no nonsense to be told apart. */
  anySuccessCounts?: boolean;
  /** The platform refuses a second post of the same text, by an answer of the kind `duplicate`. */
  refusesDuplicates?: boolean;
}

/** A sandbox with one platform, one account on it, and an ear for everything that the adapter says. */
export class PracticeKit {
  readonly adapter: PlatformAdapter;
  readonly exchanges: RecordedExchange[] = [];
  /** What the adapter said was charged. */
  readonly spent: Cost[] = [];
  /** How much of each budget the adapter said it uses. */
  readonly used = new Map<string, number>();
  /** Everything that would reach a person or a log. */
  readonly said: string[] = [];
  authorization!: Authorization;
  channel!: ChannelInfo;
  private still: Map<string, Response> | undefined;

  private constructor(
    readonly platform: Platform,
    readonly subject: Subject,
    readonly sandbox: Sandbox,
    private readonly clock: { aheadMs: number },
  ) {
    this.adapter = platform.adapter;
  }

  /** A fresh sandbox, nothing connected yet. Close it. */
  static async open(platform: Platform, subject: Subject): Promise<PracticeKit> {
    const clock = { aheadMs: 0 };
    const sandbox = await startSandbox({
      platforms: new PlatformRegistry([platform]),
      host: '127.0.0.1',
      port: 0,
      controlToken: 'conformance',
      reach: new Set([await fileOrigin()]),
      now: () => new Date(Date.now() + clock.aheadMs),
    });
    return new PracticeKit(platform, subject, sandbox, clock);
  }

  /** A fresh sandbox with a connected account. Close it. */
  static async connected(platform: Platform, subject: Subject): Promise<PracticeKit> {
    const kit = await PracticeKit.open(platform, subject);
    try {
      await kit.connect();
    } catch (error) {
      await kit.close();
      throw error;
    }
    return kit;
  }

  async connect(): Promise<void> {
    this.authorization = await (this.subject.connect?.(this) ?? this.enter({}));
    const [channel] = await this.adapter.listChannels(this.account({ withChannel: false }));
    if (!channel) throw new Error('The connected account has no channel.');
    this.channel = channel;
    this.exchanges.length = 0;
  }

  /** Enters the practice credentials, changed by `changes`, into the connect form. */
  async enter(changes: Readonly<Record<string, string>>): Promise<Authorization> {
    const { manifest } = this.adapter;
    const entered = { ...practiceCredentials(manifest, this.sandbox.origin), ...changes };
    const authorization = await this.adapter.connect?.(this.context(), entered);
    if (!authorization) throw new Error(`${manifest.id} has no connect form: give the suite a "connect".`);
    return authorization;
  }

  readonly now = (): Date => new Date(Date.now() + this.clock.aheadMs);

  /** Lets time pass, for adapter and platform alike. */
  pass(milliseconds: number): void {
    this.clock.aheadMs += milliseconds;
  }

  /**
   * Lets the time come at which to look again at what the platform works on; a little passes in any case.
   * @param patience the instant, in milliseconds, after which nobody waits any more
   */
  waitFor(what: string, at: Date, patience: number): void {
    if (what === '') throw new Error('Nobody is told what is waited for.');
    if (Number.isNaN(at.getTime())) throw new Error('Nobody is told when to look again.');
    if (this.now().getTime() > patience) throw new Error(`It was waited for without an end: ${what}`);
    this.said.push(what);
    this.pass(Math.max(1_000, at.getTime() - this.now().getTime()));
  }

  /** From now on the platform comes to no end with anything: whatever is asked about twice is answered as before. */
  standStill(): void {
    this.still = new Map();
  }

  context(): PlatformContext {
    return {
      fetch: recordingFetch(this.exchanges, this.still),
      now: this.now,
      endpoints: practiceEndpoints(this.adapter.manifest, this.sandbox.origin),
      ...(this.subject.app && { app: this.subject.app }),
      options: defaultOptions(this.adapter.manifest),
      spend: (cost) => this.spent.push(cost),
      use: (budget, amount) => this.used.set(budget, (this.used.get(budget) ?? 0) + amount),
    };
  }

  account({ withChannel = true } = {}): AccountContext {
    const { credentials } = this.authorization;
    if (!withChannel) return { ...this.context(), credentials, channelDetails: {} };
    const { id, credentials: own, details = {} } = this.channel;
    return {
      ...this.context(),
      credentials,
      channelId: id,
      channelDetails: details,
      ...(own && { channelCredentials: own }),
    };
  }

  /** The failure that a call ends in. Throws when it does not fail. */
  async failureOf(call: Promise<unknown>): Promise<Failure & { listed: boolean }> {
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason ?? new Error('It failed with nothing.'),
    );
    if (error === undefined) throw new Error('It was expected to fail, and did not.');
    return this.explain(error);
  }

  /** What the adapter makes of an error; kept for the search for secrets. */
  explain(error: unknown): Failure & { listed: boolean } {
    const failure = this.adapter.classify(error, this.now());
    this.said.push(JSON.stringify(failure), String(error));
    return { ...failure, listed: isListedRefusal(error, failure, this.adapter.manifest) };
  }

  /** What a draft of this format may contain on the channel. */
  limits({ settings }: Pick<SegmentDraft, 'settings'>): PlatformLimits {
    const { manifest } = this.adapter;
    return limitsFor(manifest, this.channel.limits ?? manifest.limits, settings);
  }

  /** The ids of what can be seen. */
  visibleIds(): string[] {
    return this.sandbox.visible(this.adapter.manifest.id).map((post) => post.id);
  }

  /** Secrets that were said, recorded or put into evidence: must be none. */
  leaks(): string[] {
    const all = [...this.said, ...this.exchanges.map((exchange) => JSON.stringify(exchange))].join('\n');
    return this.secrets().filter((secret) => all.includes(secret) || all.includes(encodeURIComponent(secret)));
  }

  async close(): Promise<void> {
    await this.sandbox.close();
  }

  private secrets(): string[] {
    const { connect, practiceCredentials: entered } = this.adapter.manifest;
    const fields = connect.type === 'credentials' ? connect.fields : [];
    const secretFields = fields.filter((field) => field.type === 'secret').map((field) => entered[field.name] ?? '');
    const open = new Set(fields.filter((field) => field.type !== 'secret').map((field) => field.name));
    for (const name of this.subject.publicCredentials ?? []) open.add(name);
    const kept = [this.authorization?.credentials, this.channel?.credentials].flatMap((all) =>
      strings(all ?? {}, open),
    );
    return [...secretFields, ...kept, this.subject.app?.clientSecret ?? ''].filter((secret) => secret !== '');
  }
}

function strings(object: JsonObject, open: ReadonlySet<string>): string[] {
  return Object.entries(object).flatMap(([name, value]) => (open.has(name) ? [] : stringsIn(value, open)));
}

function stringsIn(value: Json, open: ReadonlySet<string>): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((item) => stringsIn(item, open));
  return isJsonObject(value) ? strings(value, open) : [];
}
