import {
  type PlatformSandbox,
  type RefusalKind,
  type SandboxAnswer,
  type SandboxOperation,
  type SandboxRequest,
  type SandboxRoute,
} from '#platforms/core';
import {
  accessToken,
  accounts,
  addPageForPractice,
  allowForPractice,
  businesses,
  businessPages,
  debugToken,
  deletePermissions,
  errorAnswer,
  type GraphRow,
  graphRoutes,
  LIVE_VERSIONS,
  me,
  permissions,
  revokeForPractice,
  showApps,
  showDialog,
  submitApps,
  submitDialog,
  usageHeaders,
} from '#platforms/meta/sandbox';
import { createComment, listComments } from './sandbox/comments.js';
import { deleteObject, postThumbnail, readObject, searchPages, showObject, updateObject } from './sandbox/objects.js';
import { uploadPhoto } from './sandbox/photos.js';
import { createPost, publishedPosts } from './sandbox/posts.js';
import { State } from './sandbox/state.js';
import { createPhotoStory, listStories } from './sandbox/stories.js';
import { listReels, postUpright, postVideo, receiveVideo, settleVideos } from './sandbox/videos.js';

type Handler = (state: State, request: SandboxRequest) => SandboxAnswer | Promise<SandboxAnswer>;
type Row = [
  method: SandboxRoute['method'],
  path: string,
  operation: SandboxRoute['operation'],
  handle: Handler,
  parameters?: string,
];

const PAGES: readonly Row[] = [
  ['GET', '/www/:version/dialog/oauth', 'page', showDialog],
  ['POST', '/www/:version/dialog/oauth', 'page', submitDialog],
  ['GET', '/www/settings/apps', 'page', showApps],
  ['POST', '/www/settings/apps', 'page', submitApps],
  ['GET', '/www/reel/:id', 'page', showObject],
  ['GET', '/www/stories/:id', 'page', showObject],
  ['GET', '/www/:page/videos/:id', 'page', showObject],
  ['GET', '/www/:id', 'page', showObject],
  ['POST', '/rupload/video-upload/:version/:id', 'prepare', receiveVideo],
  ['POST', '/_practice/revoke', 'page', revokeForPractice],
  ['POST', '/_practice/pages', 'page', addPageForPractice],
  ['POST', '/_practice/usage', 'page', allowForPractice],
];

/** What an upload in phases is: its last phase publishes. */
const phase = ({ form, query }: SandboxRequest): SandboxOperation =>
  (form.upload_phase ?? query.upload_phase)?.toLowerCase() === 'finish' ? 'commit' : 'prepare';

const UPLOAD = 'upload_phase upload_session_id file_size start_offset video_file_chunk title description thumb';
const UPRIGHT = 'upload_phase video_id video_state title description place';
const LIST = 'limit after before since until';

const VIDEOS: readonly Row[] = [['POST', ':id/videos', phase, postVideo, UPLOAD]];

