import {
  type PlatformSandbox,
  type RefusalKind,
  type SandboxAnswer,
  type SandboxRequest,
  type SandboxRoute,
  type SandboxWorld,
} from '#platforms/core';
import { applicationEntity, credentialAccountEntity, instanceEntity, instanceV1Entity } from './sandbox/entities.js';
import { MediaRoutes } from './sandbox/media.js';
import { field, ok, PracticeService } from './sandbox/service.js';
import { StatusRoutes } from './sandbox/statuses.js';

/**
 * A practice Mastodon server, as strict as its documentation. The token `practice` is the account of that name,
 * `practice-<name>` another one; every other token is refused. https://docs.joinmastodon.org/client/intro/
 */
export const mastodonSandbox: PlatformSandbox = {
  routes(world: SandboxWorld): SandboxRoute[] {
    const service = new PracticeService(world);
    return [
      ...accountRoutes(service),
      ...mediaRoutes(service),
      ...statusRoutes(service),
      {
        // Ends a token, as its owner can in the server's preferences: {accessToken}.
        method: 'POST',
        path: '/_practice/revoke',
        operation: 'page',
        handle: (request) => {
          service.revoke(field(request, 'accessToken'));
          return { status: 204 };
        },
      },
      { method: 'GET', path: '/@:username/:id', operation: 'page', handle: showInFeed },
    ];
  },

  refusal(kind: RefusalKind, retryAfterSeconds?: number): SandboxAnswer {
    switch (kind) {
      case 'auth':
        return { status: 401, body: { error: 'The access token is invalid' } };
      case 'rate-limit': {
        const reset = retryAfterSeconds === undefined ? undefined : Date.now() + retryAfterSeconds * 1_000;
        const headers = { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0' };
        return {
          status: 429,
          headers: reset === undefined ? {} : { ...headers, 'x-ratelimit-reset': new Date(reset).toISOString() },
          body: { error: 'Too many requests' },
        };
      }
      case 'unavailable':
        return {
          status: 503,
          ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
          body: { error: 'There was a temporary problem serving your request, please try again' },
        };
      case 'bad-request':
        return { status: 400, body: { error: 'param is missing or the value is empty: status' } };
      case 'content':
        return { status: 422, body: { error: 'Validation failed: Text contains a word that is not allowed here' } };
    }
  },
};

function accountRoutes(service: PracticeService): SandboxRoute[] {
  return [
    {
      method: 'GET',
      path: '/api/v2/instance',
      operation: 'connect',
      handle: () => ok(instanceEntity(service)),
    },
    {
      method: 'GET',
      path: '/api/v1/instance',
      operation: 'connect',
      handle: () => ok(instanceV1Entity(service)),
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/verify_credentials',
      operation: 'connect',
      handle: service.authorized((_request, account) => ok(credentialAccountEntity(account, service))),
    },
    {
      method: 'GET',
      path: '/api/v1/apps/verify_credentials',
      operation: 'connect',
      handle: service.authorized(() => ok(applicationEntity())),
    },
  ];
}

function mediaRoutes(service: PracticeService): SandboxRoute[] {
  const media = new MediaRoutes(service);
  return [
    {
      method: 'POST',
      path: '/api/v2/media',
      operation: 'prepare',
      handle: service.authorized((request, account) => media.upload(request, account), 'media'),
    },
    {
      method: 'GET',
      path: '/api/v1/media/:id',
      operation: 'prepare',
      handle: service.authorized((request, account) => media.look(request, account)),
    },
    {
      method: 'DELETE',
      path: '/api/v1/media/:id',
      operation: 'prepare',
      handle: service.authorized((request, account) => media.discard(request, account)),
    },
  ];
}

function statusRoutes(service: PracticeService): SandboxRoute[] {
  const statuses = new StatusRoutes(service);
  return [
    {
      method: 'POST',
      path: '/api/v1/statuses',
      operation: 'commit',
      handle: service.authorized((request, account) => statuses.create(request, account), 'statuses'),
    },
    {
      method: 'GET',
      path: '/api/v1/accounts/:id/statuses',
      operation: 'read',
      handle: service.authorized((request, account) => statuses.list(request, account)),
    },
    {
      method: 'GET',
      path: '/api/v1/statuses/:id',
      operation: 'read',
      handle: service.authorized((request, account) => statuses.read(request, account)),
    },
    {
      method: 'GET',
      path: '/api/v1/statuses/:id/source',
      operation: 'read',
      handle: service.authorized((request, account) => statuses.source(request, account)),
    },
    {
      method: 'DELETE',
      path: '/api/v1/statuses/:id',
      operation: 'remove',
      handle: service.authorized((request, account) => statuses.remove(request, account), 'delete'),
    },
  ];
}

/** A permalink leads to the practice feed's page of the post. */
function showInFeed(request: SandboxRequest): SandboxAnswer {
  const { username = '', id = '' } = request.params;
  const location = `/p/mastodon/${encodeURIComponent(username)}/${encodeURIComponent(id)}`;
  return { status: 302, headers: { location } };
}
