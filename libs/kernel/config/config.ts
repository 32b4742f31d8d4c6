import { randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Environment } from './environment.js';
import { type MailConfig, readMail } from './mail.js';
import { type OAuthClient, readOAuthApps } from './oauth-apps.js';
import { redactSecrets } from './redact-secrets.js';
import { readVerificationFiles } from './verification-files.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Fewer characters cannot hold enough randomness, whatever the alphabet. */
export const MIN_SECRET_KEY_LENGTH = 32;

export interface S3Config {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
  /** Where the store is reached from outside; absent where it is not. */
  publicEndpoint?: string;
}

export interface SandboxConfig {
  enabled: boolean;
  port: number;
  /** Address of the practice networks, without trailing slash; they may run in another process (`external`). */
  url: string;
  external: boolean;
  /** What its fault controls ask for. */
  token: string;
}

/** Times of the delivery engine, in milliseconds. */
export interface PublishConfig {
  /** T: the request that publishes is cut off after this long. */
  timeoutMs: number;
  /** S: it must have started within this long of asking for the fence. */
  startWithinMs: number;
  leaseMs: number;
  /** How far ahead of the due time invitations go out. */
  horizonMs: number;
  pollMs: number;
  /** Publications that one worker sends at the same time. */
  concurrency: number;
}

/** Everything that can be set from outside, read and checked. Printing it shows no secret. */
export interface Config {
  nodeEnv: 'production' | 'development' | 'test';
  production: boolean;
  host: string;
  /** 0 = any free port. */
  port: number;
  /** Without trailing slash. */
  publicUrl: string;
  /** As Express takes it for `trust proxy`. */
  trustProxy: false | number | string[];
  /** Requests a minute for each who asks; null = no limit. */
  rateLimit: number | null;
  /** Absolute. */
  dataDir: string;
  /** True when there is no `DATABASE_URL`. */
  embedded: boolean;
  databaseUrl?: string;
  /** The owner's login. Set whenever `databaseUrl` is. */
  migrateDatabaseUrl?: string;
  redisUrl?: string;
  s3?: S3Config;
  /** As given; `resolveSecretKey` makes one where it may be absent. */
  secretKey?: string;
  previousSecretKeys: readonly string[];
  /** Absent where mail is not sent. */
  mail?: MailConfig;
  ffmpegPath?: string;
  ffprobePath?: string;
  /** The largest file that is taken in. */
  mediaMaxBytes: number;
  /** CIDR blocks. */
  outboundAllow: readonly string[];
  sandbox: SandboxConfig;
  /** Tries of one client address within ten minutes. */
  signInTriesPerAddress: number;
  logLevel: LogLevel;
  /** What each workspace may keep unless its organization says otherwise. */
  mediaQuotaBytes: number;
  /** E-mail addresses of those who run the installation, lower case. Absent where nothing is said. */
  operators?: readonly string[];
  /** Small files that networks ask for, to see whose address it is: what each says, by its name. */
  verificationFiles: ReadonlyMap<string, string>;
  /** By the name of the app, which is the platform's id where its manifest names none. */
  oauthApps: Readonly<Record<string, OAuthClient>>;
  publish: PublishConfig;
  /** Renditions that one worker makes at the same time. */
  mediaConcurrency: number;
}

/** A transcode keeps about so many busy, and publishing must not wait for it. */
const CORES_PER_RENDITION = 4;

