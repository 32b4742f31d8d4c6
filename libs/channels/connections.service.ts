import { Inject, Injectable } from '@nestjs/common';
import {
  CONFIG,
  type Config,
  Database,
  earlierAnswer,
  type FieldError,
  type IdempotencyClaim,
  once,
  Problem,
  requestScope,
  row,
  rows,
  type Transaction,
} from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type PlatformAdapter, type PlatformManifest } from '#platforms/core';
import { chosenWay } from './app-names.js';
import { type Authorized, ConnectionStore } from './connection-store.js';
import { tellOfConnection } from './connection-events.js';
import { type ConnectionView, viewOf } from './connection-view.js';
import { connectFailure, practiceValues, readCredentials } from './credentials-form.js';
import { giveBack } from './give-back.js';
import { HealthReader } from './health-reader.js';
import { PlatformAccess } from './platform-access.js';
import { ReconnectionStore } from './reconnection-store.js';
import { type ChannelRecord, type ConnectionRecord } from './records.js';
import { Purse, settle } from './spending.js';

/** Connecting is somebody waiting at a screen: no single request takes longer. */
const CONNECT_TIMEOUT_MS = 15_000;

/** So many become channels at once, even where somebody wants to choose: what is too much is soon removed. */
const FEW_PLACES = 5;

export interface ConnectInput {
  organizationId: string;
  workspaceId: string;
  platform: string;
  /** By the manifest's form; with `practice` only where they differ from the practice account's. */
  credentials?: Record<string, string>;
  /** Connects a practice account of the sandbox. */
  practice?: boolean;
  /** Only for a network that is connected on its own consent page. */
  way?: string;
  acceptShared?: boolean;
  /** Where there are more than a few places, none becomes a channel until somebody chooses. */
  chooseChannels?: boolean;
}

