import { Inject, Injectable } from '@nestjs/common';
import { type Request } from 'express';
import { v7 as uuid, validate } from 'uuid';
import {
  CONFIG,
  type Config,
  Database,
  earlierAnswer,
  hashToken,
  type IdempotencyClaim,
  once,
  Problem,
  randomToken,
  row,
  type Transaction,
} from '#kernel';
import {
  type Failure,
  type OAuthConnect,
  type OAuthGrant,
  type PlatformAdapter,
  type PlatformManifest,
} from '#platforms/core';
import { appNameOf, chosenWay, variableOf } from './app-names.js';
import { type Authorized } from './connection-store.js';
import { type ConnectionView } from './connection-view.js';
import { ConnectionsService, practiceIsOff } from './connections.service.js';
import { connectFailure } from './credentials-form.js';
import { runStrategy } from './passport-strategy.js';
import { PlatformAccess } from './platform-access.js';
import { PlatformApps } from './platform-apps.js';
import { type ConnectionRecord } from './records.js';
import { ReconnectionStore } from './reconnection-store.js';
import { Purse, settle } from './spending.js';

const FLOW_MINUTES = 15;
const EXCHANGE_TIMEOUT_MS = 15_000;

interface FlowRecord {
  organization_id: string;
  workspace_id: string;
  connection_id: string;
  session_hash: string | null;
  practice: boolean;
  way: string | null;
  accept_shared: boolean;
  choose: boolean;
  code_verifier: string | null;
  /** Whether it is to replace the sign-in of its connection, after a yes. */
  reconnect: boolean;
}

/** A connection that waits for somebody's consent. */
export interface StartedFlow extends ConnectionView {
  /** Open it in a browser: the platform's consent page. */
  authorizationUrl: string;
}

/** What came of the consent page. */
export interface FinishedFlow extends ConnectionView {
  /** The sign-in waits for a yes in ClickPost before it replaces the present one. */
  awaitsConfirmation?: true;
}

interface FlowInput {
  organizationId: string;
  workspaceId: string;
  platform: string;
  practice?: boolean | undefined;
  /** The id of one of the manifest's ways; left out = the first. */
  way?: string | undefined;
  acceptShared?: boolean | undefined;
  /** Where there are more than a few places, none becomes a channel until somebody chooses. */
  chooseChannels?: boolean | undefined;
  /** Flows begun in a browser end in the same browser session. */
  sessionId?: string | undefined;
}

/** Whose consent page: the real network's or the practice one's, and which of its ways. */
type Through = Pick<FlowRecord, 'practice' | 'way'>;

/** A consent page, and what ties the way back from it to the way there. */
interface ConsentPage {
  url: string;
  state: string;
  codeVerifier: string;
}

interface NewFlow extends Pick<
  FlowInput,
  'organizationId' | 'workspaceId' | 'acceptShared' | 'chooseChannels' | 'sessionId'
> {
  connectionId: string;
  reconnect: boolean;
}

