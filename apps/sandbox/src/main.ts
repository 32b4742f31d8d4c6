import { join } from 'node:path';
import { createLogger, loadConfig } from '#kernel';
import { loadPlatforms } from '#platforms';
import { startSandbox } from '#sandbox';

/** The practice networks alone. */
async function main(): Promise<void> {
  const config = loadConfig();
  const sandbox = await startSandbox({
    platforms: await loadPlatforms(),
    host: config.host,
    port: config.sandbox.port,
    directory: join(config.dataDir, 'sandbox'),
    controlToken: config.sandbox.token,
    logger: createLogger(config),
  });
  console.log(`ClickPost practice networks at ${sandbox.origin}`);
  const stop = async () => {
    await sandbox.close();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
