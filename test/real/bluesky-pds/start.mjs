// A real PDS with a directory of its own, on 127.0.0.1 alone. Prints `{"url": ...}` when it is up; ends when its input is closed.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, PlcServer } from '@did-plc/server';
import { envToCfg, envToSecrets, PDS } from '@atproto/pds';

const HOST = '127.0.0.1';

async function freePort() {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Both servers listen on every address of the machine by themselves. */
function listenLocally(app) {
  const listen = app.listen.bind(app);
  app.listen = (port) => listen(port, HOST);
}

const directory = mkdtempSync(join(tmpdir(), 'clickpost-pds-'));
const plcPort = await freePort();
const plc = PlcServer.create({ db: Database.mock(), port: plcPort });
listenLocally(plc.app);
await plc.start();

const port = await freePort();
const env = {
  port,
  hostname: 'localhost',
  devMode: true,
  disableSsrfProtection: true,
  dataDirectory: directory,
  blobstoreDiskLocation: join(directory, 'blobs'),
  didPlcUrl: `http://${HOST}:${plcPort}`,
  serviceHandleDomains: ['.test'],
  enableDidDocWithSession: true,
  inviteRequired: false,
  rateLimitsEnabled: true,
  jwtSecret: randomBytes(16).toString('hex'),
  adminPassword: randomBytes(16).toString('hex'),
  plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
};
const pds = await PDS.create(envToCfg(env), envToSecrets(env));
listenLocally(pds.app);
await pds.start();
process.stdout.write(`${JSON.stringify({ url: `http://localhost:${port}` })}\n`);

process.stdin.resume();
await once(process.stdin, 'end');
await pds.destroy();
await plc.destroy();
rmSync(directory, { recursive: true, force: true });
process.exit(0);
