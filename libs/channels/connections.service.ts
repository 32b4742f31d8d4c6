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
  publish,
  row,
  rows,
  type Transaction,
} from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Failure, type PlatformAdapter, type PlatformManifest } from '#platforms/core';
import { type Authorized, ConnectionStore } from './connection-store.js';
import { connectFailure, practiceValues, readCredentials } from './credentials-form.js';
import { PlatformAccess } from './platform-access.js';
import { type ChannelRecord, type ConnectionRecord } from './records.js';

/** Connecting is somebody waiting at a screen: no single request takes longer. */
const CONNECT_TIMEOUT_MS = 15_000;

export interface ConnectInput {
  organizationId: string;
  workspaceId: string;
  platform: string;
  /** By the manifest's form; with `practice` only where they differ from the practice account's. */
  credentials?: Record<string, string>;
  /** Connects a practice account of the sandbox. */
  practice?: boolean;
  acceptShared?: boolean;
}

/** A connection as the API shows it. */
export interface ConnectionView {
  id: string;
  platform: string;
  practice: boolean;
  status: ConnectionRecord['status'];
  account: { id: string; name: string | null; handle: string | null; url: string | null } | null;
  scopes: string[];
  expiresAt: Date | null;
  failure: Failure | null;
  channels: { id: string; platform: string; name: string }[];
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
  ) {}

  /** Connects an account by its credentials, after using them once. Throws a problem that names the field. */
  async connect(input: ConnectInput, claim?: IdempotencyClaim): Promise<ConnectionView> {
    const earlier = claim && (await earlierAnswer<ConnectionView>(this.database, claim));
    if (earlier) return earlier;
    const { adapter } = this.platform(input.platform);
    await this.requireWorkspace(input.organizationId, input.workspaceId);
    if (!adapter.connect) throw needsConsentProblem(adapter.manifest);
    if (input.practice && !this.config.sandbox.enabled) throw practiceIsOff();
    const defaults = input.practice ? practiceValues(adapter.manifest, this.config.sandbox) : {};
    const credentials = readCredentials(adapter.manifest, { ...defaults, ...input.credentials });
    const practice = this.isPractice(adapter.manifest, credentials, input.practice === true);
    const authorized = await this.signIn(adapter, practice, credentials, input);
    return this.keep(authorized, undefined, claim);
  }

  /** Stores a finished sign-in with its channels, in one transaction. */
  async keep(authorized: Authorized, pendingId?: string, claim?: IdempotencyClaim): Promise<ConnectionView> {
    const store = async (tx: Transaction): Promise<ConnectionView> => {
      await this.store.lock(tx, authorized);
      const connection = await this.store.authorize(tx, authorized, pendingId);
      await this.store.addChannels(tx, connection, authorized);
      return this.view(tx, connection, authorized.workspaceId);
    };
    // An account may serve workspaces that whoever connects it does not see.
    return once(this.database, authorized.organizationId, claim, store, 'organization');
  }

  async list(organizationId: string, workspaceId: string): Promise<ConnectionView[]> {
    await this.requireWorkspace(organizationId, workspaceId);
    return this.database.tenant(organizationId, async (tx) => {
      const connections = await rows<ConnectionRecord>(
        tx,
        `select c.* from connections c where exists (
           select 1 from channels ch where ch.connection_id = c.id and ch.workspace_id = $1 and ch.removed_at is null)
         order by c.created_at`,
        [workspaceId],
      );
      const channels = await rows<ChannelRecord>(
        tx,
        'select * from channels where workspace_id = $1 and removed_at is null order by created_at, id',
        [workspaceId],
      );
      return connections.map((connection) =>
        viewOf(
          connection,
          channels.filter((channel) => channel.connection_id === connection.id),
        ),
      );
    });
  }

  async get(organizationId: string, id: string): Promise<ConnectionView> {
    return this.database.tenant(organizationId, (tx) => this.show(tx, id));
  }

  /** The same, in the caller's transaction. */
  async show(tx: Transaction, id: string): Promise<ConnectionView> {
    const connection = await row<ConnectionRecord>(tx, 'select * from connections where id = $1', [id]);
    if (!connection) throw Problem.notFound();
    return this.view(tx, connection);
  }

  /**
   * Disconnects: credentials are deleted at once, and given back at the platform by a job. What was never connected goes
   * away altogether.
   */
  async disconnect(organizationId: string, id: string): Promise<void> {
    await this.database.organization(organizationId, async (tx) => {
      const connection = await this.lock(tx, id);
      if (connection.credentials !== null) {
        // Still encrypted: what leaves the row is readable only under this connection's purpose.
        const payload = { connectionId: id, credentials: connection.credentials };
        await publish(tx, { organizationId, topic: 'connection.disconnected', payload });
      }
      await this.store.disconnect(tx, id);
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

  private async signIn(
    adapter: PlatformAdapter,
    practice: boolean,
    credentials: Record<string, string>,
    input: ConnectInput,
  ): Promise<Authorized> {
    const { manifest } = adapter;
    if (!adapter.connect) throw needsConsentProblem(manifest);
    const options = { timeoutMs: CONNECT_TIMEOUT_MS };
    try {
      const authorization = await adapter.connect(this.access.context(manifest, practice, options), credentials);
      const account = { credentials: authorization.credentials };
      const channels = await adapter.listChannels(this.access.accountContext(manifest, practice, account, options));
      return {
        organizationId: input.organizationId,
        workspaceId: input.workspaceId,
        platform: manifest.id,
        practice,
        authorization,
        channels,
        acceptShared: input.acceptShared ?? false,
      };
    } catch (error) {
      throw connectFailure(error, adapter);
    }
  }

  private async view(tx: Transaction, connection: ConnectionRecord, workspaceId?: string): Promise<ConnectionView> {
    const channels = await rows<ChannelRecord>(
      tx,
      `select * from channels where connection_id = $1 and removed_at is null
          and ($2::uuid is null or workspace_id = $2) order by created_at, id`,
      [connection.id, workspaceId ?? null],
    );
    return viewOf(connection, channels);
  }

  private async lock(tx: Transaction, id: string): Promise<ConnectionRecord> {
    const found = await row<ConnectionRecord>(tx, 'select * from connections where id = $1 for update', [id]);
    if (!found) throw Problem.notFound();
    return found;
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

function viewOf(connection: ConnectionRecord, channels: readonly ChannelRecord[]): ConnectionView {
  return {
    id: connection.id,
    platform: connection.platform,
    practice: connection.practice,
    status: connection.status,
    account:
      connection.account_id === null
        ? null
        : {
            id: connection.account_id,
            name: connection.account_name,
            handle: connection.account_handle,
            url: connection.account_url,
          },
    scopes: connection.scopes,
    expiresAt: connection.expires_at,
    failure: connection.failure,
    channels: channels.map(({ id, platform, name }) => ({ id, platform, name })),
  };
}

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
