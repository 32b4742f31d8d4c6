import { isJsonObject, parseJson, type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import {
  asGraph,
  badParameter,
  graphAnswer,
  GraphRefusal,
  LIVE_VERSIONS,
  noSuchObject,
  project,
  receiveBytes,
  ruploadError,
} from '#platforms/meta/sandbox';
import { actor } from './actors.js';
import { pullImage, pullVideo, takeVideo } from './files.js';
import { checkParameters, refusal } from './parameters.js';
import { type Container, newMediaId, type State, type Surface } from './state.js';

const DAY_MS = 86_400_000;
const MAX_CONTAINERS = 400;
/** Short, so that a rehearsal is not boring. */
const WORK_MS: Readonly<Record<Container['kind'], number>> = {
  IMAGE: 0,
  CAROUSEL: 2_000,
  STORIES: 2_000,
  VIDEO: 3_000,
  REELS: 4_000,
};
const GENERAL = new Set(['access_token', 'appsecret_proof', 'fields']);

/** `POST /{account}/media`: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media */
export async function createContainer(state: State, surface: Surface, request: SandboxRequest): Promise<SandboxAnswer> {
  const { account } = actor(state, surface, request, request.params.id ?? '', 'publish');
  const given = Object.fromEntries(
    Object.entries({ ...request.query, ...request.form }).filter(([name]) => !GENERAL.has(name)),
  );
  const { kind, isItem } = checkParameters(given);
  if (given.upload_type !== undefined && surface === 'instagram') {
    throw badParameter('Param upload_type is only available with Facebook Login for Business');
  }
  if (madeToday(state, account.id) >= MAX_CONTAINERS) {
    throw new GraphRefusal({ code: 9, message: '(#9) The limit of 400 containers in 24 hours is reached.' });
  }
  const container: Container = {
    id: newMediaId(),
    accountId: account.id,
    kind,
    isItem,
    parameters: given,
    children: kind === 'CAROUSEL' ? usableChildren(state, account.id, given.children ?? '') : [],
    createdAt: state.now(),
  };
  const filled = await fill(state, container);
  state.containers.set(container.id, filled);
  const uri = `${state.world.baseUrl}/rupload/ig-api-upload/v26.0/${container.id}`;
  return graphAnswer(200, { id: container.id, ...(given.upload_type !== undefined && { uri }) });
}

/** The container with its file, where it is to be fetched. Images are looked at before the answer, videos afterwards. */
async function fill(state: State, container: Container): Promise<Container> {
  const { image_url: image, video_url: video, upload_type: upload, alt_text: altText } = container.parameters;
  if (upload !== undefined) return container;
  const readyAt = state.now() + WORK_MS[container.kind];
  if (image !== undefined) {
    const file = await pullImage(state, image, container.kind);
    return { ...container, readyAt, file: { ...file, ...(altText !== undefined && { altText }) } };
  }
  return { ...container, readyAt, ...(video !== undefined && (await pullVideo(state, video, container))) };
}

function usableChildren(state: State, accountId: string, text: string): string[] {
  const listed = parseJson(text);
  const ids = Array.isArray(listed) ? (listed as unknown[]).map(String) : text.split(',').map((id) => id.trim());
  if (ids.length < 2 || ids.length > 10) {
    const words =
      "Your post won't work as a carousel. Carousels need at least 2 photos/videos and no more than 10 photos/videos.";
    throw refusal(100, 2207028, 'Unable to post', words);
  }
  if (new Set(ids).size !== ids.length) throw badParameter('Param children names a container twice');
  for (const id of ids) {
    const child = state.containers.get(id);
    if (child?.accountId !== accountId || !child.isItem) throw unknownContainer(id);
    requireFinished(state, child);
  }
  return ids;
}

/** What `status_code` says. https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container */
export function statusOf(
  state: State,
  container: Container,
): 'PUBLISHED' | 'EXPIRED' | 'ERROR' | 'FINISHED' | 'IN_PROGRESS' {
  if (container.mediaId !== undefined) return 'PUBLISHED';
  if (state.now() >= container.createdAt + DAY_MS) return 'EXPIRED';
  const { readyAt } = container;
  if (readyAt === undefined || state.now() < readyAt || state.trouble(container.accountId).slow) return 'IN_PROGRESS';
  return container.problem === undefined ? 'FINISHED' : 'ERROR';
}

/** @throws GraphRefusal unless Instagram is done with it */
export function requireFinished(state: State, container: Container): void {
  switch (statusOf(state, container)) {
    case 'FINISHED':
      return;
    case 'EXPIRED':
    case 'PUBLISHED':
      throw unknownContainer(container.id);
    case 'ERROR':
      throw refusal(-1, 2207053, 'unknown upload error', 'unknown upload error');
    case 'IN_PROGRESS': {
      const words = 'The media is not ready for publishing, please wait for a moment';
      throw refusal(9007, 2207027, 'Media ID is not available', words);
    }
  }
}

/** A container that is not there, or not any more: code 24. */
export function unknownContainer(id: string): GraphRefusal {
  const words = `The media builder with creation id = ${id} does not exist or has been expired.`;
  return refusal(24, 2207008, 'The requested resource does not exist', words);
}

function madeToday(state: State, accountId: string): number {
  const since = state.now() - DAY_MS;
  const recent = state.containers
    .entries()
    .filter(([, made]) => made.accountId === accountId && made.createdAt > since);
  return recent.length + (state.trouble(accountId).made ?? 0);
}

/** `GET /{container}`; undefined where it is no container. */
export function readContainer(state: State, surface: Surface, request: SandboxRequest): SandboxAnswer | undefined {
  const container = state.containers.get(request.params.id ?? '');
  if (!container) return undefined;
  actor(state, surface, request, container.accountId, 'basic');
  const code = statusOf(state, container);
  const node: JsonObject = {
    id: container.id,
    status_code: code,
    status: code === 'ERROR' ? (container.problem ?? '') : words(code),
    video_status: videoStatus(state, container),
    copyright_check_status: null,
  };
  return graphAnswer(200, project(node, request.query.fields ?? 'id', 'IGContainer'));
}

function words(code: string): string {
  const name = code.toLowerCase().replace('_', ' ');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function videoStatus(state: State, { id, parameters, readyAt }: Container): JsonObject | null {
  if (parameters.upload_type === undefined) return null;
  const complete = readyAt !== undefined;
  const bytes = complete ? {} : { bytes_transferred: state.world.upload(id).bytes };
  return { uploading_phase: { status: complete ? 'complete' : 'in_progress', ...bytes } };
}

/** `POST https://rupload.facebook.com/ig-api-upload/{version}/{container}` */
export function receiveVideo(state: State, request: SandboxRequest): Promise<SandboxAnswer> {
  return asGraph(() => {
    const { id = '', version = '' } = request.params;
    const container = state.containers.get(id);
    if (!LIVE_VERSIONS.has(version)) throw noSuchObject('post', id);
    if (!/^OAuth /.test(request.headers.authorization ?? '')) {
      return ruploadError('NotAuthorizedError', 'The header Authorization must be "OAuth" and the token.', 401);
    }
    if (!container || !isAllowed(state, request, container.accountId)) {
      return ruploadError(
        'ProcessingFailedError',
        '{"success":false,"error":{"message":"unauthorized user request"}}',
        403,
      );
    }
    if (container.parameters.upload_type === undefined || container.readyAt !== undefined) {
      return ruploadError('ProcessingFailedError', 'The container takes no upload.');
    }
    const upload = state.world.upload(id);
    const { answer, complete } = receiveBytes(upload, request);
    if (complete) {
      const judged = takeVideo(upload, container);
      state.containers.set(id, { ...container, ...judged, readyAt: state.now() + WORK_MS[container.kind] });
    }
    return answer;
  });
}

/** Here no `appsecret_proof` is asked for: the token is the one of the steps before. */
function isAllowed(state: State, request: SandboxRequest, accountId: string): boolean {
  const login = state.logins.facebook;
  const token = login.tokens.get((request.headers.authorization ?? '').replace(/^OAuth /, ''));
  if (!token || token.dead !== undefined) return false;
  const page = login.pagesOf(token.userId).find(({ id }) => id === token.pageId);
  return page !== undefined && state.accountOfPage(page)?.id === accountId;
}

/** The settings of a container that hold JSON, as they were understood. */
export function jsonParameter(container: Container, name: string): unknown {
  const value = container.parameters[name];
  const parsed = value === undefined ? undefined : parseJson(value);
  return Array.isArray(parsed) || isJsonObject(parsed) ? parsed : undefined;
}
