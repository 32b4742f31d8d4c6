import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request that was made, with what it was answered. */
export interface Exchange {
  method: string;
  /** Path and query below the practice network's origin. */
  path: string;
  /** Lower case names, as of the answer. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  answer: { status: number; headers: Readonly<Record<string, string>>; body: Buffer };
}

/** Headers that belong to one connection alone: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const OF_A_CONNECTION = new Set(['connection', 'keep-alive', 'host', 'transfer-encoding', 'content-length', 'expect']);

/**
 * Stands between an adapter and its practice network, and hears every word: also of what passport asks with a client of its
 * own. Addresses in answers lead here again.
 */
export class Ear {
  /** Where the practice networks are to be found by this way. */
  readonly origin: string;

  private constructor(
    private readonly server: Server,
    /** Where they really are. */
    private readonly sandboxOrigin: string,
    private readonly exchanges: Exchange[],
  ) {
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** @param exchanges where everything is written down, in the order of the answers */
  static async open(sandboxOrigin: string, exchanges: Exchange[]): Promise<Ear> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const ear = new Ear(server, sandboxOrigin, exchanges);
    server.on('request', (request, response) => {
      ear.pass(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    return ear;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request;
    const headers = ofMessage(request.headers);
    const body = await buffer(request);
    const answer = await fetch(`${this.sandboxOrigin}${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const own: Record<string, string> = ofMessage(Object.fromEntries(answer.headers));
    if (own['location'] !== undefined) own['location'] = this.leadHere(own['location']);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isText = /json|text|html/.test(own['content-type'] ?? '');
    const told = isText ? Buffer.from(this.leadHere(bytes.toString('utf8'))) : bytes;
    this.exchanges.push({ method, path, headers, body, answer: { status: answer.status, headers: own, body: told } });
    response.writeHead(answer.status, own);
    response.end(told);
  }

  private leadHere(text: string): string {
    return text.replaceAll(this.sandboxOrigin, this.origin);
  }
}

function ofMessage(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      OF_A_CONNECTION.has(name) || value === undefined ? [] : [[name, String(value)] as const],
    ),
  );
}
