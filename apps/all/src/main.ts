import 'reflect-metadata';
import { type Config, runProgram } from '#kernel';
import { type Running, startAll } from './processes.js';

/** `npm start`: everything in one process, told in sentences. */
await runProgram(async (config, starting) => {
  console.log('\nClickPost\n');
  const running = await startAll(config, starting);
  return { ...running, ready: banner(config, running) };
});

function banner(config: Config, { database }: Running): string {
  const { enabled, url } = config.sandbox;
  const lines = [
    ['Open', config.publicUrl],
    ['API documentation', `${config.publicUrl}/docs`],
    ...(enabled ? [['Practice feed', url]] : []),
    ['Database', database === 'embedded' ? 'embedded PostgreSQL' : 'PostgreSQL at DATABASE_URL'],
    ['Job queue', config.redisUrl ? 'Redis at REDIS_URL' : 'PostgreSQL'],
    ['Networks', enabled ? 'practice networks (nothing leaves this machine) and real ones' : 'real ones'],
    ['Mail', mailWords(config)],
    ['Data', config.dataDir],
    ['Stop', 'Ctrl-C'],
  ];
  const table = lines.map(([name = '', value = '']) => `  ${name.padEnd(18)} ${value}`).join('\n');
  const warning =
    config.production && database === 'embedded'
      ? '\n\n  Warning: the embedded database runs in production. Back up the data folder, or set DATABASE_URL.'
      : '';
  return `\n${table}${warning}\n`;
}

function mailWords({ mail, production, port }: Config): string {
  if (mail) return `sent by ${new URL(mail.smtpUrl).host}`;
  return production ? 'not sent: set SMTP_URL' : `not sent: read it at http://localhost:${port}/outbox`;
}