/**
 * Reads every environment variable of `describeConfig()`.
 * @throws ConfigError a sentence that names the variable, what is wrong and an example
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const from = new Environment(env);
  const nodeEnv = from.choice('NODE_ENV', ['production', 'development', 'test']) ?? 'development';
  const production = nodeEnv === 'production';
  const database = readDatabase(from);
  const embedded = database.databaseUrl === undefined;
  const server = readServer(from);
  const redisUrl = from.url('REDIS_URL', ['redis', 'rediss']);
  const s3 = readS3(from);
  const mail = readMail(from);
  const ffmpegPath = from.text('FFMPEG_PATH');
  const ffprobePath = from.text('FFPROBE_PATH');
  const config: Config = {
    nodeEnv,
    production,
    ...server,
    trustProxy: readTrustProxy(from),
    rateLimit: from.text('RATE_LIMIT') === 'off' ? null : (from.integer('RATE_LIMIT', 10, 1_000_000) ?? null),
    dataDir: resolve(from.required('DATA_DIR', 'files need a folder')),
    embedded,
    ...database,
    ...(redisUrl && { redisUrl }),
    ...(s3 && { s3 }),
    ...readSecretKeys(from, production || !embedded),
    ...(mail && { mail }),
    ...(ffmpegPath && { ffmpegPath }),
    ...(ffprobePath && { ffprobePath }),
    mediaMaxBytes: from.integer('MEDIA_MAX_BYTES', 1_000_000, 5_000_000_000) ?? 0,
    outboundAllow: from.networks('OUTBOUND_ALLOW'),
    sandbox: readSandbox(from, server, embedded && !production),
    signInTriesPerAddress: from.integer('SIGN_IN_TRIES_PER_ADDRESS', 1, 1_000_000) ?? 1,
    logLevel: from.choice('LOG_LEVEL', LOG_LEVELS) ?? (production ? 'info' : 'warn'),
    mediaQuotaBytes: (from.integer('MEDIA_QUOTA_GB', 1, 1_000_000) ?? 0) * 1_000_000_000,
    ...readOperators(from),
    verificationFiles: readVerificationFiles(from),
    oauthApps: readOAuthApps(env),
    publish: readPublish(from, embedded),
    mediaConcurrency:
      from.integer('MEDIA_CONCURRENCY', 1, 64) ?? Math.max(1, Math.floor(availableParallelism() / CORES_PER_RENDITION)),
  };
  return redactSecrets(config, ['databaseUrl', 'migrateDatabaseUrl', 'redisUrl', 'secretKey', 'previousSecretKeys']);
}

type Server = Pick<Config, 'host' | 'port' | 'publicUrl'>;

function readServer(from: Environment): Server {
  const host = from.required('HOST', 'the server must listen somewhere');
  if (!/^[A-Za-z0-9.:-]+$/.test(host) || (host.includes(':') && !isIPv6(host))) {
    throw from.wrong('HOST', `is "${host}", but must be an address or host name without port`);
  }
  const port = from.integer('PORT', 0, 65_535) ?? 0;
  return { host, port, publicUrl: from.webUrl('PUBLIC_URL') ?? localUrl(host, port) };
}

/** The address at which a browser on the same machine reaches a listener. */
function localUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

const PROXY_NETWORKS = new Set(['loopback', 'linklocal', 'uniquelocal']);

function readTrustProxy(from: Environment): Config['trustProxy'] {
  const text = from.text('TRUST_PROXY');
  if (text === undefined || text === 'off') return false;
  if (/^\d+$/.test(text)) return from.integer('TRUST_PROXY', 1, 16) ?? false;
  const names = from.list('TRUST_PROXY').filter((part) => PROXY_NETWORKS.has(part));
  if (names.length === from.list('TRUST_PROXY').length) return names;
  // "true" would let every client choose its own address, so only networks remain.
  return from.networks('TRUST_PROXY');
}

function readDatabase(from: Environment): Pick<Config, 'databaseUrl' | 'migrateDatabaseUrl'> {
  const databaseUrl = from.url('DATABASE_URL', ['postgres', 'postgresql']);
  const migrateDatabaseUrl = from.url('MIGRATE_DATABASE_URL', ['postgres', 'postgresql']);
  if (databaseUrl === undefined) {
    if (migrateDatabaseUrl) throw from.wrong('DATABASE_URL', 'is missing although MIGRATE_DATABASE_URL is set');
    return {};
  }
  return { databaseUrl, migrateDatabaseUrl: migrateDatabaseUrl ?? databaseUrl };
}

