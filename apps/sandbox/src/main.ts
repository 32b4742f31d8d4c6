import { join } from 'node:path';
import { createLogger, runProgram } from '#kernel';
import { loadPlatforms } from '#platforms';
import { startSandbox } from '#sandbox';

/** The practice networks alone. */
await runProgram(async (config) => {
  const sandbox = await startSandbox({
    platforms: await loadPlatforms(),
    host: config.host,
    port: config.sandbox.port,
    directory: join(config.dataDir, 'sandbox'),
    controlToken: config.sandbox.token,
    reach: new Set([new URL(config.publicUrl).origin]),
    logger: createLogger(config),
  });
  return { ready: `ClickPost practice networks at ${sandbox.origin}`, stop: () => sandbox.close() };
});
