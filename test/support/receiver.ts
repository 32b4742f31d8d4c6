import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A message as a receiver got it. */
export interface Received {
  /** The header `webhook-id`. */
  id: string;
  type: string;
  data: Record<string, unknown>;
  headers: Record<string, string>;
  body: string;
}

/** How a receiver answers the number-th message; 1 is the first. */
type Answering = (response: ServerResponse, number: number) => void;

const accept: Answering = (response) => response.writeHead(204).end();

/** A program that is told things: an HTTP server of its own, with a place for each webhook. */
export class Receiver {
  private readonly received = new Map<string, Received[]>();
  private readonly answering = new Map<string, Answering>();

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => void receiver.take(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return receiver;
  }

  /** What came to a place, in the order in which it came. */
  at(place: string): Received[] {
    return this.received.get(place) ?? [];
  }

  /** From now on a place answers like this. */
  answer(place: string, answering: Answering = accept): void {
    this.answering.set(place, answering);
  }

  /** Whether a message is from whoever has the secret: as the receivers of others find out. */
  static isFrom(secret: string, { body, headers }: Pick<Received, 'body' | 'headers'>): boolean {
    try {
      new Webhook(secret).verify(body, headers);
      return true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
    const place = (request.url ?? '').slice(1);
    const headers = request.headers as Record<string, string>;
    const { type, data } = JSON.parse(body) as Pick<Received, 'type' | 'data'>;
    const list = this.at(place);
    list.push({ id: headers['webhook-id'] ?? '', type, data, headers, body });
    this.received.set(place, list);
    (this.answering.get(place) ?? accept)(response, list.length);
  }
}
