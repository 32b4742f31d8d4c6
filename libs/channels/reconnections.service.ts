import { Injectable } from '@nestjs/common';
import { Database, Problem, row, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Failure } from '#platforms/core';
import { tellOfConnection } from './connection-events.js';
import { type Authorized, ConnectionStore } from './connection-store.js';
import { missingScopes, type MissingScope } from './connection-health.js';
import { type AccountView, type ConnectionView } from './connection-view.js';
import { ConnectionsService } from './connections.service.js';
import { OAuthBridge } from './oauth-bridge.js';
import { planReconnect } from './reconnect-plan.js';
import { type ReconnectionRecord, ReconnectionStore } from './reconnection-store.js';
import { type ChannelRecord, type ConnectionRecord, isErased } from './records.js';
import { scheduledOn } from './scheduled.js';

/** What begins a reconnection. */
export interface ReconnectInput {
  organizationId: string;
  connectionId: string;
  /** Where new channels go; left out = the one workspace that the connection serves. */
  workspaceId?: string | undefined;
  /** By the manifest's form; left out for a platform with a consent page. */
  credentials?: Record<string, string> | undefined;
  /** A flow that was begun in a browser ends in the same browser session. */
  sessionId?: string | undefined;
}

/** A channel of the connection, as a preview names it. */
export interface KnownChannel {
  id: string;
  name: string;
  workspaceId: string;
  /** Publications that wait to go out on it, held ones too. */
  scheduled: number;
}

/** A place that the account has and the connection does not. */
export interface GainedChannel {
  /** The platform's id. */
  externalId: string;
  name: string;
  handle: string | null;
  /** What it is, where the platform has several kinds. */
  kind: string | null;
  /** Another workspace publishes there already: added only after an explicit yes. */
  shared: boolean;
}

/** What a finished sign-in would change. */
export interface ReconnectPreview {
  account: AccountView;
  expiresAt: Date | null;
  /** What ends then, where it is not the sign-in as a whole. */
  expiryNote: string | null;
  missingScopes: MissingScope[];
  gained: GainedChannel[];
  kept: KnownChannel[];
  lost: KnownChannel[];
}

/** A reconnection as the API shows it. */
export interface ReconnectionView {
  connectionId: string;
  /** Where new channels go. */
  workspaceId: string;
  /** `authorizing` = the consent page has not been answered; `ready` = it waits for a yes; `failed` = begin again. */
  state: 'authorizing' | 'ready' | 'failed';
  /** It is dropped then. */
  until: Date;
  failure: Failure | null;
  preview: ReconnectPreview | null;
  authorizationUrl?: string;
}

/** Replaces the sign-in of a connection by a new one of the same account, after showing what that would change. */
@Injectable()
export class ReconnectionsService {
  constructor(
    private readonly database: Database,
    private readonly registry: PlatformRegistry,
    private readonly connections: ConnectionsService,
    private readonly connectionStore: ConnectionStore,
    private readonly bridge: OAuthBridge,
    private readonly store: ReconnectionStore,
  ) {}

  /**
   * Signs in anew and keeps what came of it, or begins to on the platform's consent page. Nothing of the connection changes.
   * @throws Problem 409 that names both accounts when it is another one, 422 that names the field
   */
  async begin(input: ReconnectInput): Promise<ReconnectionView> {
    const { organizationId, connectionId } = input;
    const connection = await this.database.tenant(organizationId, (tx) => found(tx, connectionId));
    const workspaceId = await this.placeFor(connection, input.workspaceId);
    if (connection.account_id === null) {
      throw Problem.conflict('Nobody has signed in to this connection yet. Finish that first, or connect anew.');
    }
    if (isErased(connection)) {
      throw Problem.conflict(
        'Its person had their data deleted, so this account is not known any more. Connect it anew.',
      );
    }
    const { platform, practice } = connection;
    if (input.credentials === undefined && this.connections.needsConsent(platform)) {
      const begin = (tx: Transaction) => this.store.begin(tx, connection, workspaceId);
      const authorizationUrl = await this.bridge.startAgain(connection, workspaceId, input.sessionId, begin);
      return { ...(await this.find(organizationId, connectionId)), authorizationUrl };
    }
    const { credentials = {} } = input;
    const signedIn = await this.connections.signIn({ organizationId, workspaceId, platform, credentials, practice });
    const problem = await this.database.tenant(organizationId, async (tx) => {
      await this.store.begin(tx, connection, workspaceId);
      return this.store.hold(tx, connection, signedIn);
    });
    if (problem) {
      await this.drop(organizationId, connectionId);
      throw problem;
    }
    return this.find(organizationId, connectionId);
  }

