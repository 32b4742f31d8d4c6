import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { createLogger, type Logger, NestLogger, requestLog } from './index.js';

function capture(
  format: 'json' | 'text',
  logLevel: 'trace' | 'warn' = 'trace',
): { logger: Logger; text: () => string } {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ logLevel, production: format === 'json' }, destination, format);
  return { logger, text: () => lines.join('') };
}

const parsed = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

describe('createLogger', () => {
  it('writes one JSON object a line, with a level in words', () => {
    const { logger, text } = capture('json');
    logger.info({ publicationId: 'p1' }, 'published');
    expect(parsed(text())).toMatchObject([
      { level: 'info', msg: 'published', publicationId: 'p1', time: expect.stringMatching(/Z$/) },
    ]);
  });

  it('leaves out what is less important than the level', () => {
    const { logger, text } = capture('json', 'warn');
    logger.info('chatter');
    expect(text()).toBe('');
  });

  it('writes short lines for people', () => {
    const { logger, text } = capture('text');
    logger.warn({ context: 'Dispatcher', waitedMs: 812, note: 'two words' }, 'database is slow');
    expect(text()).toMatch(/^\d\d:\d\d:\d\d WARN  \[Dispatcher\] database is slow {2}waitedMs=812 note="two words"\n$/);
  });

  it('shows an error’s story to people', () => {
    const { logger, text } = capture('text');
    logger.error(new Error('disk full'));
    expect(text()).toMatch(/ERROR disk full\n {4}Error: disk full\n {4} +at /);
  });

  it.each(['json', 'text'] as const)('never writes secrets (%s)', (format) => {
    const { logger, text } = capture(format);
    const secret = 'hunter2-secret';
    logger.info({ password: secret, credentials: { any: secret }, user: { accessToken: secret } }, 'a');
    logger.info({ req: { headers: { authorization: secret, cookie: secret, 'set-cookie': secret } } }, 'b');
    const error = Object.assign(new Error('refused'), { body: secret, headers: { x: secret }, code: 'E_X' });
    logger.error({ err: new Error('failed', { cause: error }) }, 'c');
    logger.error(Object.assign(new Error('query failed'), { parameters: [secret] }));
    expect(text()).not.toContain(secret);
    expect(text()).toContain('[redacted]');
    expect(text()).toContain('refused');
  });

  it('keeps the causes of an error', () => {
    const { logger, text } = capture('json');
    logger.error({ err: new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'ECONNRESET' }) }) });
    expect(parsed(text())).toMatchObject([
      { err: { message: 'outer', cause: { message: 'inner', code: 'ECONNRESET' } } },
    ]);
  });
});

describe('NestLogger', () => {
  it('keeps context, stack and level of Nest’s messages', () => {
    const { logger, text } = capture('json');
    const nest = new NestLogger(logger);
    nest.log('started', 'NestApplication');
    nest.error('broken', 'Error: broken\n    at x', 'Handler');
    nest.warn(new Error('odd'), 'Loader');
    nest.verbose({ routes: 2 });
    expect(parsed(text())).toMatchObject([
      { level: 'info', msg: 'started', context: 'NestApplication' },
      { level: 'error', msg: 'broken', context: 'Handler', stack: 'Error: broken\n    at x' },
      { level: 'warn', msg: 'odd', context: 'Loader', err: { message: 'odd' } },
      { level: 'trace', msg: '{"routes":2}' },
    ]);
  });
});

describe('requestLog', () => {
  let server: Server;
  let origin: string;
  let log: () => string;

  beforeEach(async () => {
    const { logger, text } = capture('json');
    log = text;
    const middleware = requestLog(logger);
    server = createServer((request, response) => {
      middleware(request, response);
      response.statusCode = request.url === '/broken' ? 500 : 200;
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('logs a request without the secrets of its path and headers', async () => {
    const headers = { authorization: 'Bearer hunter2', cookie: 'session=hunter2' };
    const response = await fetch(`${origin}/v1/review/eyJhbGciOiJIUzI1NiJ9.hunter2?key=hunter2`, { headers });
    expect(log()).not.toContain('hunter2');
    expect(parsed(log())).toMatchObject([
      {
        level: 'info',
        req: { method: 'GET', path: '/v1/review/[redacted]?key=[redacted]' },
        res: { status: 200 },
        requestId: response.headers.get('x-request-id'),
        durationMs: expect.any(Number),
      },
    ]);
  });

  it('keeps a decent id of the caller and replaces any other', async () => {
    const id = async (given: string): Promise<string | null> =>
      (await fetch(origin, { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await id('trace-0123456789')).toBe('trace-0123456789');
    expect(await id('x" onload="')).toMatch(/^[\da-f-]{36}$/);
  });

  it('says loudly when we failed, and nothing of health checks', async () => {
    await fetch(`${origin}/health/live`);
    await fetch(`${origin}/broken`);
    expect(parsed(log())).toMatchObject([{ level: 'error', req: { path: '/broken' } }]);
  });
});
