import { ApiError, isProblem, OfflineError } from '../api/problem.js';
import { type Media } from '../api/queries.js';

interface UploadOptions {
  workspaceId: string;
  file: File;
  /** Sent again under the same key, the file is kept once. */
  key: string;
  /** How much has been sent, 0 to 1. */
  onProgress: (part: number) => void;
  signal: AbortSignal;
}

/**
 * Uploads an image. `fetch` tells nothing of its progress, so this is an XMLHttpRequest.
 * @throws ApiError | OfflineError, or the signal's reason when it was cancelled
 */
export function uploadImage({ workspaceId, file, key, onProgress, signal }: UploadOptions): Promise<Media> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/v1/workspaces/${workspaceId}/media`);
    request.setRequestHeader('Idempotency-Key', key);
    request.responseType = 'text';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status === 201) resolve(body as Media);
      else if (isProblem(body)) reject(new ApiError(body));
      else reject(new OfflineError(`The server answered ${request.status} without saying why.`));
    };
    request.onerror = () => reject(new OfflineError('ClickPost cannot be reached.'));
    request.onabort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    const form = new FormData();
    form.set('file', file);
    request.send(form);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