/** Connections of an organization: made, shown, given up. */
@Injectable()
export class ConnectionsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly registry: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly store: ConnectionStore,
    private readonly health: HealthReader,
    private readonly reconnections: ReconnectionStore,
  ) {}

  /** Connects an account by its credentials, after using them once. Throws a problem that names the field. */
  async connect(input: ConnectInput, claim?: IdempotencyClaim): Promise<ConnectionView> {
    const earlier = claim && (await earlierAnswer<ConnectionView>(this.database, claim));
    return earlier ?? this.keep(await this.signIn(input), undefined, claim);
  }

  /** Uses credentials once: whose they are, and what they reach. Nothing is kept. Throws a problem that names the field. */
  async signIn(input: ConnectInput): Promise<Authorized> {
    const { adapter } = this.platform(input.platform);
    await this.requireWorkspace(input.organizationId, input.workspaceId);
    if (!adapter.connect) throw needsConsentProblem(adapter.manifest);
    chosenWay(adapter.manifest, input.way);
    if (input.practice && !this.config.sandbox.enabled) throw practiceIsOff();
    const defaults = input.practice ? practiceValues(adapter.manifest, this.config.sandbox) : {};
    const credentials = readCredentials(adapter.manifest, { ...defaults, ...input.credentials });
    const practice = this.isPractice(adapter.manifest, credentials, input.practice === true);
    return this.use(adapter, practice, credentials, input);
  }

  /** Stores a finished sign-in with its channels, in one transaction. */
  async keep(authorized: Authorized, pendingId?: string, claim?: IdempotencyClaim): Promise<ConnectionView> {
    const store = async (tx: Transaction): Promise<ConnectionView> => {
      await this.store.lock(tx, authorized.organizationId, authorized.platform);
      const before = await this.store.ofAccount(tx, authorized);
      const signedIn = await this.store.authorize(tx, authorized, pendingId);
      const connection = await this.place(tx, signedIn, authorized);
      await tellOfConnection(tx, connection.id, before?.id === connection.id ? 'reconnected' : 'connected');
      return this.viewIn(tx, connection, authorized.workspaceId);
    };
    // An account may serve workspaces that whoever connects it does not see.
    return once(this.database, authorized.organizationId, claim, store, 'organization');
  }

  /** Makes channels of what the account reaches, or lets somebody choose. */
  private async place(tx: Transaction, signedIn: ConnectionRecord, authorized: Authorized): Promise<ConnectionRecord> {
    if (authorized.choose && authorized.channels.length > FEW_PLACES)
      return this.store.letChoose(tx, signedIn, authorized);
    await this.store.addChannels(tx, signedIn, authorized);
    return signedIn;
  }

  /** The connections through which a workspace publishes. */
  async list(organizationId: string, workspaceId: string): Promise<ConnectionView[]> {
    await this.requireWorkspace(organizationId, workspaceId);
    return this.views(organizationId, { workspaceId });
  }

  /** All that the asker sees: those that serve one of their workspaces, and to whoever sees all of them also unused ones. */
  async listAll(organizationId: string): Promise<ConnectionView[]> {
    return this.views(organizationId, {});
  }

  async get(organizationId: string, id: string): Promise<ConnectionView> {
    const [view] = await this.views(organizationId, { id });
    if (!view) throw Problem.notFound();
    return view;
  }

  /** One that nobody has signed in to yet, in the caller's transaction. */
  async show(tx: Transaction, id: string): Promise<ConnectionView> {
    const connection = await row<ConnectionRecord>(tx, 'select * from connections where id = $1', [id]);
    if (!connection) throw Problem.notFound();
    const healthOf = await this.health.read(tx, [connection], []);
    return viewOf(connection, [], healthOf(connection));
  }

  /** With its channels of one workspace, and nothing of any other. @param tx one of `Database.organization` */
  async viewIn(tx: Transaction, connection: ConnectionRecord, workspaceId: string): Promise<ConnectionView> {
    const channels = await rows<ChannelRecord>(
      tx,
      `select * from channels where connection_id = $1 and workspace_id = $2 and removed_at is null
        order by created_at, id`,
      [connection.id, workspaceId],
    );
    const healthOf = await this.health.read(tx, [connection], [workspaceId]);
    return viewOf(connection, channels, healthOf(connection));
  }

  /**
   * Disconnects: credentials are deleted at once, and given back at the platform by a job. What was never connected goes
   * away altogether.
   */
  async disconnect(organizationId: string, id: string): Promise<void> {
    await this.database.organization(organizationId, async (tx) => {
      const connection = await row<ConnectionRecord>(tx, 'select * from connections where id = $1 for update', [id]);
      if (!connection) throw Problem.notFound();
      const { adapter } = this.registry.find(connection.platform) ?? {};
      // A new sign-in that waits for its yes is given up with the old one.
      await this.reconnections.drop(tx, connection);
      const { credentials } = connection;
      if (credentials !== null) await giveBack(tx, connection, { credentials });
      await this.store.disconnect(tx, id, adapter?.revoke !== undefined);
      if (connection.status === 'connected') await tellOfConnection(tx, id, 'disconnected');
    });
  }

  /** Whether a platform is connected on its own consent page. Throws a problem where there is no such platform. */
  needsConsent(platform: string): boolean {
    return this.platform(platform).adapter.manifest.connect.type === 'oauth';
  }

  /** The platform's folder; an unknown one is the caller's mistake. */
  platform(id: string): { adapter: PlatformAdapter } {
    const platform = this.registry.find(id);
    if (platform) return platform;
    throw Problem.validation([
      {
        field: 'platform',
        rule: 'unknown-platform',
        message: `There is no platform "${id}".`,
        remedy: `Use one of: ${this.registry
          .manifests()
          .map((manifest) => manifest.id)
          .join(', ')}.`,
      },
    ]);
  }

  async requireWorkspace(organizationId: string, workspaceId: string): Promise<void> {
    const found = await this.database.tenant(organizationId, (tx) =>
      row(tx, 'select id from workspaces where id = $1', [workspaceId]),
    );
    if (!found) throw Problem.notFound();
  }

  private async use(
    adapter: PlatformAdapter,
    practice: boolean,
    credentials: Record<string, string>,
    input: ConnectInput,
  ): Promise<Authorized> {
    const { manifest } = adapter;
    if (!adapter.connect) throw needsConsentProblem(manifest);
    const { organizationId, workspaceId } = input;
    const spender = { organizationId, workspaceId, channelId: null, publicationId: null };
    const purse = new Purse(manifest, { ...spender, platform: manifest.id, practice });
    const options = { timeoutMs: CONNECT_TIMEOUT_MS, spend: purse.spend };
    try {
      const authorization = await adapter.connect(this.access.context(manifest, practice, options), credentials);
      const account = { credentials: authorization.credentials };
      const channels = await adapter.listChannels(this.access.accountContext(manifest, practice, account, options));
      return {
        organizationId: input.organizationId,
        workspaceId: input.workspaceId,
        platform: manifest.id,
        practice,
        way: null,
        authorization,
        channels,
        acceptShared: input.acceptShared ?? false,
        choose: input.chooseChannels ?? false,
      };
    } catch (error) {
      throw connectFailure(error, adapter);
    } finally {
      await settle(this.database, purse);
    }
  }

  /** What the asker sees is the database's to say; how many more hang on it is counted in all of the organization. */
  private async views(
    organizationId: string,
    wanted: { id?: string; workspaceId?: string },
  ): Promise<ConnectionView[]> {
    const { connections, channels } = await this.database.tenant(organizationId, async (tx) => ({
      connections: await rows<ConnectionRecord>(tx, SEEN, [
        wanted.id ?? null,
        wanted.workspaceId ?? null,
        (requestScope()?.workspaces ?? null) === null,
      ]),
      channels: await rows<ChannelRecord>(
        tx,
        `select * from channels where removed_at is null and ($1::uuid is null or workspace_id = $1)
            and ($2::uuid is null or connection_id = $2) order by created_at, id`,
        [wanted.workspaceId ?? null, wanted.id ?? null],
      ),
    }));
    const healthOf = await this.database.organization(organizationId, (tx) =>
      this.health.read(tx, connections, requestScope()?.workspaces ?? null),
    );
    return connections.map((connection) =>
      viewOf(
        connection,
        channels.filter((channel) => channel.connection_id === connection.id),
        healthOf(connection),
      ),
    );
  }

  /**
   * An address on the sandbox makes it a practice connection, whoever typed it.
   * @throws Problem 422 where practice was asked for and an address leads elsewhere: it would be marked as what it is not
   */
  private isPractice(manifest: PlatformManifest, credentials: Record<string, string>, asked: boolean): boolean {
    const { enabled, url } = this.config.sandbox;
    if (!enabled || manifest.connect.type !== 'credentials') return false;
    const { origin } = new URL(url);
    const isOutside = (address: string | undefined) => address !== undefined && new URL(address).origin !== origin;
    const addresses = manifest.connect.fields.filter((field) => field.type === 'url' && credentials[field.name]);
    const outside = addresses.find((field) => isOutside(credentials[field.name]));
    if (!asked) return addresses.length > 0 && !outside;
    if (!outside) return true;
    throw fieldProblem({
      field: `credentials/${outside.name}`,
      rule: 'not-practice',
      message: `${outside.label} is not on the practice network.`,
      remedy: `Use an address that starts with ${origin}, or leave "practice" out.`,
    });
  }
}

