import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { invalidArgument, type Manager, pageOf, permissionDenied, requireQuery } from './calls.js';
import { type Place, type State } from './state.js';

/** Fields of a place that are known here. https://developers.google.com/my-business/reference/businessinformation/rest/v1/accounts.locations#Location */
const READABLE = ['name', 'title', 'storefrontAddress', 'languageCode', 'metadata'] as const;

/** `GET /v1/accounts`: https://developers.google.com/my-business/reference/accountmanagement/rest/v1/accounts/list */
export function listAccounts({ accounts }: Manager, request: SandboxRequest): SandboxAnswer {
  requireQuery(request, ['pageSize', 'pageToken', 'parentAccount', 'filter']);
  const { items, ...more } = pageOf(accounts, request, { usual: 20, most: 20 });
  const nodes = items.map(({ name, accountName, type }): JsonObject => ({
    ...{ name, accountName, type },
    ...(type === 'LOCATION_GROUP' && { role: 'OWNER' }),
    verificationState: 'UNVERIFIED',
    vettedState: 'NOT_VETTED',
  }));
  return { status: 200, body: { accounts: nodes, ...more } };
}

/** `GET /v1/accounts/{id}/locations`: https://developers.google.com/my-business/reference/businessinformation/rest/v1/accounts.locations/list */
export function listPlaces(state: State, { accounts }: Manager, request: SandboxRequest): SandboxAnswer {
  requireQuery(request, ['pageSize', 'pageToken', 'filter', 'orderBy', 'readMask']);
  const account = accounts.find(({ name }) => name === `accounts/${request.params.account ?? ''}`);
  if (!account) throw permissionDenied();
  const mask = (request.query.readMask ?? '').split(',').filter((field) => field !== '');
  if (mask.length === 0) throw invalidArgument('read_mask', 'read_mask is required.');
  const unknown = mask.find((field) => !READABLE.some((known) => known === field));
  if (unknown !== undefined) throw invalidArgument('read_mask', `Invalid field mask provided: ${unknown}.`);
  const { orderBy = '' } = request.query;
  if (!['', 'title', 'title desc'].includes(orderBy)) throw invalidArgument('order_by', 'order_by is not known here.');
  const there = account.places.filter(({ gone }) => gone !== true);
  const { items, ...more } = pageOf(there, request, { usual: 10, most: 100 });
  const nodes = items.map((place) => masked(nodeOf(state, place), mask));
  // An empty list leaves its field out.
  return { status: 200, body: { ...(nodes.length > 0 && { locations: nodes }), ...more } };
}

function nodeOf({ world }: State, { id, title, street, town, languageCode, canPost, verified }: Place): JsonObject {
  return {
    name: id,
    title,
    languageCode,
    storefrontAddress: {
      regionCode: 'US',
      postalCode: '62701',
      administrativeArea: 'IL',
      locality: town,
      addressLines: [street],
    },
    metadata: {
      mapsUri: `${world.baseUrl}/maps?cid=${id.replace('locations/', '')}`,
      // What is false is left out.
      ...(canPost && { canOperateLocalPost: true }),
      ...(verified !== false && { hasVoiceOfMerchant: true }),
    },
  };
}

function masked(node: JsonObject, mask: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([name]) => mask.includes(name)));
}