/** One way to connect every OAuth platform: its passport strategy, a state that is used once, and the adapter's exchange. */
@Injectable()
export class OAuthBridge {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly connections: ConnectionsService,
    private readonly access: PlatformAccess,
    private readonly apps: PlatformApps,
    private readonly reconnections: ReconnectionStore,
  ) {}

  /** Begins a consent flow. The state carries its organization, so that the way back finds its tenant. */
  async start(input: FlowInput, claim?: IdempotencyClaim): Promise<StartedFlow> {
    const earlier = claim && (await earlierAnswer<StartedFlow>(this.database, claim));
    if (earlier) return earlier;
    const { organizationId, workspaceId, platform, practice = false } = input;
    const { adapter } = this.connections.platform(platform);
    await this.connections.requireWorkspace(organizationId, workspaceId);
    if (practice && !this.config.sandbox.enabled) throw practiceIsOff();
    const through = { practice, way: chosenWay(adapter.manifest, input.way) };
    const page = await this.consentPage(organizationId, adapter, through);
    const connectionId = uuid();
    return once(this.database, organizationId, claim, async (tx) => {
      await tx.query(
        `insert into connections (id, organization_id, platform, practice, way, status)
         values ($1, $2, $3, $4, $5, 'authorizing')`,
        [connectionId, organizationId, platform, practice, through.way],
      );
      await this.insert(tx, { ...input, connectionId, reconnect: false }, page);
      return { ...(await this.connections.show(tx, connectionId)), authorizationUrl: page.url };
    });
  }

  /**
   * Begins a consent flow that is to replace the sign-in of a connection.
   * @param begin what is written with it
   * @returns the address of the consent page
   */
  async startAgain(
    { id: connectionId, organization_id: organizationId, platform, practice, way }: ConnectionRecord,
    workspaceId: string,
    sessionId: string | undefined,
    begin: (tx: Transaction) => Promise<void>,
  ): Promise<string> {
    const { adapter } = this.connections.platform(platform);
    if (practice && !this.config.sandbox.enabled) throw practiceIsOff();
    const page = await this.consentPage(organizationId, adapter, { practice, way });
    await this.database.tenant(organizationId, async (tx) => {
      await begin(tx);
      await this.insert(tx, { organizationId, workspaceId, connectionId, sessionId, reconnect: true }, page);
    });
    return page.url;
  }

  /** The way back from the consent page: exchanges the code and stores what came of it. Each state works once. */
  async finish(platform: string, request: Request, sessionId: string | undefined): Promise<FinishedFlow> {
    const state = typeof request.query['state'] === 'string' ? request.query['state'] : '';
    const flow = await this.take(state, platform);
    try {
      return await this.complete(platform, flow, request, sessionId);
    } catch (error) {
      if (error instanceof Problem) await this.explain(flow, error);
      throw error;
    }
  }

  private async complete(
    platform: string,
    flow: FlowRecord,
    request: Request,
    sessionId: string | undefined,
  ): Promise<FinishedFlow> {
    if (flow.session_hash !== null && (sessionId === undefined || hashToken(sessionId) !== flow.session_hash)) {
      throw Problem.forbidden('This sign-in was begun in another browser session. Begin it again here.');
    }
    const { adapter } = this.connections.platform(platform);
    const { oauth } = adapter;
    if (!oauth) throw Problem.notFound();
    const grant = await this.grant(adapter, flow, request);
    const signedIn = await this.exchange(adapter, oauth, flow, grant);
    const authorized = {
      ...signedIn,
      organizationId: flow.organization_id,
      workspaceId: flow.workspace_id,
      platform,
      practice: flow.practice,
      way: flow.way,
      acceptShared: flow.accept_shared,
      choose: flow.choose,
    };
    return flow.reconnect ? this.hold(flow, authorized) : this.connections.keep(authorized, flow.connection_id);
  }

  /** Keeps the sign-in until somebody says yes to what it changes. */
  private async hold(flow: FlowRecord, authorized: Authorized): Promise<FinishedFlow> {
    const held = await this.database.organization(flow.organization_id, async (tx): Promise<FinishedFlow | Problem> => {
      const connection = await row<ConnectionRecord>(tx, 'select * from connections where id = $1 for update', [
        flow.connection_id,
      ]);
      if (!connection) throw Problem.notFound();
      const problem = await this.reconnections.hold(tx, connection, authorized);
      if (problem) return problem;
      return { ...(await this.connections.viewIn(tx, connection, flow.workspace_id)), awaitsConfirmation: true };
    });
    if (held instanceof Problem) throw held;
    return held;
  }

  private async exchange(adapter: PlatformAdapter, oauth: OAuthConnect, flow: FlowRecord, grant: OAuthGrant) {
    const { practice, way, organization_id: organizationId, workspace_id: workspaceId } = flow;
    const spender = { organizationId, workspaceId, channelId: null, publicationId: null };
    const purse = new Purse(adapter.manifest, { ...spender, platform: adapter.manifest.id, practice });
    const options = { timeoutMs: EXCHANGE_TIMEOUT_MS, spend: purse.spend };
    try {
      const authorization = await oauth.authorize(this.access.context(adapter.manifest, practice, options, way), grant);
      const account = { credentials: authorization.credentials, way };
      const context = this.access.accountContext(adapter.manifest, practice, account, options);
      return { authorization, channels: await adapter.listChannels(context) };
    } catch (error) {
      throw connectFailure(error, adapter);
    } finally {
      await settle(this.database, purse);
    }
  }

  /** Keeps with the connection why nothing came of it, for whoever waits for it in another window. */
  private async explain(flow: FlowRecord, problem: Problem): Promise<void> {
    const failure: Failure = (problem.extra['failure'] as Failure | undefined) ?? {
      kind: 'permission',
      message: problem.detail,
      remedy: problem.errors?.[0]?.remedy ?? 'Begin the connection again.',
    };
    await this.database.tenant(flow.organization_id, (tx) =>
      flow.reconnect
        ? this.reconnections.fail(tx, flow.connection_id, failure)
        : tx.query(`update connections set failure = $2, updated_at = now() where id = $1 and status = 'authorizing'`, [
            flow.connection_id,
            JSON.stringify(failure),
          ]),
    );
  }

  /** The platform's consent page. The state carries its organization, so that the way back finds its tenant. */
  private async consentPage(organizationId: string, adapter: PlatformAdapter, through: Through): Promise<ConsentPage> {
    await this.apps.refresh();
    const state = `${organizationId}.${randomToken()}`;
    const codeVerifier = randomToken();
    const { strategy } = this.strategy(adapter, through);
    const secrets = { state, codeVerifier };
    const outcome = await runStrategy(strategy, { query: {} } as Request, secrets, EXCHANGE_TIMEOUT_MS);
    if (outcome.type !== 'redirect') throw new Error(`The strategy of ${adapter.manifest.id} did not ask for consent.`);
    return { ...secrets, url: outcome.url };
  }

  private async insert(tx: Transaction, flow: NewFlow, { state, codeVerifier }: ConsentPage): Promise<void> {
    const {
      organizationId,
      workspaceId,
      connectionId,
      sessionId,
      acceptShared = false,
      chooseChannels = false,
      reconnect,
    } = flow;
    await tx.query(
      `insert into oauth_flows (state_hash, organization_id, workspace_id, connection_id, session_hash, accept_shared,
         choose, code_verifier, reconnect, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(mins => $10))`,
      [
        hashToken(state),
        organizationId,
        workspaceId,
        connectionId,
        sessionId === undefined ? null : hashToken(sessionId),
        acceptShared,
        chooseChannels,
        await this.access.encryptConnection(connectionId, { codeVerifier }),
        reconnect,
        FLOW_MINUTES,
      ],
    );
  }

  private async grant(adapter: PlatformAdapter, flow: FlowRecord, request: Request): Promise<OAuthGrant> {
    await this.apps.refresh();
    const { strategy, grant } = this.strategy(adapter, flow);
    const codeVerifier = await this.codeVerifier(flow);
    const outcome = await runStrategy(strategy, request, { codeVerifier }, EXCHANGE_TIMEOUT_MS);
    const { name } = adapter.manifest;
    if (outcome.type === 'success') return grant();
    const denied = request.query['error'] === 'access_denied' || outcome.type === 'fail';
    const detail = denied
      ? `Nothing was connected: the permission was declined at ${name}.`
      : `${name} did not accept the sign-in.`;
    throw new Problem('connection-refused', detail, {
      errors: [
        {
          field: 'platform',
          rule: denied ? 'access-denied' : 'exchange-failed',
          message: detail,
          remedy: 'Begin the connection again and agree on the consent page.',
        },
      ],
      ...(outcome.type === 'error' && { cause: outcome.error }),
    });
  }

  private async codeVerifier({ connection_id: id, code_verifier: encrypted }: FlowRecord): Promise<string> {
    if (encrypted === null) throw tooLate();
    const { codeVerifier } = await this.access.decryptConnection(id, encrypted);
    if (typeof codeVerifier !== 'string') throw new Error(`The flow of connection ${id} has no code verifier.`);
    return codeVerifier;
  }

  private strategy(adapter: PlatformAdapter, { practice, way }: Through) {
    const { manifest, oauth } = adapter;
    if (!oauth) throw Problem.notFound();
    const app = this.access.app(manifest, practice, way);
    if (!app) throw missingApp(manifest, way);
    let granted: OAuthGrant | undefined;
    const strategy = oauth.strategy({
      app,
      callbackUrl: `${this.config.publicUrl}/v1/oauth/${manifest.id}/callback`,
      endpoints: this.access.endpoints(manifest, practice),
      ...(way !== null && { way }),
      verify: (grant) => {
        granted = grant;
      },
    });
    const grant = (): OAuthGrant => {
      if (!granted) throw new Error(`The strategy of ${manifest.id} succeeded without tokens.`);
      return granted;
    };
    return { strategy, grant };
  }

  private async take(state: string, platform: string): Promise<FlowRecord> {
    const [organizationId = ''] = state.split('.');
    const flow =
      validate(organizationId) &&
      (await this.database.tenant(organizationId, (tx) =>
        row<FlowRecord>(
          tx,
          `delete from oauth_flows f using connections c
            where f.state_hash = $1 and f.expires_at > now() and c.id = f.connection_id and c.platform = $2
           returning f.organization_id, f.workspace_id, f.connection_id, f.session_hash, c.practice, c.way, f.accept_shared,
                     f.choose, f.code_verifier, f.reconnect`,
          [hashToken(state), platform],
        ),
      ));
    if (flow) return flow;
    throw tooLate();
  }
}

function tooLate(): Problem {
  return new Problem('gone', 'This sign-in was already used or took too long. Begin it again.');
}

function missingApp(manifest: PlatformManifest, way: string | null): Problem {
  const variable = variableOf(appNameOf(manifest, way));
  return Problem.unprocessable(`This installation has no app at ${manifest.name} yet.`, {
    errors: [
      {
        field: 'platform',
        rule: 'app-missing',
        message: `${manifest.name} asks for an app id and secret.`,
        remedy: `The operator enters them under Installation, Apps, or sets ${variable}_APP_ID and ${variable}_APP_SECRET; or connect a practice account with "practice": true.`,
      },
    ],
  });
}
