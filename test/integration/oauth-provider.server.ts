import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import type Provider from 'oidc-provider';
import { type Configuration } from 'oidc-provider';

/** What somebody agrees to on the consent page. */
export interface Consent {
  person: string;
  scopes: readonly string[];
}

/** The app that ClickPost is at the provider. */
export const APP = { clientId: 'clickpost', clientSecret: 'a client secret that is long enough' };

const SCOPES = ['openid', 'offline_access', 'publish', 'insights'];

const CLIENT = {
  client_id: APP.clientId,
  client_secret: APP.clientSecret,
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'client_secret_post' as const,
};

const CONFIGURATION: Configuration = {
  cookies: { keys: ['a cookie key for tests alone'] },
  scopes: SCOPES,
  pkce: { required: () => true },
  rotateRefreshToken: true,
  features: { devInteractions: { enabled: false }, revocation: { enabled: true, allowedPolicy: () => true } },
  interactions: { url: (_, { uid }) => `/consent/${uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  ttl: {
    ...{ AccessToken: 3600, RefreshToken: 86_400, AuthorizationCode: 60, IdToken: 3600 },
    ...{ Grant: 86_400, Session: 600, Interaction: 600 },
  },
};

/** The library warns whoever runs it on Node 20, or keeps its data in memory; both are as they should be in a test. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  try {
    return await work();
  } finally {
    warn.mockRestore();
  }
}

/**
 * A certified OAuth 2.0 server with rotating refresh tokens and mandatory PKCE, and behind it the API of a small network: who
 * signed in, and where they may publish.
 */
export class OAuthProvider {
  /** Places of each person, by name. */
  readonly places = new Map<string, string[]>();
  /** What the next person who comes agrees to. */
  consent: Consent = { person: 'nobody', scopes: [] };

  private constructor(
    readonly origin: string,
    private readonly provider: Provider,
    private readonly server: Server,
  ) {}

  /** @param callbackUrl where people are sent back to */
  static async start(callbackUrl: string): Promise<OAuthProvider> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', kid: 'test' }] };
    const provider = await quietly(async () => {
      const { default: ServerOfOAuth } = await import('oidc-provider');
      return new ServerOfOAuth(origin, {
        ...CONFIGURATION,
        jwks,
        clients: [{ ...CLIENT, redirect_uris: [callbackUrl] }],
      });
    });
    const started = new OAuthProvider(origin, provider, server);
    const callback = provider.callback();
    server.on('request', (request, response) => void started.answer(request, response, callback));
    return started;
  }

  /** Opens the consent page as a browser does, agrees, and gives the address that it leads back to. */
  async agree(authorizationUrl: string, consent: Consent): Promise<URL> {
    this.consent = consent;
    const cookies = new Map<string, string>();
    for (let url = new URL(authorizationUrl); ;) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const set of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        cookies.set(name, value);
      }
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`);
      url = new URL(location, url);
      if (url.origin !== this.origin) return url;
    }
    throw new Error('The provider asks for consent again and again.');
  }

  /** Asks for tokens as anybody might who got hold of something: the status and the error. */
  async token(form: Record<string, string>): Promise<{ status: number; error?: string }> {
    const body = new URLSearchParams({ client_id: APP.clientId, client_secret: APP.clientSecret, ...form });
    const answer = await fetch(`${this.origin}/token`, { method: 'POST', body });
    const { error } = (await answer.json()) as { error?: string };
    return { status: answer.status, ...(error !== undefined && { error }) };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    others: (request: IncomingMessage, response: ServerResponse) => unknown,
  ): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.origin);
    if (pathname.startsWith('/consent/')) return this.finishConsent(request, response);
    if (pathname.startsWith('/api/')) return this.api(pathname, request, response);
    others(request, response);
  }

  private async finishConsent(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { person: accountId, scopes } = this.consent;
    const grant = new this.provider.Grant({ accountId, clientId: APP.clientId });
    grant.addOIDCScope(scopes.join(' '));
    // What nobody decided about would be asked again.
    grant.rejectOIDCScope(SCOPES.filter((scope) => !scopes.includes(scope)).join(' '));
    const result = { login: { accountId }, consent: { grantId: await grant.save() } };
    await this.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  private async api(pathname: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const token = await this.provider.AccessToken.find(bearer);
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (!token) send(401, { error: 'invalid_token' });
    else if (pathname === '/api/me') send(200, { id: token.accountId, name: `The ${token.accountId}` });
    else send(200, { places: this.places.get(token.accountId) ?? [] });
  }
}
