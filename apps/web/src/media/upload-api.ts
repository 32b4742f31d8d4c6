import { ApiError, isProblem, OfflineError, type Problem } from '../api/problem.js';
import { type Media } from '../api/queries.js';

/** What became of an upload after its last byte, as the API tells it. */
export interface UploadOutcome {
  id: string;
  state: 'receiving' | 'checking' | 'done' | 'refused';
  received: number;
  media?: Media;
  problem?: Problem;
}

/** Where new uploads of a workspace are announced (tus). */
export function uploadsAddress(workspaceId: string): string {
  return `${window.location.origin}/v1/workspaces/${workspaceId}/uploads`;
}

/**
 * How an upload stands.
 * @param url its address in the protocol, whose last part is its id
 * @throws ApiError | OfflineError
 */
export async function uploadOutcome(url: string): Promise<UploadOutcome> {
  const id = new URL(url, window.location.origin).pathname.split('/').at(-1) ?? '';
  let response: Response;
  try {
    response = await fetch(`/v1/uploads/${id}`, { headers: { Accept: 'application/json' } });
  } catch (cause) {
    throw new OfflineError('ClickPost cannot be reached.', { cause });
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as UploadOutcome;
  if (isProblem(body)) throw new ApiError(body);
  throw new OfflineError(`The server answered ${response.status} and nothing that can be read.`);
}

/**
 * The most bytes that one file may have, as the protocol says it; undefined where that is not known.
 * https://tus.io/protocols/resumable-upload#tus-max-size
 */
export async function largestUpload(workspaceId: string): Promise<number | undefined> {
  const response = await fetch(uploadsAddress(workspaceId), {
    method: 'OPTIONS',
    headers: { 'Tus-Resumable': '1.0.0' },
  }).catch(() => undefined);
  const most = Number(response?.headers.get('Tus-Max-Size') ?? Number.NaN);
  return Number.isFinite(most) && most > 0 ? most : undefined;
}

/** Ends an upload that nobody goes on with; that it is gone already is as good. */
export async function endUpload(url: string): Promise<void> {
  const response = await fetch(url, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } });
  if (!response.ok && response.status !== 404 && response.status !== 410) {
    throw new OfflineError(`The server answered ${response.status} without saying why.`);
  }
}
