import 'reflect-metadata';
import { AlreadyRunningError, ConfigError, EmbeddedPostgresError, loadConfig, type Config } from '#kernel';
import { type Running, startAll } from './processes.js';

/** `npm start`: everything in one process, told in sentences. */
async function main(): Promise<void> {
  console.log('\nClickPost\n');
  const config = loadConfig();
  const running = await startAll(config, (sentence) => console.log(`  ${sentence}`));
  console.log(banner(config, running));
  let ending: Promise<void> | undefined;
  const end = (why: string, code: number) => {
    ending ??= stop(running, why, code);
  };
  process.on('SIGINT', () => end('Stopping: finishing what is in hand …', 0));
  process.on('SIGTERM', () => end('Stopping: finishing what is in hand …', 0));
  void running.broken.then((why) => end(why, 1));
}

async function stop(running: Running, why: string, code: number): Promise<void> {
  console.log(`\n  ${why}`);
  try {
    await running.stop();
    console.log('  Stopped. Nothing is lost; `npm start` goes on from here.\n');
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
  process.exit(code);
}

function banner(config: Config, { url, sandbox, database }: Running): string {
  const lines = [
    ['Open', url],
    ['API documentation', `${url}/docs`],
    ...(sandbox ? [['Practice feed', sandbox.origin]] : []),
    ['Database', database === 'embedded' ? 'embedded PostgreSQL' : 'PostgreSQL at DATABASE_URL'],
    ['Job queue', config.redisUrl ? 'Redis at REDIS_URL' : 'PostgreSQL'],
    ['Networks', sandbox ? 'practice networks (nothing leaves this machine) and real ones' : 'real ones'],
    ['Data', config.dataDir],
    ['Stop', 'Ctrl-C'],
  ];
  const table = lines.map(([name = '', value = '']) => `  ${name.padEnd(18)} ${value}`).join('\n');
  const warning =
    config.production && config.embedded
      ? '\n\n  Warning: the embedded database runs in production. Back up the data folder, or set DATABASE_URL.'
      : '';
  return `\n${table}${warning}\n`;
}

/** What a person is told when the start does not succeed: the cause and the way out, no stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof AlreadyRunningError || error instanceof EmbeddedPostgresError) {
    return error.message;
  }
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port ?? ''} is in use by another program. Set PORT to a free one, for example: PORT=3100 npm start`;
  }
  if (code === 'EACCES' && port !== undefined) {
    return `Port ${port} may not be opened by this user. Set PORT to one above 1023, for example: PORT=3100 npm start`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  console.error(`\n  ClickPost did not start.\n  ${explain(error)}\n`);
  process.exit(1);
});