  /** What waits for a yes, compared with the channels as they are now. @throws Problem 404 when nothing does */
  async find(organizationId: string, connectionId: string): Promise<ReconnectionView> {
    return this.database.tenant(organizationId, async (tx) => {
      const connection = await found(tx, connectionId);
      const waiting = await this.store.find(tx, connectionId);
      if (!waiting) throw nothingWaits();
      return this.view(tx, connection, waiting);
    });
  }

  /**
   * Replaces the sign-in. What is scheduled stays; kept channels go on, lost ones are down with the reason, new ones are added.
   * @param acceptShared a yes to publishing where another workspace does already
   * @param add which of the new ones, by the platform's ids; left out = all
   */
  async confirm(
    organizationId: string,
    connectionId: string,
    { acceptShared, add }: { acceptShared: boolean; add?: readonly string[] | undefined },
  ): Promise<ConnectionView> {
    await this.database.organization(organizationId, async (tx) => {
      const { platform } = await found(tx, connectionId);
      await this.connectionStore.lock(tx, organizationId, platform);
      const connection = await found(tx, connectionId, 'for update');
      const waiting = await this.store.find(tx, connectionId);
      if (!waiting) throw nothingWaits();
      const signedIn = await this.store.open(waiting, connection);
      if (!signedIn)
        throw Problem.conflict('Nobody has answered the consent page yet. Answer it first, or begin again.');
      await this.store.take(tx, connectionId);
      await this.apply(tx, connection, { ...signedIn, acceptShared }, add);
    });
    return this.connections.get(organizationId, connectionId);
  }

  /** Drops what waits; its tokens go back to the platform. @throws Problem 404 when nothing waits */
  async drop(organizationId: string, connectionId: string): Promise<void> {
    await this.database.tenant(organizationId, async (tx) => {
      if (!(await this.store.drop(tx, await found(tx, connectionId)))) throw nothingWaits();
    });
  }

  private async apply(
    tx: Transaction,
    connection: ConnectionRecord,
    signedIn: Authorized,
    add: readonly string[] | undefined,
  ): Promise<void> {
    const current = await channelsOf(tx, connection.id);
    const { gained: found, lost } = planReconnect(current, signedIn.channels);
    const gained = found.filter(({ id }) => add?.includes(id) ?? true);
    const shared = await this.connectionStore.inOtherWorkspaces(tx, { ...signedIn, channels: gained });
    const added = gained.filter((info) => signedIn.acceptShared || !shared.has(info.id));
    const renewed = await this.connectionStore.authorize(tx, signedIn);
    await this.connectionStore.renewChannels(tx, renewed, signedIn);
    await this.connectionStore.addChannels(tx, renewed, { ...signedIn, channels: added });
    await this.connectionStore.lose(tx, lost, this.lossOf(signedIn));
    if (current.length + added.length > 0)
      await tx.query('update connections set choosing_in = null where id = $1', [renewed.id]);
    await tellOfConnection(tx, renewed.id, 'reconnected');
  }

  private lossOf({ platform, authorization: { account } }: Authorized): Failure {
    const { name } = this.registry.get(platform).adapter.manifest;
    return {
      kind: 'permission',
      message: `${account.name} no longer reaches this channel on ${name}.`,
      remedy: `Give ${account.name} access to it on ${name} and reconnect, or move what is scheduled to another channel.`,
    };
  }

