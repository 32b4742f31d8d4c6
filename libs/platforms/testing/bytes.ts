import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { type MediaSource } from '#platforms/core';

/** A file that a practice network may fetch. */
interface Served {
  bytes: Uint8Array;
  contentType: string;
}

const served = new Map<string, Served>();
let starting: Promise<string> | undefined;

/** How the bytes of a file are read that is in memory. */
export function readable(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Pick<MediaSource, 'read' | 'open' | 'address'> {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return {
    address: async () => {
      served.set(digest, { bytes, contentType });
      return `${await fileOrigin()}/media/${digest}/file`;
    },
    read: async () => bytes,
    open: async ({ start, end } = { start: 0 }) =>
      Readable.from([bytes.subarray(start, end === undefined ? undefined : end + 1)]),
  };
}

/** Where the files lie that have an address. One server for the whole process, which keeps no process from its end. */
export function fileOrigin(): Promise<string> {
  return (starting ??= start());
}

async function start(): Promise<string> {
  const server = createServer((request, response) => {
    const file = served.get(/^\/media\/([0-9a-f]{64})\/file$/.exec(request.url ?? '')?.[1] ?? '');
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.bytes.length });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  });
  server.unref();
  // Nor do connections that a practice network keeps open.
  server.on('connection', (socket) => socket.unref());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
