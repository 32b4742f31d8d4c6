import {
  endpointOf,
  excerpt,
  isJsonObject,
  type JsonObject,
  type MediaSource,
  PlatformFailure,
  PlatformHttpError,
  type PrepareContext,
  StillProcessing,
  stringField,
} from '#platforms/core';
import { GRAPH_VERSION, resumeUpload } from '#platforms/meta';
import { type Access, isPulled } from './api.js';
import { failureOfStatus } from './classify.js';
import { textOf } from './compare.js';
import { type ContainerPlan } from './containers.js';
import { MEDIA_DOCS } from './limits.js';

const CONTAINER_DOCS =
  'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container';
const PUBLISHING_DOCS = 'https://developers.facebook.com/docs/instagram-platform/content-publishing';

/** Longer is no processing any more. Meta asks to look for five minutes; containers were seen to need more. */
const PATIENCE_MS = 60 * 60_000;
/** A container lives 24 hours and a prepared set 20: one that is older than this when it is still being prepared is made anew. */
const FRESH_MS = 3 * 60 * 60_000;
/** How often a file is tried before a person has to look at it. */
const MAX_TRIES = 12;

/** A container that was made. `uri` is where its video is uploaded to. */
type Made = { id: string; at: string; uri?: string };

/** What became of it. */
type Outcome = { status: 'FINISHED' | 'ERROR' | 'EXPIRED' | 'STUCK'; said: string };

/**
 * A container that Instagram is done with, by its id. One that failed is told of once; a later try makes another.
 * Throws `StillProcessing` while Instagram works on it.
 */
export async function settleContainer(
  ctx: PrepareContext,
  access: Access,
  name: string,
  plan: ContainerPlan,
): Promise<string> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const key = attempt === 1 ? name : `${name}:${attempt}`;
    const made = await ctx.step<Made>(`container:${key}`, () => create(ctx, access, plan));
    if (ctx.now().getTime() - Date.parse(made.at) > FRESH_MS) continue;
    const { uri } = made;
    if (uri !== undefined) {
      await ctx.step(`upload:${key}`, async () => {
        await upload(ctx, access, { ...made, uri }, sourceOf(ctx, plan));
        return true;
      });
    }
    let isNews = false;
    const outcome = await ctx.step<Outcome>(`ready:${key}`, async () => {
      isNews = true;
      return waitFor(ctx, access, made, plan);
    });
    if (outcome.status === 'FINISHED') return made.id;
    if (isNews && outcome.status !== 'EXPIRED') throw new PlatformFailure(failureOf(outcome));
  }
  throw new PlatformFailure(failureOf({ status: 'ERROR', said: '' }));
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media */
async function create(
  ctx: PrepareContext,
  { way, graph, token, accountId }: Access,
  plan: ContainerPlan,
): Promise<Made> {
  const operation = plan.file === undefined ? 'make the carousel' : `hand over file ${plan.file + 1}`;
  const body = new URLSearchParams(plan.parameters);
  const source = plan.file === undefined ? undefined : sourceOf(ctx, plan);
  const uploaded = source !== undefined && !isPulled({ way }, source);
  if (uploaded) body.set('upload_type', 'resumable');
  else if (source) body.set(source.kind === 'video' ? 'video_url' : 'image_url', await source.address());
  const at = ctx.now().toISOString();
  const answer = await graph.call(ctx, { operation, method: 'POST', path: `${accountId}/media`, token, body });
  const id = stringField(answer, 'id', operation);
  if (!uploaded) return { id, at };
  const own = `${endpointOf(ctx, 'rupload')}/ig-api-upload/${GRAPH_VERSION}/${id}`;
  return { id, at, uri: typeof answer.uri === 'string' ? answer.uri : own };
}

/** https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads */
async function upload(
  ctx: PrepareContext,
  access: Access,
  { id, uri }: Required<Made>,
  source: MediaSource,
): Promise<void> {
  try {
    await resumeUpload(ctx, {
      operation: 'upload the video',
      address: uri,
      endpoint: endpointOf(ctx, 'rupload'),
      token: access.token,
      source,
      confirmed: () => confirmedBytes(ctx, access, id),
    });
  } catch (error) {
    throw uploadFailure(error) ?? error;
  }
}

async function confirmedBytes(ctx: PrepareContext, { graph, token }: Access, id: string): Promise<number> {
  const query = { fields: 'id,status,status_code,video_status' };
  const answer = await graph.call(ctx, { operation: 'look at the upload', method: 'GET', path: id, token, query });
  const phase = isJsonObject(answer.video_status) ? answer.video_status.uploading_phase : undefined;
  const bytes = isJsonObject(phase) ? (phase.bytes_transferred ?? phase.bytes_transfered) : undefined;
  return typeof bytes === 'number' ? bytes : 0;
}

