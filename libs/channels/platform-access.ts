import { Inject, Injectable } from '@nestjs/common';
import {
  CLOCK,
  type Clock,
  CONFIG,
  type Config,
  createGuardedFetch,
  type Exchange,
  rows,
  type Transaction,
  Vault,
} from '#kernel';
import { PlatformRegistry } from '#platforms';
import {
  type AccountContext,
  type Cost,
  type JsonObject,
  type OAuthApp,
  type PlatformAdapter,
  type PlatformContext,
  type PlatformLimits,
  type PlatformManifest,
} from '#platforms/core';
import { appNameOf, wayOf } from './app-names.js';
import { type BudgetOwner, type RoomHolder } from './budget-book.js';
import { Budgets } from './budgets.js';
import { PlatformApps } from './platform-apps.js';
import { type ChannelRecord, type ConnectionRecord } from './records.js';

/** Answers of platforms are small; a larger one is a fault or an attack. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

/** How one call to a platform is made. */
export interface CallOptions {
  timeoutMs: number;
  /** Receives a redacted record of every exchange. */
  record?: (exchange: Exchange) => void;
  /** Is told of everything used that has a price. */
  spend?: (cost: Cost) => void;
  /** Is told how much of a budget of the manifest is used; it is counted in any case. */
  use?: (budget: string, amount: number) => void;
  /** Whose room in the budgets it uses up, where room was kept for it. */
  room?: RoomHolder;
  /** Is called right before each request, when what it uses is written down. What it throws keeps the request from being sent. */
  beforeSending?: () => void;
  signal?: AbortSignal;
  /** What the adapter takes for now: the database's time wherever it decides something. This machine's when left out. */
  now?: () => Date;
}

/** A channel and its connection as they are stored, read at one moment. */
export interface StoredChannel {
  channel: ChannelRecord;
  connection: ConnectionRecord;
}

/** A connection, its adapter and the way to speak for it. */
export interface OpenConnection {
  connection: ConnectionRecord;
  adapter: PlatformAdapter;
  context(options: CallOptions): AccountContext;
}

/** The same for one of its channels. */
export interface OpenChannel extends OpenConnection {
  channel: ChannelRecord;
  limits: PlatformLimits;
}

