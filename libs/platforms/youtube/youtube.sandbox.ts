import {
  type PlatformSandbox,
  type RefusalKind,
  type SandboxAnswer,
  type SandboxOperation,
  type SandboxRequest,
  type SandboxRoute,
} from '#platforms/core';
import { asGoogle, type GoogleRefusal, googleSignInRoutes, unauthenticated } from '#platforms/google/sandbox';
import { badRequest, problem } from './sandbox/answers.js';
import { listChannels } from './sandbox/channels.js';
import { deleteComment, insertThread, listThreads } from './sandbox/comments.js';
import {
  actInStudio,
  changeChannel,
  changePlaylist,
  disturbUploads,
  refuseThumbnails,
  setAudit,
  setProcessing,
  setQuota,
  tell,
  writeComment,
} from './sandbox/orders.js';
import { showChannel, showVideo } from './sandbox/pages.js';
import { insertItem, listItems, listPlaylists } from './sandbox/playlists.js';
import { State } from './sandbox/state.js';
import { beginUpload, isProbe, putUpload } from './sandbox/uploads.js';
import { deleteVideo, listVideos, setThumbnail, updateVideo } from './sandbox/videos.js';

/**
 * Practice YouTube: Google's sign-in at `/accounts` and `/oauth2`, version 3 of the Data API at `/api`, uploads at `/upload`, the
 * site at `/www`. Written from https://developers.google.com/youtube/v3/docs; its app is `PRACTICE_APP` of the manifest.
 */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    return [...googleSignInRoutes(state.google), ...pages(state), ...orders(state), ...api(state), ...uploads(state)];
  },
  refusal,
};

type Handle = (state: State, request: SandboxRequest) => SandboxAnswer;

function pages(state: State): SandboxRoute[] {
  const route = (path: string, handle: Handle): SandboxRoute => ({
    method: 'GET',
    path: `/www${path}`,
    operation: 'page',
    handle: (request) => handle(state, request),
  });
  return [
    route('/watch', showVideo),
    route('/shorts/:id', showVideo),
    route('/channel/:id', showChannel),
    route('/:id', showChannel),
  ];
}

/** What only a rehearsal can ask for. */
function orders(state: State): SandboxRoute[] {
  const handlers: Readonly<Record<string, Handle>> = {
    ...{ quota: setQuota, audit: setAudit, channel: changeChannel, uploads: disturbUploads },
    ...{ processing: setProcessing, thumbnails: refuseThumbnails, playlist: changePlaylist },
    ...{ studio: actInStudio, comment: writeComment, tell },
  };
  return Object.entries(handlers).map(([name, handle]) => ({
    method: 'POST',
    path: `/_practice/${name}`,
    operation: 'page',
    handle: (request) => handle(state, request),
  }));
}

function api(state: State): SandboxRoute[] {
  const route = (
    method: SandboxRoute['method'],
    path: string,
    operation: SandboxRoute['operation'],
    handle: Handle,
  ): SandboxRoute => ({
    method,
    path: `/api${path}`,
    operation,
    handle: (request) => asGoogle(() => handle(state, request)),
  });
  return [
    route('GET', '/channels', 'connect', listChannels),
    route('GET', '/videos', videosAreReadFor, listVideos),
    route('PUT', '/videos', videosAreChangedFor, updateVideo),
    route('DELETE', '/videos', 'remove', deleteVideo),
    route('GET', '/playlists', 'read', listPlaylists),
    route('GET', '/playlistItems', 'prepare', listItems),
    route('POST', '/playlistItems', 'prepare', insertItem),
    route('GET', '/commentThreads', 'read', listThreads),
    route('POST', '/commentThreads', 'commit', insertThread),
    route('DELETE', '/comments', 'remove', deleteComment),
    route('GET', '/{*rest}', 'read', () => {
      throw problem(404, 'notFound', 'Not Found', { domain: 'global' });
    }),
  ];
}

/** How far the processing is, or what became of it in the end. */
function videosAreReadFor({ query }: SandboxRequest): SandboxOperation {
  if (query.part === 'snippet') return 'remove';
  return query.part === 'status' ? 'read' : 'prepare';
}

/** Who may see it, or what people read about it. */
function videosAreChangedFor({ query }: SandboxRequest): SandboxOperation {
  return query.part === 'snippet' ? 'remove' : 'commit';
}

function uploads(state: State): SandboxRoute[] {
  const route = (
    method: 'POST' | 'PUT',
    path: string,
    operation: SandboxRoute['operation'],
    handle: Handle,
  ): SandboxRoute => ({
    method,
    path: `/upload${path}`,
    operation,
    handle: (request) => asGoogle(() => handle(state, request)),
  });
  return [
    route('POST', '/videos', 'prepare', beginUpload),
    // The question how much is there changes nothing.
    route('PUT', '/videos', (request) => (isProbe(request) ? 'read' : 'prepare'), putUpload),
    route('POST', '/thumbnails/set', 'prepare', setThumbnail),
  ];
}

/** `bad-request` is a reason that no page names for a change of a video or a new comment. */
function refusal(kind: RefusalKind, retryAfterSeconds?: number): SandboxAnswer {
  return refusalOf(kind, retryAfterSeconds).answer;
}

function refusalOf(kind: RefusalKind, retryAfterSeconds?: number): GoogleRefusal {
  const hint = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  switch (kind) {
    case 'auth':
      return unauthenticated({ options: { listsErrors: true } });
    case 'rate-limit':
      return problem(403, 'rateLimitExceeded', 'Rate Limit Exceeded', { domain: 'usageLimits', ...hint });
    case 'unavailable':
      return problem(503, 'backendError', 'Backend Error', { domain: 'global', ...hint });
    case 'bad-request':
      return badRequest('The request was not understood.');
    case 'content':
      return problem(400, 'invalidVideoMetadata', 'The request metadata is invalid.');
  }
}
