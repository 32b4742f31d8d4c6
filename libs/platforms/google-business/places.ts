import {
  type AccountContext,
  type Authorization,
  type ChannelInfo,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  PlatformHttpError,
  stringField,
} from '#platforms/core';
import { type Caller, callGoogle, googlePages } from '#platforms/google';
import { isClosedToProject, OPERATIONS } from './classify.js';

/** As many as a page may hold. https://developers.google.com/my-business/reference/accountmanagement/rest/v1/accounts/list */
const ACCOUNTS_PAGE = '20';
/** Same, of https://developers.google.com/my-business/reference/businessinformation/rest/v1/accounts.locations/list */
const PLACES_PAGE = '100';
/** A thousand accounts, and ten thousand places in each. */
const MOST_PAGES = { accounts: 50, places: 100 } as const;
/** What is read of a place. https://developers.google.com/my-business/reference/businessinformation/rest/v1/accounts.locations#Location */
const READ_MASK = 'name,title,storefrontAddress,languageCode,metadata';

interface Account {
  /** `accounts/123` */
  name: string;
  accountName: string;
}

/** Whose sign-in it is: the person's own account, which "will always be the first item of the result". */
export async function identify(ctx: Caller): Promise<Authorization['account']> {
  for await (const { name, accountName } of accountsOf(ctx)) return { id: name, name: accountName };
  throw new MalformedAnswerError(OPERATIONS.accounts, 'there is no account');
}

/**
 * Every place that can have posts, of every account that the person owns or manages. One that is in several accounts (a group
 * and an organization) is listed once, by the first of them.
 */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const places = new Map<string, ChannelInfo>();
  for await (const account of accountsOf(ctx)) {
    for await (const place of placesOf(ctx, account)) if (!places.has(place.id)) places.set(place.id, place);
  }
  await requirePosts(ctx, [...places.values()]);
  return [...places.values()];
}

/**
 * Places and posts are of different APIs, so that places may be found although nothing can ever be posted: that is said before
 * anything is planned. Whatever else is wrong with the posts of one place is told where something is posted there.
 * @throws PlatformHttpError
 */
async function requirePosts(ctx: Caller, [first]: readonly ChannelInfo[]): Promise<void> {
  if (!first) return;
  const { path } = placeOf({ channelId: first.id, channelDetails: first.details ?? {} });
  const call = { operation: OPERATIONS.readPosts, endpoint: 'mybusiness', path: `/v4/${path}/localPosts` };
  try {
    await callGoogle(ctx, { ...call, method: 'GET', query: { pageSize: '1' } });
  } catch (error) {
    if (!(error instanceof PlatformHttpError) || isClosedToProject(error)) throw error;
  }
}

async function* accountsOf(ctx: Caller): AsyncGenerator<Account> {
  const operation = OPERATIONS.accounts;
  const call = { operation, endpoint: 'accountmanagement', path: '/v1/accounts', query: { pageSize: ACCOUNTS_PAGE } };
  for await (const { items } of googlePages(ctx, { ...call, field: 'accounts', maxPages: MOST_PAGES.accounts })) {
    for (const item of items) {
      const name = stringField(item, 'name', operation);
      if (!/^accounts\/[\w-]+$/.test(name)) throw new MalformedAnswerError(operation, '"name" is no account');
      const { accountName } = item;
      yield { name, accountName: typeof accountName === 'string' && accountName !== '' ? accountName : name };
    }
  }
}

async function* placesOf(ctx: Caller, account: Account): AsyncGenerator<ChannelInfo> {
  const operation = OPERATIONS.places;
  const call = {
    operation,
    endpoint: 'businessinformation',
    path: `/v1/${account.name}/locations`,
    query: { pageSize: PLACES_PAGE, readMask: READ_MASK, orderBy: 'title' },
  };
  for await (const { items } of googlePages(ctx, { ...call, field: 'locations', maxPages: MOST_PAGES.places })) {
    for (const item of items) {
      const place = placeIn(item, account, operation);
      if (place) yield place;
    }
  }
}

/**
 * Undefined where it can have no posts: most kinds of chain have none. Of a place that nobody verified, nothing "will … become
 * live": what is false is left out.
 * https://developers.google.com/my-business/reference/verifications/rest/v1/locations/getVoiceOfMerchantState
 */
function placeIn(item: JsonObject, account: Account, operation: string): ChannelInfo | undefined {
  const id = stringField(item, 'name', operation);
  if (!/^locations\/[\w-]+$/.test(id)) throw new MalformedAnswerError(operation, '"name" is no location');
  const { languageCode, metadata, storefrontAddress } = item;
  const { canOperateLocalPost, hasVoiceOfMerchant, mapsUri } = isJsonObject(metadata) ? metadata : {};
  if (canOperateLocalPost !== true) return undefined;
  const address = addressIn(storefrontAddress);
  return {
    id,
    name: stringField(item, 'title', operation),
    kind: hasVoiceOfMerchant === true ? 'Location' : 'Location that is not verified',
    ...(address !== undefined && { handle: address }),
    ...(typeof mapsUri === 'string' && mapsUri !== '' && { url: mapsUri }),
    details: {
      account: account.name,
      accountName: account.accountName,
      ...(typeof languageCode === 'string' && languageCode !== '' && { languageCode }),
      ...(address !== undefined && { address }),
    },
  };
}

/** In one line, as places of one chain are told apart by it. https://developers.google.com/my-business/reference/rest/Shared.Types/PostalAddress */
function addressIn(address: unknown): string | undefined {
  if (!isJsonObject(address)) return undefined;
  const { addressLines, postalCode, locality } = address;
  const lines = Array.isArray(addressLines) ? addressLines : [];
  const isText = (part: unknown): part is string => typeof part === 'string' && part !== '';
  const town = [postalCode, locality].filter(isText).join(' ');
  const parts = [...lines, town].filter(isText);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** Where posts of a channel are: `accounts/1/locations/2`. @throws Error where the channel does not say */
export function placeOf({ channelId, channelDetails }: Pick<AccountContext, 'channelId' | 'channelDetails'>): {
  path: string;
  languageCode?: string;
} {
  const { account, languageCode } = channelDetails;
  if (channelId === undefined || typeof account !== 'string') throw new Error('The place of the post is not known.');
  return { path: `${account}/${channelId}`, ...(typeof languageCode === 'string' && { languageCode }) };
}
