import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Stands between the processes and a server: the address stays the same whatever port the server comes back on, and every
 * connection can be cut in the middle of whatever it carries.
 */
export class Proxy {
  private readonly open = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** Where it listens on 127.0.0.1. */
    readonly port: number,
    /** Where it leads; may change at any time. */
    public target: number,
  ) {}

  static async to(target: number): Promise<Proxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new Proxy(server, (server.address() as { port: number }).port, target);
    server.on('connection', (socket) => proxy.join(socket));
    return proxy;
  }

  /** Resets every connection. Returns how many there were. */
  cut(): number {
    const cut = this.open.size / 2;
    for (const socket of this.open) socket.resetAndDestroy();
    return cut;
  }

  async close(): Promise<void> {
    this.cut();
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  private join(near: Socket): void {
    const far = connect(this.target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.open.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      // Whatever ends one side ends the other; what was broken is seen by the programs on both ends.
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.open.delete(from);
        to.destroy();
      });
    }
  }
}