  private async view(
    tx: Transaction,
    connection: ConnectionRecord,
    waiting: ReconnectionRecord,
  ): Promise<ReconnectionView> {
    const signedIn = await this.store.open(waiting, connection);
    return {
      connectionId: connection.id,
      workspaceId: waiting.workspace_id,
      state: signedIn ? 'ready' : waiting.failure ? 'failed' : 'authorizing',
      until: waiting.expires_at,
      failure: waiting.failure,
      preview: signedIn ? await this.preview(tx, connection, signedIn) : null,
    };
  }

  private async preview(
    tx: Transaction,
    connection: ConnectionRecord,
    signedIn: Authorized,
  ): Promise<ReconnectPreview> {
    const current = await channelsOf(tx, connection.id);
    const { gained, kept, lost } = planReconnect(current, signedIn.channels);
    const scheduled = await scheduledOn(
      tx,
      current.map(({ id }) => id),
    );
    const known = ({ id, name, workspace_id: workspaceId }: ChannelRecord): KnownChannel => ({
      ...{ id, name, workspaceId },
      scheduled: scheduled.get(id) ?? 0,
    });
    const shared = await this.shared(connection, { ...signedIn, channels: gained });
    const { account, scopes, expiresAt, expiryNote } = signedIn.authorization;
    const manifest = this.registry.find(connection.platform)?.adapter.manifest;
    return {
      account: { id: account.id, name: account.name, handle: account.handle ?? null, url: account.url ?? null },
      expiresAt: expiresAt ?? null,
      expiryNote: expiryNote ?? null,
      missingScopes: missingScopes({ status: 'connected', scopes: [...scopes], way: signedIn.way }, manifest),
      gained: gained.map(({ id, name, handle, kind }) => ({
        externalId: id,
        name,
        handle: handle ?? null,
        kind: kind ?? null,
        shared: shared.has(id),
      })),
      kept: kept.map(known),
      lost: lost.map(known),
    };
  }

  /** Whether another workspace has a place is known across the organization; which one is not told. */
  private async shared({ organization_id: id }: ConnectionRecord, signedIn: Authorized): Promise<Set<string>> {
    return this.database.organization(id, (tx) => this.connectionStore.inOtherWorkspaces(tx, signedIn));
  }

  /** @throws Problem 422 where it has to be said, 404 where it is not one of the asker's */
  private async placeFor(connection: ConnectionRecord, wanted: string | undefined): Promise<string> {
    const { organization_id: organizationId, id } = connection;
    if (wanted !== undefined) {
      await this.connections.requireWorkspace(organizationId, wanted);
      return wanted;
    }
    const served = await this.database.tenant(organizationId, (tx) =>
      rows<{ workspace_id: string }>(
        tx,
        'select distinct workspace_id from channels where connection_id = $1 and removed_at is null',
        [id],
      ),
    );
    const [only] = served;
    if (only && served.length === 1) return only.workspace_id;
    throw Problem.validation([
      {
        field: 'workspaceId',
        rule: 'required',
        message: `This connection serves ${served.length} workspaces.`,
        remedy: 'Say which of your workspaces gets the channels that are new.',
      },
    ]);
  }
}

async function found(tx: Transaction, id: string, lock: '' | 'for update' = ''): Promise<ConnectionRecord> {
  const connection = await row<ConnectionRecord>(tx, `select * from connections where id = $1 ${lock}`, [id]);
  if (!connection) throw Problem.notFound();
  return connection;
}

/** In the order in which everybody locks several. */
async function channelsOf(tx: Transaction, connectionId: string): Promise<ChannelRecord[]> {
  return rows<ChannelRecord>(
    tx,
    'select * from channels where connection_id = $1 and removed_at is null order by id for no key update',
    [connectionId],
  );
}

function nothingWaits(): Problem {
  return Problem.notFound(
    'No sign-in waits to be confirmed; it was confirmed, dropped, or took too long. Begin again.',
  );
}
