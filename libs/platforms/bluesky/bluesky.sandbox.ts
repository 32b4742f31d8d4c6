import {
  type PlatformSandbox,
  type SandboxAnswer,
  type SandboxOperation,
  type SandboxRequest,
  type SandboxRoute,
  type SandboxWorld,
} from '#platforms/core';
import { invalid, ok, refusal, text, XrpcError } from './sandbox-answers.js';
import { checkInput, checkParams } from './sandbox-records.js';
import { PracticeRepository } from './sandbox-repository.js';
import { type Account, PracticeSessions } from './sandbox-sessions.js';

/**
 * A practice PDS, written from the lexicons (https://github.com/bluesky-social/atproto/tree/main/lexicons). Beside them it has
 * `POST /_practice/expire {identifier, refresh?}`, which ends an account's access tokens early and, with `refresh`, its sessions.
 */
export const blueskySandbox: PlatformSandbox = {
  routes: (world) => new PracticePds(world).routes(),
  refusal,
};

type Handler = (request: SandboxRequest) => Promise<SandboxAnswer> | SandboxAnswer;

class PracticePds {
  private readonly sessions: PracticeSessions;
  private readonly repository: PracticeRepository;

  constructor(private readonly world: SandboxWorld) {
    this.sessions = new PracticeSessions(world);
    this.repository = new PracticeRepository(world);
  }

  routes(): SandboxRoute[] {
    const permalink = '/app/profile/:actor/post/:rkey';
    return [
      ...this.sessionRoutes(),
      ...this.repositoryRoutes(),
      { method: 'POST', path: '/_practice/expire', operation: 'page', handle: (request) => this.expire(request) },
      { method: 'GET', path: permalink, operation: 'page', handle: (request) => this.page(request) },
      xrpc('GET', ':nsid', 'read', unknownMethod),
      xrpc('POST', ':nsid', 'read', unknownMethod),
    ];
  }

  private sessionRoutes(): SandboxRoute[] {
    const { sessions } = this;
    return [
      xrpc('GET', 'com.atproto.server.describeServer', 'connect', () =>
        ok({ did: 'did:web:practice.bsky.test', availableUserDomains: ['.bsky.test'], inviteCodeRequired: false }),
      ),
      procedure('com.atproto.server.createSession', 'connect', async ({ json }) =>
        ok(await sessions.create(text(json, 'identifier'), text(json, 'password'))),
      ),
      xrpc('POST', 'com.atproto.server.refreshSession', 'connect', async (request) =>
        ok(await sessions.refresh(request)),
      ),
      xrpc('GET', 'com.atproto.server.getSession', 'read', async (request) =>
        ok({ ...(await sessions.authorize(request)), active: true }),
      ),
      xrpc('POST', 'com.atproto.server.deleteSession', 'connect', async (request) => {
        await sessions.end(request);
        return { status: 200 };
      }),
      query('com.atproto.identity.resolveHandle', 'prepare', ({ query }) => {
        const account = sessions.find(query['handle'] ?? '');
        if (!account) throw invalid('Unable to resolve handle');
        return ok({ did: account.did });
      }),
    ];
  }

  private repositoryRoutes(): SandboxRoute[] {
    const { repository } = this;
    return [
      xrpc('POST', 'com.atproto.repo.uploadBlob', 'prepare', async (request) => {
        const account = await this.sessions.authorize(request);
        const blob = await repository.blobs.upload(account.did, request.body, request.headers['content-type']);
        return ok({ blob });
      }),
      procedure('com.atproto.repo.putRecord', 'commit', async (request) => {
        const account = await this.sessions.authorize(request);
        return ok(await repository.put(account, request.json), repository.rateHeaders(account));
      }),
      procedure('com.atproto.repo.createRecord', 'commit', async (request) => {
        const account = await this.sessions.authorize(request);
        return ok(await repository.add(account, request.json), repository.rateHeaders(account));
      }),
      procedure('com.atproto.repo.deleteRecord', 'remove', async (request) => {
        const account = await this.sessions.authorize(request);
        repository.delete(account, text(request.json, 'rkey'), request.json['swapRecord']);
        return ok({}, repository.rateHeaders(account));
      }),
      query('com.atproto.repo.getRecord', 'read', ({ query }) =>
        ok(repository.get(this.repo(query).did, query['rkey'] ?? '')),
      ),
      xrpc('GET', 'com.atproto.repo.listRecords', 'read', ({ query }) => {
        const limit = Number(query['limit'] ?? 50);
        if (!(limit >= 1 && limit <= 100)) throw invalid('limit must be an integer from 1 to 100');
        return ok(repository.list(this.repo(query).did, limit, query['cursor']));
      }),
    ];
  }

  private repo(query: Readonly<Record<string, string>>): Account {
    const account = this.sessions.find(query['repo'] ?? '');
    if (!account) throw invalid(`Could not find repo: ${query['repo']}`);
    return account;
  }

  private expire({ json }: SandboxRequest): SandboxAnswer {
    const account = this.sessions.find(text(json, 'identifier'));
    if (!account) return { status: 404, body: { error: 'NotFound', message: 'No such account' } };
    this.sessions.expire(account, json['refresh'] === true);
    return { status: 204 };
  }

  /** What a permalink leads to. */
  private page({ params }: SandboxRequest): SandboxAnswer {
    const account = this.sessions.find(params['actor'] ?? '');
    const post = this.world.visible(account?.did).find(({ id }) => id.endsWith(`/${params['rkey']}`));
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    if (!account || !post) return { status: 404, headers, body: page('Post not found', 'It may have been deleted.') };
    return { status: 200, headers, body: page(`@${account.handle}`, post.text) };
  }
}

function query(nsid: string, operation: SandboxOperation, handle: Handler): SandboxRoute {
  return xrpc('GET', nsid, operation, async (request) => {
    await checkParams(nsid, { ...request.query });
    return handle(request);
  });
}

function procedure(nsid: string, operation: SandboxOperation, handle: Handler): SandboxRoute {
  return xrpc('POST', nsid, operation, async (request) => {
    await checkInput(nsid, request.json);
    return handle(request);
  });
}

function xrpc(method: 'GET' | 'POST', nsid: string, operation: SandboxOperation, handle: Handler): SandboxRoute {
  const answer = async (request: SandboxRequest) => {
    try {
      return await handle(request);
    } catch (error) {
      if (error instanceof XrpcError) return error.answer();
      throw error;
    }
  };
  return { method, path: `/xrpc/${nsid}`, operation, handle: answer };
}

function unknownMethod(): never {
  throw new XrpcError(501, 'MethodNotImplemented', 'Method Not Implemented');
}

function page(title: string, text: string): string {
  const escape = (raw: string) => raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<!doctype html><meta charset="utf-8"><title>${escape(title)}</title><h1>${escape(title)}</h1><p>${escape(text)}</p>`;
}
