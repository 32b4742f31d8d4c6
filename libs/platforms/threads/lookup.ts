import {
  type AccountContext,
  isJsonObject,
  type JsonObject,
  type LookupAnswer,
  MalformedAnswerError,
} from '#platforms/core';
import { profileOf, threads } from './api.js';

const MOST = 20;

/**
 * Places of this name. Before the app was reviewed for it, Threads finds nothing but Menlo Park.
 * https://developers.facebook.com/documentation/threads/create-posts/location-tagging
 */
export async function lookup(ctx: AccountContext, setting: string, query: string): Promise<LookupAnswer[]> {
  if (setting !== 'location') throw new Error(`Threads looks nothing up for the setting "${setting}".`);
  const q = query.trim();
  if (q === '') return [];
  const operation = 'search for locations';
  const { token } = profileOf(ctx);
  const fields = 'id,name,address,city,country';
  const { data } = await threads.call(ctx, {
    operation,
    method: 'GET',
    path: 'location_search',
    token,
    query: { q, fields },
  });
  if (!Array.isArray(data)) throw new MalformedAnswerError(operation, '"data" is not a list');
  return (data as unknown[]).filter(isJsonObject).flatMap(answerOf).slice(0, MOST);
}

/** The page shows ids as numbers; one that no number holds exactly would name another place, and is left out. */
function answerOf({ id, name, address, city, country }: JsonObject): LookupAnswer[] {
  const value = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id;
  if (typeof value !== 'string' || value === '' || typeof name !== 'string' || name === '') return [];
  const parts = [address, city, country].flatMap((part) => (typeof part === 'string' && part !== '' ? [part] : []));
  const detail = parts.join(', ');
  return [{ value, label: name, ...(detail !== '' && { detail }) }];
}
