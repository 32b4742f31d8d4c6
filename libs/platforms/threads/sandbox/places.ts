import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { caller, graphAnswer, GraphRefusal, missingParameter, project } from '#platforms/meta/sandbox';
import { QUOTAS, requirePermission, type State } from './state.js';

/** Where practice posts can be. The page shows ids as numbers. */
export const PLACES = [
  { id: 106078429431815, name: 'Practice Bakery', address: '1 Flour Street', city: 'Menlo Park', country: 'USA' },
  { id: 212999109, name: 'Practice Market Hall', address: 'Marktplatz 3', city: 'Hamburg', country: 'Germany' },
  { id: 213385402, name: 'Café de la Practice', address: '', city: 'Paris', country: 'France' },
].map((place) => ({ ...place, latitude: 0, longitude: 0, postal_code: null }));

/**
 * `GET /location_search`: not paged.
 * https://developers.facebook.com/documentation/threads/create-posts/location-tagging
 */
export function searchPlaces(state: State, request: SandboxRequest): SandboxAnswer {
  const { grant } = caller(state, request);
  requirePermission(grant, 'threads_basic', 'threads_location_tagging');
  const { q, latitude, longitude, fields = 'id,name,address,city,country' } = request.query;
  if (q === undefined && (latitude === undefined || longitude === undefined)) throw missingParameter('q');
  if (state.used(grant.userId, 'searches') >= QUOTAS.searches) {
    throw new GraphRefusal({ code: 613, message: '(#613) Calls to this api have exceeded the rate limit.' });
  }
  state.count(grant.userId, 'searches');
  const wanted = (q ?? '').toLowerCase();
  const found = PLACES.filter(({ name, city }) => `${name} ${city}`.toLowerCase().includes(wanted));
  return graphAnswer(200, {
    data: found.map((place) => ({ ...project(place, fields, 'ThreadsLocation'), id: place.id })),
  });
}