const GRAPH: readonly Row[] = [
  ['GET', 'oauth/access_token', 'connect', accessToken],
  ['POST', 'oauth/access_token', 'connect', accessToken],
  ['GET', 'debug_token', 'connect', debugToken, 'input_token'],
  ['GET', 'me', 'connect', me],
  ['GET', 'pages/search', 'read', searchPages, 'q'],
  ['GET', ':id/accounts', 'connect', accounts, LIST],
  ['GET', ':id/businesses', 'connect', businesses, LIST],
  ['GET', ':id/owned_pages', 'connect', pagesOn('owned_pages'), LIST],
  ['GET', ':id/client_pages', 'connect', pagesOn('client_pages'), LIST],
  ['GET', ':id/permissions', 'connect', permissions, LIST],
  ['DELETE', ':id/permissions', 'connect', deletePermissions],
  ['POST', ':id/photos', 'prepare', uploadPhoto, 'source published alt_text_custom message temporary'],
  ['POST', ':id/feed', 'commit', createPost, 'message link published attached_media place'],
  ...VIDEOS,
  ['POST', ':id/video_reels', phase, (state, request) => postUpright(state, request, 'video_reels'), UPRIGHT],
  ['GET', ':id/video_reels', 'read', listReels, LIST],
  ['POST', ':id/video_stories', phase, (state, request) => postUpright(state, request, 'video_stories'), UPRIGHT],
  ['POST', ':id/photo_stories', 'commit', createPhotoStory, 'photo_id'],
  ['GET', ':id/stories', 'read', listStories, `${LIST} status`],
  ['GET', ':id/published_posts', 'read', publishedPosts, `${LIST} include_hidden`],
  ['POST', ':id/comments', 'commit', createComment, 'message attachment_id attachment_url'],
  ['GET', ':id/comments', 'read', listComments, `${LIST} filter order`],
  ['POST', ':id/thumbnails', 'prepare', postThumbnail, 'source is_preferred'],
  ['GET', ':id', 'read', readObject],
  ['POST', ':id', 'prepare', updateObject, 'message description'],
  ['DELETE', ':id', removal, deleteObject],
];

/** A photo has a plain id, a post that of its Page in front; throwing the former away is part of preparing. */
function removal({ params }: SandboxRequest): SandboxOperation {
  return params.id?.includes('_') ? 'remove' : 'prepare';
}

function pagesOn(edge: 'owned_pages' | 'client_pages'): Handler {
  return (state, request) => businessPages(state, { ...request, params: { ...request.params, edge } });
}

/**
 * Practice Facebook: the Login dialog, "Apps and websites" and permalinks at `/www`, the Graph API at `/graph`, videos also at
 * `/graphVideo`, their bytes at `/rupload`. The app is `PRACTICE_APP` of the manifest.
 */
export const sandbox: PlatformSandbox = {
  routes: (world) => {
    const state = new State(world);
    const settled = (handle: Handler) => (request: SandboxRequest) => {
      settleVideos(state);
      return handle(state, request);
    };
    const page = ([method, path, operation, handle]: Row): SandboxRoute => {
      return { method, path, operation, handle: settled(handle) };
    };
    const row = ([method, path, operation, handle, parameters]: Row): GraphRow => {
      return { method, path, operation, handle: settled(handle), parameters: parameters?.split(' ') ?? [] };
    };
    const mounted = {
      versions: LIVE_VERSIONS,
      usage: (request: SandboxRequest) => usageHeaders(state, request),
    };
    return [
      ...PAGES.map(page),
      ...graphRoutes({ ...mounted, mount: '/graph', rows: GRAPH.map(row) }),
      ...graphRoutes({ ...mounted, mount: '/graphVideo', rows: VIDEOS.map(row) }),
    ];
  },
  refusal,
};

/**
 * `bad-request` is the vague code 1, the one 400 that Facebook sends without saying whether anything happened, since the
 * host also uses it for what was accepted and then denied.
 */
function refusal(kind: RefusalKind, retryAfterSeconds = 0): SandboxAnswer {
  switch (kind) {
    case 'auth':
      return errorAnswer(
        { code: 190, subcode: 463, message: 'Error validating access token: Session has expired.' },
        401,
      );
    case 'rate-limit':
      // The header counts minutes; a rehearsal does not want to wait for a whole one, so parts of one are sent too.
      return errorAnswer(
        { code: 32, message: '(#32) Page request limit reached', transient: true },
        403,
        retryAfterSeconds / 60,
      );
    case 'unavailable':
      return errorAnswer({ code: 2, message: 'Service temporarily unavailable', transient: true }, 503);
    case 'bad-request':
      return errorAnswer({ code: 1, message: 'An unknown error occurred' });
    case 'content':
      return errorAnswer({
        code: 368,
        message: 'The action attempted has been deemed abusive or is otherwise disallowed',
      });
  }
}
