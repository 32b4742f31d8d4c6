import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import express from 'express';
import { type FileStorage } from '#kernel';
import { type MediaAddresses } from '#media';
import { sendFile } from '../../apps/api/src/media-addresses/send-file.js';

/** Where practice networks fetch files from that are given to them by address, for tests without an API. */
export class MediaServer {
  private constructor(private readonly server: Server) {}

  /** It listens at once, so that its address is known to whatever is started after it. */
  static async start(): Promise<MediaServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new MediaServer(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on it answers with the files that are meant by these addresses. */
  serve(addresses: MediaAddresses, storage: FileStorage): void {
    const app = express();
    app.get('/media/:token/:name', async (request, response) => {
      const file = addresses.find(request.params.token, request.params.name);
      if (!file) return void response.status(404).end();
      const { storageKey, contentType, bytes, tag: digest } = file;
      const open = (range?: { start: number; end?: number }) => storage.open(storageKey, range);
      await sendFile(request, response, { contentType, bytes, digest, open }, {});
    });
    this.server.on('request', app);
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
