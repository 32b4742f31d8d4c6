/** One environment variable, as operators are told about it. */
export interface VariableDescription {
  name: string;
  /** The default as text, or in words where it depends on something; empty where there is none. */
  default: string;
  meaning: string;
  example: string;
}

export interface Variable {
  meaning: string;
  example: string;
  /** The default, parsed like a given value. */
  value?: string;
  /** The default in words, where it is worked out from other variables. */
  otherwise?: string;
}

/** Every variable that ClickPost reads. Its defaults are used from here, so that documentation cannot differ from the code. */
export const VARIABLES = {
  NODE_ENV: {
    value: 'development',
    meaning: '`production` switches the practice networks off, logs JSON and demands a `SECRET_KEY`.',
    example: 'production',
  },
  HOST: { value: '127.0.0.1', meaning: 'Address to listen on.', example: '0.0.0.0' },
  PORT: { value: '3000', meaning: 'Port of the web and the API; 0 takes any free one.', example: '3000' },
  PUBLIC_URL: {
    otherwise: 'http://HOST:PORT',
    meaning: 'Address under which people reach this installation; used in links, e-mail and OAuth callbacks.',
    example: 'https://social.example.com',
  },
  TRUST_PROXY: {
    value: 'off',
    meaning:
      'Which reverse proxies may name the client’s address: `off`, the number of proxies, or their addresses and networks, separated by commas.',
    example: '1',
  },
  RATE_LIMIT: {
    value: '30000',
    meaning:
      'Requests a minute that an API key, or a person in a browser, may make to one process; a tenth of it for an address that names nobody. `off` where a proxy limits.',
    example: '30000',
  },
  DATA_DIR: {
    value: './data',
    meaning: 'Folder of the embedded database, the files and the kept secret key.',
    example: '/var/lib/clickpost',
  },
  DATABASE_URL: {
    otherwise: 'the embedded PostgreSQL in `DATA_DIR`',
    meaning: 'PostgreSQL 14 or newer, with the login of the application.',
    example: 'postgres://clickpost:password@db.example.com:5432/clickpost',
  },
  MIGRATE_DATABASE_URL: {
    otherwise: 'DATABASE_URL',
    meaning: 'The same database with the login of its owner; used by migrations only.',
    example: 'postgres://clickpost_owner:password@db.example.com:5432/clickpost',
  },
  REDIS_URL: {
    otherwise: 'the job queue lives in PostgreSQL',
    meaning: 'Redis for the job queue.',
    example: 'redis://redis.example.com:6379',
  },
  S3_ENDPOINT: {
    otherwise: 'files lie in `DATA_DIR`',
    meaning: 'Address of an S3 store. The other `S3_` variables are needed with it.',
    example: 'https://s3.eu-central-1.amazonaws.com',
  },
  S3_REGION: { meaning: 'Region of the bucket.', example: 'eu-central-1' },
  S3_BUCKET: { meaning: 'Bucket that holds the files.', example: 'clickpost-media' },
  S3_ACCESS_KEY_ID: { meaning: 'Access key of the store.', example: 'AKIAIOSFODNN7EXAMPLE' },
  S3_SECRET_ACCESS_KEY: { meaning: 'Secret of the access key.', example: 'wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY' },
  S3_FORCE_PATH_STYLE: {
    value: 'off',
    meaning: '`on` puts the bucket into the path instead of the host name; most stores other than Amazon’s want it.',
    example: 'on',
  },
  S3_PUBLIC_ENDPOINT: {
    otherwise: 'networks that fetch files fetch them from `PUBLIC_URL`',
    meaning:
      'Address of the S3 store as networks reach it from outside. Where it is set, networks that fetch files are given signed addresses of the store itself.',
    example: 'https://s3.eu-central-1.amazonaws.com',
  },
  SECRET_KEY: {
    otherwise: 'made and kept in `DATA_DIR/secret.key`; required with `DATABASE_URL` or in production',
    meaning: 'At least 32 random characters, from which every key of this installation is derived. Keep a copy.',
    example: 'the output of: openssl rand -base64 48',
  },
  SECRET_KEY_PREVIOUS: {
    meaning: 'Earlier secret keys, separated by commas: still read, never used to write.',
    example: 'the value that SECRET_KEY had before',
  },
  SMTP_URL: {
    otherwise: 'mail is not sent: outside production it can be read at `/outbox` on the machine itself',
    meaning:
      'Mail server: `smtps://` for TLS, `smtp://` to upgrade where the server can; with a user name it has to. Special characters of the password are percent-encoded.',
    example: 'smtps://user:password@smtp.example.com:465',
  },
  MAIL_FROM: {
    meaning: 'Sender of every mail, an address with or without a name. Needed with `SMTP_URL`.',
    example: 'ClickPost <post@example.com>',
  },
  FFMPEG_PATH: {
    otherwise: '`ffmpeg` on the path; outside production also that of the npm package',
    meaning:
      'The ffmpeg program, built with libx264; with zscale it converts high dynamic range too. Without it videos are refused and images work.',
    example: '/usr/bin/ffmpeg',
  },
  FFPROBE_PATH: {
    otherwise: '`ffprobe` beside `FFMPEG_PATH`, or on the path',
    meaning: 'The ffprobe program, which is part of ffmpeg.',
    example: '/usr/bin/ffprobe',
  },
  MEDIA_MAX_BYTES: {
    value: '2147483648',
    meaning: 'Bytes of the largest file that is taken in.',
    example: '1000000000',
  },
  OUTBOUND_ALLOW: {
    meaning: 'Private networks that addresses given by users may reach, as CIDR blocks separated by commas.',
    example: '10.20.0.0/16,fd00::/8',
  },
  SANDBOX: {
    otherwise: 'on with the embedded database, off with `DATABASE_URL` or in production',
    meaning: 'Practice networks, `on` or `off`.',
    example: 'on',
  },
  SANDBOX_PORT: { otherwise: 'PORT + 1', meaning: 'Port of the practice networks.', example: '3001' },
  SANDBOX_URL: {
    otherwise: 'http://HOST:SANDBOX_PORT',
    meaning: 'Address of the practice networks where they run elsewhere.',
    example: 'http://sandbox.example.com:3001',
  },
  SANDBOX_TOKEN: {
    otherwise: 'random at each start',
    meaning: 'Token that the fault controls of the practice networks ask for.',
    example: 'the output of: openssl rand -hex 32',
  },
  OPERATORS: {
    otherwise: 'nobody in production; else the account that was created first',
    meaning:
      'E-mail addresses of those who run this installation, separated by commas. They enter its apps at the networks, once their address is confirmed.',
    example: 'ada@example.com,grace@example.com',
  },
  VERIFICATION_FILES: {
    meaning:
      'Files by which networks see that the address is yours: `name=content`, several separated by semicolons. Each is served below `PUBLIC_URL` and `PUBLIC_URL/media/`.',
    example: 'tiktokAbC123.txt=tiktok-developers-site-verification=AbC123',
  },
  SIGN_IN_TRIES_PER_ADDRESS: {
    value: '300',
    meaning:
      'How often one client address may try each of signing in, signing up, codes and links of mails within ten minutes. Raise it where many people share an address.',
    example: '300',
  },
  MEDIA_QUOTA_GB: {
    value: '100',
    meaning:
      'Gigabytes of files that each workspace may keep, unless an admin of its organization allowed it more or less.',
    example: '250',
  },
  LOG_LEVEL: {
    otherwise: '`info` in production, else `warn`',
    meaning:
      'The least important messages that are logged: `fatal` `error` `warn` `info` `debug` `trace`, or `silent`.',
    example: 'info',
  },
  PUBLISH_TIMEOUT_MS: {
    otherwise: '5000 with the embedded database, else 30000',
    meaning:
      'Milliseconds after which the request that publishes is cut off; a stop waits as long for requests in flight.',
    example: '30000',
  },
  PUBLISH_START_WITHIN_MS: {
    value: '2000',
    meaning: 'Milliseconds after asking for permission to publish within which the request must have started.',
    example: '2000',
  },
  PUBLISH_LEASE_MS: {
    value: '60000',
    meaning: 'Milliseconds after which another worker may take over from one that fell silent.',
    example: '60000',
  },
  PUBLISH_HORIZON_MS: {
    value: '10000',
    meaning: 'Milliseconds ahead of its due time at which a publication is handed to a worker.',
    example: '10000',
  },
  PUBLISH_POLL_MS: {
    value: '500',
    meaning: 'Milliseconds between two looks for publications that are due.',
    example: '500',
  },
  PUBLISH_CONCURRENCY: {
    value: '50',
    meaning: 'Publications that one worker process sends at the same time; as many again are made ready meanwhile.',
    example: '50',
  },
  MEDIA_CONCURRENCY: {
    otherwise: 'one for every four processor cores, at least 1',
    meaning: 'Versions of videos and images that one worker process makes at the same time.',
    example: '2',
  },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;

/** The variables of OAuth platforms, which follow one rule instead of having an entry each. */
const OAUTH_APPS: VariableDescription[] = [
  {
    name: '<PLATFORM>_APP_ID',
    default: '',
    meaning:
      'Client id of your application at a platform that connects by a consent page. It wins over what operators entered in ClickPost.',
    example: 'FACEBOOK_APP_ID=1234567890',
  },
  {
    name: '<PLATFORM>_APP_SECRET',
    default: '',
    meaning: 'Its secret.',
    example: 'FACEBOOK_APP_SECRET=0123456789abcdef0123456789abcdef',
  },
];

/** Every environment variable with its default and meaning, for documentation. */
export function describeConfig(): VariableDescription[] {
  const named = Object.entries(VARIABLES).map(([name, variable]: [string, Variable]) => ({
    name,
    default: variable.value ?? variable.otherwise ?? '',
    meaning: variable.meaning,
    example: variable.example,
  }));
  return [...named, ...OAUTH_APPS];
}
