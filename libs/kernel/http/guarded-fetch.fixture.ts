import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createGuardedFetch, type GuardedFetchOptions, Outlet, type Resolve } from './index.js';

/** What has to be allowed to reach a server of `serve`. */
export const LOOPBACK = ['127.0.0.1/32'];

const servers: Server[] = [];
const outlets: Outlet[] = [];

/** A server on this machine, and what it was asked. */
export async function serve(
  listener: RequestListener,
): Promise<{ origin: string; port: number; hits: IncomingMessage[] }> {
  const hits: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    hits.push(request);
    listener(request, response);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, hits };
}

/** From now on nobody listens at any of the servers. */
export function stopListening(): void {
  servers.splice(0).forEach((server) => server.close());
}

/** The guarded fetch that allows nothing and is patient, where nothing else is said. */
export function guarded(options: Partial<GuardedFetchOptions> = {}, resolve?: Resolve): typeof fetch {
  const outlet = new Outlet(options.allow ?? [], resolve);
  outlets.push(outlet);
  return createGuardedFetch({
    allow: [],
    exemptOrigins: [],
    timeoutMs: 5000,
    maxResponseBytes: 1000,
    outlet,
    ...options,
  });
}

/** Ends all servers and connections of a test. */
export async function closeAll(): Promise<void> {
  await Promise.all(outlets.splice(0).map((outlet) => outlet.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}