/** Turns stored connections into contexts for adapters: decrypts, chooses addresses, guards the way out. */
@Injectable()
export class PlatformAccess {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly registry: PlatformRegistry,
    private readonly apps: PlatformApps,
    private readonly budgets: Budgets,
  ) {}

  /** A context without an account, for connecting. @param way the one that was chosen, where there are several */
  context(manifest: PlatformManifest, practice: boolean, options: CallOptions, way?: string | null): PlatformContext {
    const app = this.app(manifest, practice, way);
    const chosen = wayOf(manifest, way)?.id;
    return {
      ...this.counted(manifest, practice, options, way),
      now: options.now ?? (() => this.clock.now()),
      endpoints: this.endpoints(manifest, practice),
      ...(app && { app }),
      ...(chosen !== undefined && { way: chosen }),
      options: this.registry.options(manifest.id),
      spend: options.spend ?? (() => undefined),
    };
  }

  /** The way out, where no request is sent before what was said to be used is written down. */
  private counted(
    manifest: PlatformManifest,
    practice: boolean,
    options: CallOptions,
    way?: string | null,
  ): Pick<PlatformContext, 'fetch' | 'use'> {
    const send = createGuardedFetch({
      allow: this.config.outboundAllow,
      exemptOrigins: practice ? [new URL(this.config.sandbox.url).origin] : [],
      timeoutMs: options.timeoutMs,
      maxResponseBytes: MAX_ANSWER_BYTES,
      ...(options.record && { record: options.record }),
      ...(options.signal && { signal: options.signal }),
    });
    let writing: Promise<void> | undefined;
    let isWritten = true;
    return {
      use: (budget, amount) => {
        this.budgets.use(this.budgetOwner(manifest, practice, way), manifest, budget, amount, options.room);
        isWritten = false;
        options.use?.(budget, amount);
      },
      fetch: async (...request) => {
        if (!isWritten) {
          isWritten = true;
          writing = this.budgets.flush();
        }
        // Others of the same call wait for it as well: which of them it was for is not known here.
        await writing;
        options.beforeSending?.();
        return send(...request);
      },
    };
  }

  /** A context for an account that is not stored yet. */
  accountContext(
    manifest: PlatformManifest,
    practice: boolean,
    account: {
      credentials: JsonObject;
      channelCredentials?: JsonObject;
      channelId?: string;
      details?: JsonObject;
      way?: string | null;
    },
    options: CallOptions,
  ): AccountContext {
    return {
      ...this.context(manifest, practice, options, account.way),
      credentials: account.credentials,
      channelDetails: account.details ?? {},
      ...(account.channelCredentials && { channelCredentials: account.channelCredentials }),
      ...(account.channelId !== undefined && { channelId: account.channelId }),
    };
  }

  /** Stored channels with their connections, by the channel's id; those that do not exist are left out. */
  async find(tx: Transaction, channelIds: readonly string[]): Promise<Map<string, StoredChannel>> {
    await this.apps.read(tx);
    // The connections first: a refusal of a channel's own token must never count against a newer sign-in.
    const connections = await rows<ConnectionRecord>(
      tx,
      'select * from connections where id in (select connection_id from channels where id = any($1))',
      [channelIds],
    );
    const channels = await rows<ChannelRecord>(tx, 'select * from channels where id = any($1)', [channelIds]);
    const byId = new Map(connections.map((connection) => [connection.id, connection]));
    const stored = new Map<string, StoredChannel>();
    for (const channel of channels) {
      const connection = byId.get(channel.connection_id);
      if (connection) stored.set(channel.id, { channel, connection });
    }
    return stored;
  }

  /** Opens a stored channel. Undefined when it does not exist, or its connection holds no credentials. */
  async open(tx: Transaction, channelId: string): Promise<OpenChannel | undefined> {
    const stored = (await this.find(tx, [channelId])).get(channelId);
    return stored && this.openStored(stored);
  }

  /** Opens a channel as `find` found it. Undefined when its connection holds no credentials. */
  async openStored({ channel, connection }: StoredChannel): Promise<OpenChannel | undefined> {
    if (!connection.credentials) return undefined;
    const { adapter } = this.registry.get(channel.platform);
    const credentials = await this.decryptConnection(connection.id, connection.credentials);
    const channelCredentials =
      channel.credentials === null ? undefined : await this.decryptChannel(channel.id, channel.credentials);
    return {
      channel,
      connection,
      adapter,
      limits: channel.limits ?? adapter.manifest.limits,
      context: (options) =>
        this.accountContext(
          adapter.manifest,
          channel.practice,
          {
            credentials,
            way: connection.way,
            channelId: channel.external_id,
            details: channel.details,
            ...(channelCredentials && { channelCredentials }),
          },
          options,
        ),
    };
  }

  /** Opens a stored connection. Undefined when it does not exist, or holds no credentials. */
  async openConnection(tx: Transaction, connectionId: string): Promise<OpenConnection | undefined> {
    const [connection] = await rows<ConnectionRecord>(tx, 'select * from connections where id = $1', [connectionId]);
    if (!connection?.credentials) return undefined;
    await this.apps.read(tx);
    const { adapter } = this.registry.get(connection.platform);
    const credentials = await this.decryptConnection(connection.id, connection.credentials);
    const { practice, way } = connection;
    return {
      connection,
      adapter,
      context: (options) => this.accountContext(adapter.manifest, practice, { credentials, way }, options),
    };
  }

  /** Has `app` know what operators entered, as it is by now. For whoever opens no stored channel or connection before. */
  readApps(tx: Transaction): Promise<void> {
    return this.apps.read(tx);
  }

  /** The OAuth application to act as, if there is one. @param way the one that was chosen, where there are several */
  app(manifest: PlatformManifest, practice: boolean, way?: string | null): OAuthApp | undefined {
    if (!practice) return this.apps.find(appNameOf(manifest, way));
    return manifest.extra?.['practiceApp'] as unknown as OAuthApp | undefined;
  }

  /** Whose daily budgets are used there. @param way the one that was chosen, where there are several */
  budgetOwner(manifest: PlatformManifest, practice: boolean, way?: string | null): BudgetOwner {
    return { platform: manifest.id, practice, app: this.app(manifest, practice, way)?.clientId ?? '' };
  }

  endpoints(manifest: PlatformManifest, practice: boolean): Record<string, string> {
    if (!practice) return { ...manifest.endpoints };
    const names = Object.keys(manifest.endpoints);
    return Object.fromEntries(names.map((name) => [name, `${this.config.sandbox.url}/${manifest.id}/${name}`]));
  }

  encryptConnection(connectionId: string, credentials: JsonObject): Promise<string> {
    return this.vault.encrypt(credentials, `connection:${connectionId}`);
  }
  decryptConnection(connectionId: string, token: string): Promise<JsonObject> {
    return this.vault.decrypt<JsonObject>(token, `connection:${connectionId}`);
  }
  encryptChannel(channelId: string, credentials: JsonObject): Promise<string> {
    return this.vault.encrypt(credentials, `channel:${channelId}`);
  }
  private decryptChannel(channelId: string, token: string): Promise<JsonObject> {
    return this.vault.decrypt<JsonObject>(token, `channel:${channelId}`);
  }
}
