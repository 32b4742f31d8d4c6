import { type IncomingMessage, type ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { type Request } from 'express';
import { Server, type ServerOptions } from '@tus/server';
import { CONFIG, type Config, Database, Problem, type ProblemSlug, withRequestScope } from '#kernel';
import { RECEIVED_FILES, type ReceivedFiles, UploadLeases, Uploads } from '#media';
import { UploadLocker } from './upload-lock.js';

/** The request as the protocol's library sees it. */
type TusRequest = Parameters<NonNullable<ServerOptions['generateUrl']>>[0];

/** Speaks tus (https://tus.io/protocols/resumable-upload) for uploads that the table knows. Who may is decided before. */
@Injectable()
export class UploadProtocol {
  private readonly server: Server;
  /** The upload of each request that is being answered. */
  private readonly ids = new WeakMap<IncomingMessage, { uploadId: string; workspaceId: string }>();

  constructor(
    @Inject(CONFIG) config: Pick<Config, 'mediaMaxBytes'>,
    @Inject(RECEIVED_FILES) private readonly files: ReceivedFiles,
    private readonly uploads: Uploads,
    database: Database,
  ) {
    const uploadIdOf = (storeId: string): string => storeId.slice(storeId.lastIndexOf('/') + 1);
    this.server = new ProblemServer({
      path: '/v1/workspaces',
      datastore: files.store,
      maxSize: config.mediaMaxBytes,
      locker: new UploadLocker(new UploadLeases(database), uploadIdOf),
      namingFunction: (request) => files.idOf(this.about(request).uploadId),
      getFileIdFromRequest: (request) => files.idOf(this.about(request).uploadId),
      // Without host and scheme it is right whatever stands between.
      generateUrl: (request) => {
        const { workspaceId, uploadId } = this.about(request);
        return `/v1/workspaces/${workspaceId}/uploads/${uploadId}`;
      },
      // Other origins have no business here: none is named in any answer.
      allowedOrigins: () => false,
      onUploadFinish: async (request) => {
        await uploads.received(this.about(request).uploadId);
        return {};
      },
      onResponseError: (_request, error) => problemOf(error),
    });
  }

  /** Answers a request about one upload. */
  async answer(request: Request, response: ServerResponse, workspaceId: string, uploadId: string): Promise<void> {
    this.ids.set(request, { workspaceId, uploadId });
    // What the protocol does on the way is no change of anybody's data.
    endPlainly(response);
    await withRequestScope(() => this.server.handle(request, response));
  }

  /** Announces a new upload, and keeps nothing of it where that is refused. */
  async begin(request: Request, response: ServerResponse, workspaceId: string, uploadId: string): Promise<void> {
    await this.answer(request, response, workspaceId, uploadId);
    if (response.statusCode >= 400) await withRequestScope(() => this.uploads.forget(uploadId));
  }

  /** What the protocol says of itself. */
  async describe(request: Request, response: ServerResponse): Promise<void> {
    endPlainly(response);
    await this.server.handle(request, response);
  }

  private about(request: TusRequest): { uploadId: string; workspaceId: string } {
    const message = request.runtime?.node?.req;
    const about = message && this.ids.get(message as IncomingMessage);
    if (!about) throw new Error('The protocol answers no request of ours.');
    return about;
  }
}

/**
 * The protocol's library ends answers with a callback alone, which express-session takes for a text where it has a session to
 * keep: https://github.com/expressjs/session/blob/v1.19.0/index.js `res.end = function end(chunk, encoding)`.
 */
function endPlainly(response: ServerResponse): void {
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  response.end = ((...given: unknown[]) => {
    const last = given.at(-1);
    if (typeof last !== 'function') return end(...given);
    response.once('finish', last as () => void);
    return end(...given.slice(0, -1));
  }) as ServerResponse['end'];
}

/** Says in the API's form what the protocol refuses. */
class ProblemServer extends Server {
  override async write(...[context, headers, status, body]: Parameters<Server['write']>) {
    if (status < 400) return super.write(context, headers, status, body);
    headers.set('Content-Type', 'application/problem+json; charset=utf-8');
    if (status === 503) headers.set('Retry-After', '30');
    const text = body?.startsWith('{') ? body : JSON.stringify(new Problem(slugOf(status), detailOf(status, body)));
    return super.write(context, headers, status, text);
  }
}

/** An error of the protocol's library, or one of ours. */
function problemOf(error: Error | { status_code: number; body: string }) {
  if (error instanceof Problem) return { status_code: error.status, body: JSON.stringify(error) };
  if (!('status_code' in error)) return undefined;
  return { status_code: statusOf(error.status_code, error.body), body: error.body };
}

/** The library answers 500 where somebody else holds the upload; clients try again after 423 (tus, "Locked"). */
function statusOf(status: number, body: string): number {
  return status === 500 && body.includes('lock') ? 503 : status;
}

function slugOf(status: number): ProblemSlug {
  switch (status) {
    case 403:
    case 400:
      return 'malformed-request';
    case 412:
      return 'precondition-failed';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 410:
      return 'gone';
    case 413:
      return 'payload-too-large';
    case 503:
      return 'unavailable';
    default:
      return status >= 500 ? 'internal' : 'unprocessable';
  }
}

function detailOf(status: number, body: string | undefined): string {
  switch (status) {
    case 409:
      return 'The upload goes on at another place than Upload-Offset says. Ask for it with HEAD, and go on there.';
    case 413:
      return 'More bytes come than were announced, or than a file may have.';
    case 503:
      return 'The upload is being written to by another request. Try again in a moment.';
    default:
      return status >= 500 ? 'Ask with HEAD how much has arrived, and go on from there.' : (body ?? '').trim();
  }
}
