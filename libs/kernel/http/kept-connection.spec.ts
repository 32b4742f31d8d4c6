import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { createGuardedFetch } from './guarded-fetch.js';

const BODY = 'one post';
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** Answers each request when it has come as a whole. */
function answering(sockets: Socket[]): Server {
  return createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (text: string) => {
      if (text.endsWith(BODY)) socket.write(ANSWER);
    });
  });
}

describe('a connection that was kept', () => {
  let server: Server;
  let origin: string;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    sockets.length = 0;
    server = answering(sockets).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  });

  const post = async (): Promise<string> => {
    const options = { allow: ['127.0.0.0/8'], exemptOrigins: [], timeoutMs: 5_000, maxResponseBytes: 100 };
    const answer = await createGuardedFetch(options)(`${origin}/post`, { method: 'POST', body: BODY });
    const said = await answer.text();
    // Undici gives a connection back some turns after the answer.
    for (let turns = 0; turns < 5; turns += 1) await turn();
    return said;
  };

  it('is used again', async () => {
    expect([await post(), await post()]).toEqual(['ok', 'ok']);
    expect(sockets).toHaveLength(1);
  });

  // What is sent on such a connection is lost, and whether it arrived is an unknown outcome that has to settle first.
  it('is not, when the server has ended it and this process was too busy to notice', async () => {
    expect(await post()).toBe('ok');
    sockets[0]?.destroy();
    // In the same turn: nothing that has come in on any connection was looked at yet.
    expect(await post()).toBe('ok');
    expect(sockets).toHaveLength(2);
  });
});
