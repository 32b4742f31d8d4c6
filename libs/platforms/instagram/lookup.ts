import {
  type AccountContext,
  isJsonObject,
  type JsonObject,
  type LookupAnswer,
  PlatformFailure,
} from '#platforms/core';
import { graphErrorOf, loginOf } from '#platforms/meta';
import { facebookGraph, onlyWithFacebook, wayOf } from './api.js';
import { FACEBOOK_LOGIN } from './manifest.js';

const DOCS = 'https://developers.facebook.com/docs/pages/searching';
const MAX_ANSWERS = 20;

/**
 * Places for the setting `location`: Facebook Pages that have a place on the map.
 * Throws a `PlatformFailure` where the account was connected with Instagram, or where Meta has not allowed the app to search.
 */
export async function lookup(ctx: AccountContext, setting: string, query: string): Promise<LookupAnswer[]> {
  if (setting !== 'location') throw new Error(`Instagram finds nothing for the setting "${setting}".`);
  if (wayOf(ctx) !== FACEBOOK_LOGIN) {
    throw onlyWithFacebook(
      'Places can be searched',
      'Connect the account with Facebook as well, or leave the place out.',
      DOCS,
    );
  }
  if (query.trim() === '') return [];
  const pages = await search(ctx, query.trim());
  return pages.flatMap(placeOf).slice(0, MAX_ANSWERS);
}

/** https://developers.facebook.com/docs/pages/searching */
async function search(ctx: AccountContext, q: string): Promise<JsonObject[]> {
  const operation = 'search places';
  const query = { q, fields: 'id,name,location,link' };
  try {
    const { userToken: token } = loginOf(ctx);
    const answer = await facebookGraph.call(ctx, { operation, method: 'GET', path: 'pages/search', token, query });
    return Array.isArray(answer.data) ? answer.data.filter(isJsonObject) : [];
  } catch (error) {
    const code = graphErrorOf(error)?.code;
    if (code !== 10 && code !== 200) throw error;
    throw new PlatformFailure({
      kind: 'permission',
      message: 'Meta has not allowed this installation to search places.',
      remedy:
        'Ask the operator to apply for the feature "Page Public Metadata Access" of the Meta app, or leave the place out.',
      platformCode: String(code),
      docs: DOCS,
    });
  }
}

/** A Page without a place on the map is refused as a location, so it is none. */
function placeOf({ id, name, location }: JsonObject): LookupAnswer[] {
  if (typeof id !== 'string' || typeof name !== 'string' || !isJsonObject(location)) return [];
  if (typeof location.latitude !== 'number' || typeof location.longitude !== 'number') return [];
  const detail = [location.street, location.city, location.country]
    .filter((part) => typeof part === 'string')
    .join(', ');
  return [{ value: id, label: name, ...(detail !== '' && { detail }) }];
}
