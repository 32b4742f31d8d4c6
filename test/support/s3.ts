import { once } from 'node:events';
import { createServer, type IncomingMessage, request as forward, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { startFauxqs } from 'fauxqs';
import { type S3Config } from '#kernel';

/** An S3 store within this process. */
export interface TestS3 {
  config: S3Config;
  /** Keys of multipart uploads that were begun and neither completed nor aborted. */
  unended(): string[];
  stop(): Promise<void>;
}

interface Multipart {
  key: string;
  parts: Map<number, { etag: string; bytes: number }>;
}

const BUCKET = 'clickpost-media';

/** Starts one with an empty bucket. */
export async function startTestS3(): Promise<TestS3> {
  const store = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false, init: { buckets: [BUCKET] } });
  const front = new Front(store.port);
  const port = await front.listen();
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    config: {
      ...{ endpoint, region: 'us-east-1', bucket: BUCKET, forcePathStyle: true, publicEndpoint: endpoint },
      ...{ accessKeyId: 'id', secretAccessKey: 'secret' },
    },
    unended: () => [...front.multiparts.values()].map(({ key }) => key),
    stop: async () => {
      await front.stop();
      await store.stop();
    },
  };
}

/** Stands before fauxqs, which cannot list the parts of an upload (ListParts): it remembers them. */
class Front {
  readonly multiparts = new Map<string, Multipart>();
  private readonly server: Server;

  constructor(private readonly port: number) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error: Error) => response.destroy(error));
    });
  }

  async listen(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, headers, url = '/' } = request;
    const { pathname, searchParams } = new URL(url, 'http://store');
    const uploadId = searchParams.get('uploadId');
    if (method === 'GET' && uploadId !== null) return this.listParts(request, response, uploadId);
    const asked = forward({ host: '127.0.0.1', port: this.port, method, path: url, headers });
    request.pipe(asked);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const ok = answer.statusCode === 200 || answer.statusCode === 204;
    if (ok && method === 'POST' && searchParams.has('uploads')) return this.begun(answer, response, pathname);
    if (ok && uploadId !== null) {
      const number = searchParams.get('partNumber');
      if (number === null) this.multiparts.delete(uploadId);
      else {
        const part = { etag: String(answer.headers.etag), bytes: Number(headers['content-length']) };
        this.multiparts.get(uploadId)?.parts.set(Number(number), part);
      }
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  }

  private async begun(answer: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const body = await text(answer);
    const id = /<UploadId>(.*?)<\/UploadId>/.exec(body)?.[1] ?? '';
    this.multiparts.set(id, { key: pathname.slice(BUCKET.length + 2), parts: new Map() });
    response.writeHead(200, { 'content-type': 'application/xml' }).end(body);
  }

  private async listParts(request: IncomingMessage, response: ServerResponse, uploadId: string): Promise<void> {
    await buffer(request);
    const found = this.multiparts.get(uploadId);
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/xml' });
    if (!found) return void response.end('<Error><Code>NoSuchUpload</Code><Message>There is none.</Message></Error>');
    const parts = [...found.parts].map(
      ([number, { etag, bytes }]) =>
        `<Part><PartNumber>${number}</PartNumber><ETag>${etag.replaceAll('"', '&quot;')}</ETag><Size>${bytes}</Size></Part>`,
    );
    response.end(`<ListPartsResult><IsTruncated>false</IsTruncated>${parts.join('')}</ListPartsResult>`);
  }
}
