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
import { ConnectionsService, type ConnectionView, practiceIsOff } from './connections.service.js';
import { connectFailure } from './credentials-form.js';
import { runStrategy } from './passport-strategy.js';
import { PlatformAccess } from './platform-access.js';

const FLOW_MINUTES = 15;
const EXCHANGE_TIMEOUT_MS = 15_000;

interface FlowRecord {
  organization_id: string;
  workspace_id: string;
  connection_id: string;
  session_hash: string | null;
  practice: boolean;
  accept_shared: boolean;
}

/** A connection that waits for somebody's consent. */
export interface StartedFlow extends ConnectionView {
  /** Open it in a browser: the platform's consent page. */
  authorizationUrl: string;
}

interface FlowInput {
  organizationId: string;
  workspaceId: string;
  platform: string;
  practice?: boolean | undefined;
  acceptShared?: boolean | undefined;
  /** Flows begun in a browser end in the same browser session. */
  sessionId?: string | undefined;
}

/** One way to connect every OAuth platform: its passport strategy, a state that is used once, and the adapter's exchange. */
@Injectable()
export class OAuthBridge {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly connections: ConnectionsService,
    private readonly access: PlatformAccess,
  ) {}

  /** Begins a consent flow. The state carries its organization, so that the way back finds its tenant. */
  async start(input: FlowInput, claim?: IdempotencyClaim): Promise<StartedFlow> {
    const earlier = claim && (await earlierAnswer<StartedFlow>(this.database, claim));
    if (earlier) return earlier;
    const { organizationId, platform, practice = false } = input;
    const { adapter } = this.connections.platform(platform);
    await this.connections.requireWorkspace(organizationId, input.workspaceId);
    if (practice && !this.config.sandbox.enabled) throw practiceIsOff();
    const state = `${organizationId}.${randomToken()}`;
    const { strategy } = this.strategy(adapter, practice);
    const outcome = await runStrategy(strategy, { query: {} } as Request, { state }, EXCHANGE_TIMEOUT_MS);
    if (outcome.type !== 'redirect') throw new Error(`The strategy of ${platform} did not ask for consent.`);
    return once(this.database, organizationId, claim, async (tx) => ({
      ...(await this.insert(tx, { ...input, practice }, state)),
      authorizationUrl: outcome.url,
    }));
  }

  /** The way back from the consent page: exchanges the code and stores what came of it. Each state works once. */
  async finish(platform: string, request: Request, sessionId: string | undefined): Promise<ConnectionView> {
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
  ): Promise<ConnectionView> {
    if (flow.session_hash !== null && (sessionId === undefined || hashToken(sessionId) !== flow.session_hash)) {
      throw Problem.forbidden('This sign-in was begun in another browser session. Begin it again here.');
    }
    const { adapter } = this.connections.platform(platform);
    const { oauth } = adapter;
    if (!oauth) throw Problem.notFound();
    const grant = await this.grant(adapter, flow.practice, request);
    const signedIn = await this.exchange(adapter, oauth, flow.practice, grant);
    const authorized = {
      ...signedIn,
      organizationId: flow.organization_id,
      workspaceId: flow.workspace_id,
      platform,
      practice: flow.practice,
      acceptShared: flow.accept_shared,
    };
    return this.connections.keep(authorized, flow.connection_id);
  }

  private async exchange(adapter: PlatformAdapter, oauth: OAuthConnect, practice: boolean, grant: OAuthGrant) {
    const options = { timeoutMs: EXCHANGE_TIMEOUT_MS };
    try {
      const authorization = await oauth.authorize(this.access.context(adapter.manifest, practice, options), grant);
      const account = { credentials: authorization.credentials };
      const context = this.access.accountContext(adapter.manifest, practice, account, options);
      return { authorization, channels: await adapter.listChannels(context) };
    } catch (error) {
      throw connectFailure(error, adapter);
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
      tx.query(`update connections set failure = $2, updated_at = now() where id = $1 and status = 'authorizing'`, [
        flow.connection_id,
        JSON.stringify(failure),
      ]),
    );
  }

  private async insert(tx: Transaction, input: FlowInput, state: string): Promise<ConnectionView> {
    const { organizationId, workspaceId, platform, practice = false, sessionId } = input;
    const id = uuid();
    await tx.query(
      `insert into connections (id, organization_id, platform, practice, status) values ($1, $2, $3, $4, 'authorizing')`,
      [id, organizationId, platform, practice],
    );
    await tx.query(
      `insert into oauth_flows (state_hash, organization_id, workspace_id, connection_id, session_hash, accept_shared, expires_at)
       values ($1, $2, $3, $4, $5, $6, now() + make_interval(mins => $7))`,
      [
        hashToken(state),
        organizationId,
        workspaceId,
        id,
        sessionId === undefined ? null : hashToken(sessionId),
        input.acceptShared ?? false,
        FLOW_MINUTES,
      ],
    );
    return this.connections.show(tx, id);
  }

  private async grant(adapter: PlatformAdapter, practice: boolean, request: Request): Promise<OAuthGrant> {
    const { strategy, grant } = this.strategy(adapter, practice);
    const outcome = await runStrategy(strategy, request, {}, EXCHANGE_TIMEOUT_MS);
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

  private strategy(adapter: PlatformAdapter, practice: boolean) {
    const { manifest, oauth } = adapter;
    if (!oauth) throw Problem.notFound();
    const app = this.access.app(manifest, practice);
    if (!app) throw missingApp(manifest);
    let granted: OAuthGrant | undefined;
    const strategy = oauth.strategy({
      app,
      callbackUrl: `${this.config.publicUrl}/v1/oauth/${manifest.id}/callback`,
      endpoints: this.access.endpoints(manifest, practice),
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
           returning f.organization_id, f.workspace_id, f.connection_id, f.session_hash, c.practice, f.accept_shared`,
          [hashToken(state), platform],
        ),
      ));
    if (flow) return flow;
    throw new Problem('gone', 'This sign-in was already used or took too long. Begin it again.');
  }
}

function missingApp(manifest: PlatformManifest): Problem {
  const variable = manifest.id.toUpperCase().replaceAll('-', '_');
  return Problem.unprocessable(`This installation has no app at ${manifest.name} yet.`, {
    errors: [
      {
        field: 'platform',
        rule: 'app-missing',
        message: `${manifest.name} asks for an app id and secret.`,
        remedy: `The operator sets ${variable}_APP_ID and ${variable}_APP_SECRET; or connect a practice account with "practice": true.`,
      },
    ],
  });
}
