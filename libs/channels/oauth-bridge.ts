import { Inject, Injectable } from '@nestjs/common';
import { type Request } from 'express';
import { v7 as uuid } from 'uuid';
import { CONFIG, type Config, Database, hashToken, Problem, randomToken, row } from '#kernel';
import { type OAuthGrant, type PlatformAdapter, type PlatformManifest } from '#platforms/core';
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
  platform: string;
}

export interface StartedFlow {
  id: string;
  platform: string;
  practice: boolean;
  status: 'authorizing';
  /** Open it in a browser: the platform's consent page. */
  authorizationUrl: string;
  channels: [];
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
  async start(input: {
    organizationId: string;
    workspaceId: string;
    platform: string;
    practice: boolean;
    /** Flows begun in a browser end in the same browser session. */
    sessionId?: string | undefined;
  }): Promise<StartedFlow> {
    const { adapter } = this.connections.platform(input.platform);
    await this.connections.requireWorkspace(input.organizationId, input.workspaceId);
    if (input.practice && !this.config.sandbox.enabled) throw practiceIsOff();
    const state = `${input.organizationId}.${randomToken()}`;
    const { strategy } = this.strategy(adapter, input.practice);
    const outcome = await runStrategy(strategy, { query: {} } as Request, { state });
    if (outcome.type !== 'redirect') throw new Error(`The strategy of ${input.platform} did not ask for consent.`);
    const id = uuid();
    await this.database.tenant(input.organizationId, async (tx) => {
      await tx.query(
        `insert into connections (id, organization_id, platform, practice, status) values ($1, $2, $3, $4, 'authorizing')`,
        [id, input.organizationId, input.platform, input.practice],
      );
      await tx.query(
        `insert into oauth_flows (state_hash, organization_id, workspace_id, connection_id, session_hash, expires_at)
         values ($1, $2, $3, $4, $5, now() + make_interval(mins => $6))`,
        [
          hashToken(state),
          input.organizationId,
          input.workspaceId,
          id,
          input.sessionId === undefined ? null : hashToken(input.sessionId),
          FLOW_MINUTES,
        ],
      );
    });
    const { platform, practice } = input;
    return { id, platform, practice, status: 'authorizing', authorizationUrl: outcome.url, channels: [] };
  }

  /** The way back from the consent page: exchanges the code and stores what came of it. Each state works once. */
  async finish(platform: string, request: Request, sessionId: string | undefined): Promise<ConnectionView> {
    const state = typeof request.query['state'] === 'string' ? request.query['state'] : '';
    const flow = await this.take(state, platform);
    if (flow.session_hash !== null && (sessionId === undefined || hashToken(sessionId) !== flow.session_hash)) {
      throw Problem.forbidden('This sign-in was begun in another browser session. Begin it again here.');
    }
    const { adapter } = this.connections.platform(platform);
    const { oauth } = adapter;
    if (!oauth) throw Problem.notFound();
    const grant = await this.grant(adapter, flow.practice, request);
    const options = { timeoutMs: EXCHANGE_TIMEOUT_MS };
    try {
      const authorization = await oauth.authorize(this.access.context(adapter.manifest, flow.practice, options), grant);
      const account = { credentials: authorization.credentials };
      const context = this.access.accountContext(adapter.manifest, flow.practice, account, options);
      const channels = await adapter.listChannels(context);
      const authorized = {
        organizationId: flow.organization_id,
        workspaceId: flow.workspace_id,
        platform,
        practice: flow.practice,
        authorization,
        channels,
        acceptShared: false,
      };
      return await this.connections.keep(authorized, flow.connection_id);
    } catch (error) {
      throw connectFailure(error, adapter);
    }
  }

  private async grant(adapter: PlatformAdapter, practice: boolean, request: Request): Promise<OAuthGrant> {
    const { strategy, grant } = this.strategy(adapter, practice);
    const outcome = await runStrategy(strategy, request, {});
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
    const organizationId = /^([0-9a-f-]{36})\./.exec(state)?.[1];
    const flow =
      organizationId &&
      (await this.database.tenant(organizationId, (tx) =>
        row<FlowRecord>(
          tx,
          `delete from oauth_flows f using connections c
            where f.state_hash = $1 and f.expires_at > now() and c.id = f.connection_id and c.platform = $2
           returning f.organization_id, f.workspace_id, f.connection_id, f.session_hash, c.practice, c.platform`,
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
