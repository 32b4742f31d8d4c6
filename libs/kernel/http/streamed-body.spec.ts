import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Outlet } from './agents.js';
import { createGuardedFetch } from './guarded-fetch.js';

it('a body whose length is told goes out as it comes, and is never held as a whole', async () => {
  const pieces = 40;
  const piece = new Uint8Array(64 * 1024).fill(7);
  let arrived = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (arrived += chunk.length));
    request.on('end', () => response.end(String(request.headers['content-length'])));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const outlet = new Outlet(['127.0.0.0/8']);
  const guarded = createGuardedFetch({
    ...{ allow: ['127.0.0.0/8'], exemptOrigins: [], timeoutMs: 5_000, maxResponseBytes: 1_000, outlet },
  });
  let sent = 0;
  // The second half is there only once some of the first has arrived: whoever waits for all of it waits for ever.
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      while (sent === pieces / 2 && arrived < piece.length) await new Promise((resolve) => setImmediate(resolve));
      if (sent === pieces) return controller.close();
      sent += 1;
      controller.enqueue(piece);
    },
  });
  try {
    const length = String(pieces * piece.length);
    const headers = { 'content-length': length };
    const response = await guarded(`http://127.0.0.1:${port}`, { method: 'POST', body, duplex: 'half', headers });
    expect([await response.text(), arrived]).toEqual([length, pieces * piece.length]);
  } finally {
    await outlet.close();
    server.close();
  }
});
