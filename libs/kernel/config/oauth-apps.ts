import { ConfigError } from './environment.js';
import { redactSecrets } from './redact-secrets.js';

/** This installation's application at an OAuth platform. */
export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

const APP_VARIABLE = /^([A-Z][A-Z0-9_]*)_APP_(ID|SECRET)$/;

/** Heroku sets HEROKU_APP_ID by itself: https://devcenter.heroku.com/articles/dyno-metadata */
const NOT_PLATFORMS = new Set(['HEROKU']);

/**
 * `FACEBOOK_APP_ID` and `FACEBOOK_APP_SECRET` become `facebook`, `GOOGLE_BUSINESS_APP_ID` belongs to `google-business`.
 * @throws ConfigError when one of a pair is missing
 */
export function readOAuthApps(env: NodeJS.ProcessEnv): Record<string, OAuthClient> {
  const prefixes = Object.keys(env)
    .filter((name) => env[name]?.trim())
    .map((name) => APP_VARIABLE.exec(name)?.[1])
    .filter((prefix) => prefix !== undefined)
    .filter((prefix) => !NOT_PLATFORMS.has(prefix));
  const apps = [...new Set(prefixes)].map((prefix): [string, OAuthClient] => {
    const client = { clientId: half(env, prefix, 'ID'), clientSecret: half(env, prefix, 'SECRET') };
    return [prefix.toLowerCase().replaceAll('_', '-'), redactSecrets(client, ['clientSecret'])];
  });
  return Object.fromEntries(apps);
}

function half(env: NodeJS.ProcessEnv, prefix: string, part: 'ID' | 'SECRET'): string {
  const name = `${prefix}_APP_${part}`;
  const value = env[name]?.trim();
  if (value) return value;
  const other = `${prefix}_APP_${part === 'ID' ? 'SECRET' : 'ID'}`;
  throw new ConfigError(
    name,
    `is missing although ${other} is set`,
    `${name}=the value from the platform’s developer page`,
  );
}
