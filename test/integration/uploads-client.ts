import { Upload } from 'tus-js-client';
import { type UploadView } from '#media';
import { type TestAccount } from '../support/api.js';

/** Bytes of one request: a few requests for each file. */
const pieceOf = (content: Buffer): number => Math.max(256 * 1024, Math.ceil(content.length / 8));

/** Announces and sends a file as a program does, and answers its address. Rejects with what the server refuses. */
export function send(
  api: string,
  account: TestAccount,
  content: Buffer,
  metadata: Record<string, string>,
  workspaceId = account.workspaceId,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload: Upload = new Upload(content, {
      ...optionsOf(api, account, workspaceId, metadata, content),
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ''),
    });
    upload.start();
  });
}

/** The same, ended after some bytes as when a connection breaks. */
export function sendUntilCut(
  api: string,
  account: TestAccount,
  content: Buffer,
  metadata: Record<string, string>,
  atLeast: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload: Upload = new Upload(content, {
      ...optionsOf(api, account, account.workspaceId, metadata, content),
      onError: reject,
      onChunkComplete: (_size, accepted) => {
        if (accepted >= atLeast) upload.abort().then(() => resolve(upload.url ?? ''), reject);
      },
      onSuccess: () => reject(new Error('All of it was sent before the cut.')),
    });
    upload.start();
  });
}

/** Goes on with what was begun, at another server if need be. @returns how many bytes were sent now */
export function resume(address: string, account: TestAccount, content: Buffer): Promise<number> {
  let first: number | undefined;
  return new Promise((resolve, reject) => {
    const upload = new Upload(content, {
      uploadUrl: address,
      retryDelays: null,
      chunkSize: pieceOf(content),
      headers: { Authorization: `Bearer ${account.apiKey}` },
      onChunkComplete: (size, accepted) => (first ??= accepted - size),
      onError: reject,
      onSuccess: () => resolve(content.length - (first ?? content.length)),
    });
    upload.start();
  });
}

/** What became of an upload, as soon as that is known. */
export async function outcomeOf(api: string, account: TestAccount, address: string): Promise<UploadView> {
  for (;;) {
    const response = await fetch(`${api}/v1/uploads/${address.split('/').at(-1)}`, {
      headers: { Authorization: `Bearer ${account.apiKey}` },
    });
    const view = (await response.json()) as UploadView;
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(view)}`);
    if (view.state === 'done' || view.state === 'refused') return view;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function optionsOf(
  api: string,
  account: TestAccount,
  workspaceId: string,
  metadata: Record<string, string>,
  content: Buffer,
) {
  return {
    endpoint: `${api}/v1/workspaces/${workspaceId}/uploads`,
    retryDelays: null,
    chunkSize: pieceOf(content),
    headers: { Authorization: `Bearer ${account.apiKey}` },
    metadata,
  };
}
