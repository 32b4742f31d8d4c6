import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type Config, loadConfig } from '../config/index.js';

/**
 * The configuration with real ports in place of 0, "any free one": addresses that people and platforms are sent back to
 * are made of them, so they must be known before anything listens.
 * @throws ConfigError as `loadConfig`
 */
export async function loadConfigWithPorts(env: NodeJS.ProcessEnv = process.env): Promise<Config> {
  const config = loadConfig(env);
  const { port, host, sandbox } = config;
  const anyPractice = sandbox.enabled && !sandbox.external && sandbox.port === 0;
  if (port !== 0 && !anyPractice) return config;
  return loadConfig({
    ...env,
    ...(port === 0 && { PORT: String(await freePort(host)) }),
    ...(anyPractice && { SANDBOX_PORT: String(await freePort(host)) }),
  });
}

async function freePort(host: string): Promise<number> {
  const probe = createServer().listen({ host, port: 0, exclusive: true });
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