function readS3(from: Environment): S3Config | undefined {
  const names = ['S3_ENDPOINT', 'S3_REGION', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;
  const given = names.find((name) => from.text(name) !== undefined);
  const forcePathStyle = from.flag('S3_FORCE_PATH_STYLE') ?? false;
  const publicEndpoint = from.webUrl('S3_PUBLIC_ENDPOINT');
  if (given === undefined) return undefined;
  const why = `${given} is set, and the S3_ variables go together`;
  from.required('S3_ENDPOINT', why);
  return redactSecrets(
    {
      endpoint: from.webUrl('S3_ENDPOINT') ?? '',
      region: from.required('S3_REGION', why),
      bucket: from.required('S3_BUCKET', why),
      accessKeyId: from.required('S3_ACCESS_KEY_ID', why),
      secretAccessKey: from.required('S3_SECRET_ACCESS_KEY', why),
      forcePathStyle,
      ...(publicEndpoint && { publicEndpoint }),
    },
    ['secretAccessKey'],
  );
}

function readOperators(from: Environment): Pick<Config, 'operators'> {
  const operators = from.list('OPERATORS').map((address) => address.toLowerCase());
  const wrong = operators.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
  if (wrong !== undefined) throw from.wrong('OPERATORS', `contains "${wrong}", which is not an e-mail address`);
  return operators.length > 0 ? { operators } : {};
}

function readSecretKeys(from: Environment, required: boolean): Pick<Config, 'secretKey' | 'previousSecretKeys'> {
  const secretKey = required
    ? from.required('SECRET_KEY', 'production and a database of your own need a key that you keep')
    : from.text('SECRET_KEY');
  const previousSecretKeys = from.list('SECRET_KEY_PREVIOUS');
  const tooShort = `must have at least ${MIN_SECRET_KEY_LENGTH} characters`;
  if (secretKey !== undefined && secretKey.length < MIN_SECRET_KEY_LENGTH) throw from.wrong('SECRET_KEY', tooShort);
  if (previousSecretKeys.some((key) => key.length < MIN_SECRET_KEY_LENGTH)) {
    throw from.wrong('SECRET_KEY_PREVIOUS', `${tooShort} in each key`);
  }
  return { ...(secretKey && { secretKey }), previousSecretKeys };
}

function readSandbox(from: Environment, server: Server, onByDefault: boolean): SandboxConfig {
  const port = from.integer('SANDBOX_PORT', 0, 65_535) ?? (server.port === 0 ? 0 : server.port + 1);
  if (port > 65_535) throw from.wrong('SANDBOX_PORT', `is missing, and none follows PORT=${server.port}`);
  const url = from.webUrl('SANDBOX_URL');
  const token = from.text('SANDBOX_TOKEN') ?? randomBytes(32).toString('base64url');
  if (token.length < 16) throw from.wrong('SANDBOX_TOKEN', 'must have at least 16 characters');
  return redactSecrets(
    {
      enabled: from.flag('SANDBOX') ?? onByDefault,
      port,
      url: url ?? localUrl(server.host, port),
      external: url !== undefined,
      token,
    },
    ['token'],
  );
}

function readPublish(from: Environment, embedded: boolean): PublishConfig {
  // A stop waits for requests in flight, but no longer than 30 s, so no request may take longer.
  const timeoutMs = from.integer('PUBLISH_TIMEOUT_MS', 10, 30_000) ?? (embedded ? 5_000 : 30_000);
  const milliseconds = (name: Parameters<Environment['integer']>[0]): number => {
    const value = from.integer(name, 10, 3_600_000);
    if (value === undefined) throw from.wrong(name, 'is missing');
    return value;
  };
  const startWithinMs = milliseconds('PUBLISH_START_WITHIN_MS');
  const leaseMs = milliseconds('PUBLISH_LEASE_MS');
  if (leaseMs <= startWithinMs + timeoutMs) {
    throw from.wrong(
      'PUBLISH_LEASE_MS',
      `is ${leaseMs}, but must be more than PUBLISH_START_WITHIN_MS + PUBLISH_TIMEOUT_MS = ${startWithinMs + timeoutMs}`,
    );
  }
  return {
    timeoutMs,
    startWithinMs,
    leaseMs,
    horizonMs: milliseconds('PUBLISH_HORIZON_MS'),
    pollMs: milliseconds('PUBLISH_POLL_MS'),
    concurrency: from.integer('PUBLISH_CONCURRENCY', 1, 10_000) ?? 1,
  };
}