/** The host for uploads refuses in a form of its own: `{"debug_info": {"retriable", "type", "message"}}`. */
function uploadFailure(error: unknown): PlatformFailure | undefined {
  if (!(error instanceof PlatformHttpError) || !isJsonObject(error.body)) return undefined;
  const { debug_info: info } = error.body;
  if (!isJsonObject(info)) return undefined;
  const said = {
    platformCode: textOf(info.type),
    platformMessage: excerpt(textOf(info.message)),
    docs: PUBLISHING_DOCS,
  };
  if (info.retriable === true) {
    return new PlatformFailure({
      kind: 'unavailable',
      message: 'The upload of the video to Instagram was interrupted.',
      remedy: 'Nothing to do: it goes on where it was interrupted.',
      ...said,
    });
  }
  return new PlatformFailure({
    kind: 'media',
    message: 'Instagram did not take the upload of the video.',
    remedy: 'Retry; if it is the same again, replace the video.',
    ...said,
  });
}

/** One look. Nobody waits here: a worker's place is worth more than the seconds that Instagram takes. */
async function waitFor(ctx: PrepareContext, access: Access, made: Made, plan: ContainerPlan): Promise<Outcome> {
  const { status_code: status, status: said } = await readContainer(ctx, access, made.id);
  const outcome = { said: textOf(said) };
  switch (status) {
    case 'FINISHED':
    // It cannot be published twice: committing it leads to what became of it.
    case 'PUBLISHED':
      return { ...outcome, status: 'FINISHED' };
    case 'ERROR':
      return { ...outcome, status: 'ERROR' };
    case 'EXPIRED':
      return { ...outcome, status: 'EXPIRED' };
    default: {
      const age = ctx.now().getTime() - Date.parse(made.at);
      if (age > PATIENCE_MS) return { ...outcome, status: 'STUCK' };
      throw new StillProcessing(whatIsDone(ctx, plan), new Date(ctx.now().getTime() + pauseMs(ctx, plan, age)));
    }
  }
}

/** What Instagram says of a container: `status_code`, and `status` in words. */
export async function readContainer(
  ctx: Parameters<Access['graph']['call']>[0],
  { graph, token }: Access,
  id: string,
): Promise<JsonObject> {
  const query = { fields: 'status_code,status' };
  const answer = await graph.call(ctx, { operation: 'look at the container', method: 'GET', path: id, token, query });
  stringField(answer, 'status_code', 'look at the container');
  return answer;
}

function failureOf({ status, said }: Outcome): ReturnType<typeof failureOfStatus> {
  if (status !== 'STUCK') return failureOfStatus(said);
  return {
    kind: 'media',
    message: 'Instagram has not been done with the files of this post for an hour.',
    remedy: 'Retry, which hands them over anew; if it is the same again, use a smaller video.',
    docs: CONTAINER_DOCS,
  };
}

function whatIsDone({ media }: PrepareContext, { file }: ContainerPlan): string {
  if (file === undefined) return 'Instagram puts the carousel together.';
  const kind = media[file]?.kind === 'video' ? 'video' : 'image';
  return media.length === 1 ? `Instagram is processing the ${kind}.` : `Instagram is processing ${kind} ${file + 1}.`;
}

/** Images take a moment. For videos Meta asks to look once a minute, which holds after the first. */
function pauseMs({ media }: PrepareContext, { file }: ContainerPlan, ageMs: number): number {
  if (file === undefined || media[file]?.kind !== 'video') return 2_000;
  return ageMs < 60_000 ? 5_000 : 60_000;
}

function sourceOf({ media }: PrepareContext, { file = 0 }: ContainerPlan): MediaSource {
  const source = media[file];
  if (!source) throw new Error(`The post has no file ${file + 1}.`);
  return source;
}

/** Throws a `PlatformFailure` where Instagram's servers cannot reach an address of this installation. */
export function requirePublic(address: string): void {
  const { protocol, hostname } = new URL(address);
  const local =
    !hostname.includes('.') || /^(127\.|10\.|192\.168\.|169\.254\.|0\.)|\.(local|internal|localhost)$/.test(hostname);
  if (protocol === 'https:' && !local) return;
  throw new PlatformFailure({
    kind: 'media',
    message: 'Instagram fetches files from this ClickPost installation, which has no public https address.',
    remedy:
      'Ask the operator to set PUBLIC_URL to an address that can be reached from everywhere by https, then retry.',
    docs: MEDIA_DOCS,
  });
}
