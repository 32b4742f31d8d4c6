import { inspect } from 'node:util';
import fc from 'fast-check';
import { ConfigError, describeConfig, loadConfig } from './index.js';

const KEY = 'k'.repeat(32);
const EXTERNAL = { DATABASE_URL: 'postgres://app:pw@db/clickpost', SECRET_KEY: KEY };
const S3 = {
  S3_ENDPOINT: 'https://s3.example.com/',
  S3_REGION: 'eu',
  S3_BUCKET: 'media',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'very-secret',
};

describe('loadConfig', () => {
  it('needs nothing on a bare machine', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      nodeEnv: 'development',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      dataDir: `${process.cwd()}/data`,
      embedded: true,
      trustProxy: false,
      rateLimit: 30_000,
      logLevel: 'warn',
      outboundAllow: [],
      sandbox: { enabled: true, port: 3001, url: 'http://127.0.0.1:3001', external: false },
      publish: {
        timeoutMs: 5000,
        startWithinMs: 2000,
        leaseMs: 60000,
        horizonMs: 10000,
        pollMs: 500,
        concurrency: 50,
      },
    });
    expect(config.sandbox.token).not.toBe(loadConfig({}).sandbox.token);
    expect(config).not.toHaveProperty('databaseUrl');
  });

  it('takes a database of your own, with the owner’s login for migrations', () => {
    expect(loadConfig(EXTERNAL)).toMatchObject({
      embedded: false,
      migrateDatabaseUrl: EXTERNAL.DATABASE_URL,
      sandbox: { enabled: false },
      publish: { timeoutMs: 30000 },
    });
    const owner = 'postgres://owner:pw@db/clickpost';
    expect(loadConfig({ ...EXTERNAL, MIGRATE_DATABASE_URL: owner }).migrateDatabaseUrl).toBe(owner);
  });

  it('limits nobody where RATE_LIMIT is off', () => {
    expect(loadConfig({ RATE_LIMIT: 'off' }).rateLimit).toBeNull();
  });

  it('switches the practice networks off in production unless asked for', () => {
    expect(loadConfig({ NODE_ENV: 'production', SECRET_KEY: KEY }).sandbox.enabled).toBe(false);
    expect(loadConfig({ NODE_ENV: 'production', SECRET_KEY: KEY, SANDBOX: 'on' }).sandbox.enabled).toBe(true);
    expect(loadConfig({ SANDBOX_URL: 'http://elsewhere:3001/' }).sandbox).toMatchObject({
      url: 'http://elsewhere:3001',
      external: true,
    });
  });

  it('reads lists, networks and empty variables', () => {
    const config = loadConfig({
      REDIS_URL: '',
      OUTBOUND_ALLOW: '10.0.0.0/8, ::1,192.168.1.7',
      SECRET_KEY_PREVIOUS: `${KEY}1, ${KEY}2`,
      HOST: '0.0.0.0',
      PORT: '0',
    });
    expect(config).not.toHaveProperty('redisUrl');
    expect(config.outboundAllow).toEqual(['10.0.0.0/8', '::1/128', '192.168.1.7/32']);
    expect(config.previousSecretKeys).toEqual([`${KEY}1`, `${KEY}2`]);
    expect(config.publicUrl).toBe('http://localhost:0');
    expect(config.sandbox.port).toBe(0);
  });

  it.each([
    ['off', false],
    ['2', 2],
    ['loopback', ['loopback']],
    ['10.0.0.0/8,192.168.0.1', ['10.0.0.0/8', '192.168.0.1/32']],
  ])('trusts the proxies of TRUST_PROXY=%s', (text, expected) => {
    expect(loadConfig({ TRUST_PROXY: text }).trustProxy).toEqual(expected);
  });

  it('finds the applications of OAuth platforms by rule', () => {
    const { oauthApps } = loadConfig({
      FACEBOOK_APP_ID: '1',
      FACEBOOK_APP_SECRET: 's',
      GOOGLE_BUSINESS_APP_ID: '2',
      GOOGLE_BUSINESS_APP_SECRET: 't',
      HEROKU_APP_ID: 'set by the host',
    });
    expect(Object.keys(oauthApps)).toEqual(['facebook', 'google-business']);
    expect(oauthApps['facebook']?.clientId).toBe('1');
    expect(oauthApps['facebook']?.clientSecret).toBe('s');
  });

  it.each([
    ['post@example.com', { name: 'ClickPost', address: 'post@example.com' }],
    ['Social team <post@example.com>', { name: 'Social team', address: 'post@example.com' }],
    ['"Team, social" <post@example.com>', { name: 'Team, social', address: 'post@example.com' }],
  ])('reads the sender MAIL_FROM=%s', (text, from) => {
    expect(loadConfig({ SMTP_URL: 'smtp://mail:25', MAIL_FROM: text }).mail).toMatchObject({
      smtpUrl: 'smtp://mail:25',
      from,
    });
    expect(loadConfig({})).not.toHaveProperty('mail');
  });

  it('reads files by which networks see whose address it is', () => {
    expect(loadConfig({}).verificationFiles).toEqual(new Map());
    const given =
      'tiktokAb_C-1.txt=tiktok-developers-site-verification=AbC ; google1a2b.html=google-site-verification: x;';
    expect(loadConfig({ VERIFICATION_FILES: given }).verificationFiles).toEqual(
      new Map([
        ['tiktokAb_C-1.txt', 'tiktok-developers-site-verification=AbC'],
        ['google1a2b.html', 'google-site-verification: x'],
      ]),
    );
  });

  it.each([
    ['no name', '=x', 'names ""'],
    ['a folder', 'a/b.txt=x', 'names "a/b.txt"'],
    ['a way out', '../secret.txt=x', 'names "../secret.txt"'],
    ['an encoded way out', '..%2fsecret.txt=x', 'names "..%2fsecret.txt"'],
    ['a hidden file', '.well-known.txt=x', 'names ".well-known.txt"'],
    ['two endings', 'page.html.txt=x', 'names "page.html.txt"'],
    ['a script', 'app.js=x', 'names "app.js"'],
    ['no ending', 'tiktok=x', 'names "tiktok"'],
    ['the page of the web', 'Index.html=x', 'names "Index.html"'],
    ['a name without end', `${'a'.repeat(81)}.txt=x`, 'letters, digits'],
    ['no content', 'a.txt', 'no usable content for a.txt'],
    ['empty content', 'a.txt=', 'no usable content for a.txt'],
    ['two lines', 'a.txt=x\r\ny', 'no usable content for a.txt'],
    ['other letters', 'a.txt=é', 'no usable content for a.txt'],
    ['a book', `a.txt=${'x'.repeat(1_001)}`, 'up to 1000 characters'],
    ['one twice', 'a.txt=x;a.txt=y', 'names a.txt twice'],
    ['too many', Array.from({ length: 21 }, (_, index) => `a${index}.txt=x`).join(';'), 'holds 21 files'],
  ])('refuses VERIFICATION_FILES with %s', (_what, text, words) => {
    expect(() => loadConfig({ VERIFICATION_FILES: text })).toThrow(words);
    expect(() => loadConfig({ VERIFICATION_FILES: text })).toThrow(
      /^VERIFICATION_FILES .+ Example: VERIFICATION_FILES=/,
    );
  });

  it.each<[string, NodeJS.ProcessEnv, string]>([
    ['PORT', { PORT: '80a' }, 'a whole number from 0 to 65535'],
    ['PORT', { PORT: '70000' }, 'PORT=3000'],
    ['HOST', { HOST: 'http://x' }, 'without port'],
    ['NODE_ENV', { NODE_ENV: 'prod' }, 'production, development, test'],
    ['PUBLIC_URL', { PUBLIC_URL: 'social.example.com' }, 'http:// or https://'],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://x', SECRET_KEY: KEY }, 'postgres://'],
    ['DATABASE_URL', { MIGRATE_DATABASE_URL: 'postgres://x' }, 'MIGRATE_DATABASE_URL is set'],
    ['SECRET_KEY', { DATABASE_URL: 'postgres://x' }, 'is missing'],
    ['SECRET_KEY', { NODE_ENV: 'production' }, 'is missing'],
    ['SECRET_KEY', { SECRET_KEY: 'short' }, 'at least 32'],
    ['SECRET_KEY_PREVIOUS', { SECRET_KEY_PREVIOUS: 'short' }, 'at least 32'],
    ['S3_BUCKET', { ...S3, S3_BUCKET: '' }, 'go together'],
    ['S3_ENDPOINT', { S3_BUCKET: 'media' }, 'go together'],
    ['SMTP_URL', { SMTP_URL: 'mail.example.com' }, 'smtp:// or smtps://'],
    ['SMTP_URL', { SMTP_URL: 'smtp://' }, 'names no mail server'],
    ['SMTP_URL', { MAIL_FROM: 'post@example.com' }, 'MAIL_FROM is set'],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail' }, 'is missing'],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail', MAIL_FROM: 'ClickPost' }, '"ClickPost"'],
    ['OUTBOUND_ALLOW', { OUTBOUND_ALLOW: '10.0.0.0/33' }, '"10.0.0.0/33"'],
    ['OUTBOUND_ALLOW', { OUTBOUND_ALLOW: '10/8' }, 'CIDR'],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }, 'CIDR'],
    ['RATE_LIMIT', { RATE_LIMIT: '1' }, 'from 10'],
    ['SANDBOX', { SANDBOX: 'yes' }, 'on, off'],
    ['SANDBOX_PORT', { PORT: '65535' }, 'none follows'],
    ['SANDBOX_TOKEN', { SANDBOX_TOKEN: 'x' }, 'at least 16'],
    ['LOG_LEVEL', { LOG_LEVEL: 'verbose' }, 'trace'],
    ['FACEBOOK_APP_SECRET', { FACEBOOK_APP_ID: '1' }, 'FACEBOOK_APP_ID is set'],
    ['PUBLISH_LEASE_MS', { PUBLISH_LEASE_MS: '7000' }, '7000'],
    ['PUBLISH_TIMEOUT_MS', { PUBLISH_TIMEOUT_MS: '31000' }, '30000'],
    ['PUBLISH_CONCURRENCY', { PUBLISH_CONCURRENCY: '0' }, 'from 1'],
  ])('refuses a wrong %s with a sentence that names it (%j)', (variable, env, words) => {
    const error = thrownBy(() => loadConfig(env));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ variable });
    expect(error.message).toContain(variable);
    expect(error.message).toContain(words);
    expect(error.message).toContain('Example: ');
  });

  it('never prints a secret', () => {
    const secret = fc.stringMatching(/^[a-z]{40}$/);
    fc.assert(
      fc.property(secret, (text) => {
        const config = loadConfig({
          ...S3,
          DATABASE_URL: `postgres://app:${text}@db/clickpost`,
          MIGRATE_DATABASE_URL: `postgres://owner:${text}@db/clickpost`,
          REDIS_URL: `redis://:${text}@redis`,
          SECRET_KEY: text,
          SECRET_KEY_PREVIOUS: text,
          SANDBOX_TOKEN: text,
          S3_SECRET_ACCESS_KEY: text,
          SMTP_URL: `smtps://user:${text}@mail.example.com`,
          MAIL_FROM: 'post@example.com',
          FACEBOOK_APP_ID: '1',
          FACEBOOK_APP_SECRET: text,
        });
        const printed = [JSON.stringify(config), inspect(config, { depth: 9 }), inspect({ nested: config.s3 })].join();
        expect(printed).not.toContain(text);
        expect(printed).toContain('[redacted]');
        expect(config.secretKey).toBe(text);
      }),
    );
  });

  it('does not repeat a secret in an error', () => {
    const env = { DATABASE_URL: 'mysql://app:hunter2@db', SECRET_KEY: KEY };
    expect(thrownBy(() => loadConfig(env)).message).not.toContain('hunter2');
  });
});

describe('describeConfig', () => {
  it('lists exactly the variables that are read', () => {
    const read = new Set<string>();
    const spy = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
      new Proxy(env, { get: (target, name: string) => (read.add(name), target[name]) });
    loadConfig(spy({ ...EXTERNAL, ...S3 }));
    const described = describeConfig().map(({ name }) => name);
    expect(described.filter((name) => !name.startsWith('<')).sort()).toEqual([...read].sort());
  });
});

function thrownBy(fn: () => unknown): Error {
  try {
    fn();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