/**
 * $1 a connection, or $2 a workspace that it serves, or neither; $3 whether the asker sees all workspaces. Channels of
 * hidden workspaces are not there. What nobody connected, or gave up altogether, is shown by its own id alone.
 */
const SEEN = `
select c.* from connections c
 where ($1::uuid is null or c.id = $1)
   and ($1::uuid is not null
     or exists (select 1 from channels ch
         where ch.connection_id = c.id and ch.removed_at is null and ($2::uuid is null or ch.workspace_id = $2))
     or (c.choosing_in = $2 and c.status = 'connected')
     or ($2::uuid is null and $3 and c.status = 'connected'))
 order by c.created_at, c.id`;

function fieldProblem(error: FieldError): Problem {
  return Problem.validation([error]);
}

function needsConsentProblem(manifest: PlatformManifest): Problem {
  return fieldProblem({
    field: 'credentials',
    rule: 'needs-consent',
    message: `${manifest.name} is connected on its own consent page, not by credentials.`,
    remedy: 'Leave "credentials" out, then open the "authorizationUrl" of the answer in a browser.',
  });
}

/** The answer where practice networks are asked for and switched off. */
export function practiceIsOff(): Problem {
  return fieldProblem({
    field: 'practice',
    rule: 'practice-off',
    message: 'Practice networks are switched off on this installation.',
    remedy: 'Connect a real account, or ask the operator to set SANDBOX=on.',
  });
}
