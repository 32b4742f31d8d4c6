import { type AccountContext, type ChannelInfo, isJsonObject, type JsonObject, PlatformFailure } from '#platforms/core';
import { loginOf, pagesOf, type ReachablePage, revokeLogin } from '#platforms/meta';
import { facebookGraph, instagramTokenOf, wayOf } from './api.js';
import { textOf } from './compare.js';
import { LOGIN_DOCS, tokenCall } from './login.js';
import { FACEBOOK_LOGIN, REVOKE_BY_HAND } from './manifest.js';
import { profileUrl, readProfile } from './profile.js';

const FACEBOOK_DOCS = 'https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login';
const ACCOUNT = 'instagram_business_account';

/** A token younger than this cannot be renewed: https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token */
const REFRESHABLE_AFTER_MS = 24 * 3_600_000;

/**
 * What there is through Facebook alone. Deleting asks for `instagram_manage_contents`
 * (https://developers.facebook.com/docs/instagram-platform/reference/instagram-media#deleting), and places are Facebook Pages,
 * which are searched with a token of Facebook's (https://developers.facebook.com/docs/pages/searching).
 */
const WITHOUT_FACEBOOK: Pick<ChannelInfo, 'capabilities' | 'withoutSettings'> = {
  capabilities: { remove: false },
  withoutSettings: ['location'],
};

/** The one account that was connected with Instagram, or those of all Pages that were connected with Facebook. */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  if (wayOf(ctx) === FACEBOOK_LOGIN) return listThroughPages(ctx);
  const { accountId, name, username, url, avatarUrl } = await readProfile(ctx, instagramTokenOf(ctx));
  return [
    {
      id: accountId,
      name,
      handle: username,
      url,
      ...(avatarUrl !== undefined && { avatarUrl }),
      ...WITHOUT_FACEBOOK,
    },
  ];
}

/** Throws a `PlatformFailure` where none of the Pages has an account: then there is nothing to publish on, and a reason. */
async function listThroughPages(ctx: AccountContext): Promise<ChannelInfo[]> {
  const fields = `${ACCOUNT}{id,username,name,profile_picture_url}`;
  const pages = await pagesOf(ctx, { graph: facebookGraph, fields });
  const channels = new Map<string, ChannelInfo>();
  for (const page of pages) {
    const account = page.node[ACCOUNT];
    if (!isJsonObject(account) || typeof account.id !== 'string' || channels.has(account.id)) continue;
    channels.set(account.id, channelOf(ctx, page, account, account.id));
  }
  if (channels.size === 0) throw withoutAccount(pages);
  return [...channels.values()];
}

function channelOf(ctx: AccountContext, page: ReachablePage, account: JsonObject, id: string): ChannelInfo {
  const { username, name, profile_picture_url: picture } = account;
  return {
    id,
    name: textOf(name) || textOf(username) || page.name,
    credentials: { pageToken: page.token },
    details: { page: page.name },
    ...(typeof username === 'string' && { handle: username, url: profileUrl(ctx, username) }),
    ...(typeof picture === 'string' && { avatarUrl: picture }),
  };
}

function withoutAccount(pages: readonly ReachablePage[]): PlatformFailure {
  const names = pages.map(({ name }) => name).join(', ');
  return new PlatformFailure({
    kind: 'permission',
    message:
      pages.length === 0
        ? 'No Facebook Page was chosen, or none on which this person may create content.'
        : `No Instagram professional account is connected to ${names}.`,
    remedy:
      'In the settings of the Page, connect an Instagram business or creator account; then connect once more, and choose the Page and the account.',
    docs: FACEBOOK_DOCS,
  });
}

/**
 * A token of 60 more days, where it is at least 24 hours old and has not expired. A younger one is looked at and kept as it is.
 * Sign-ins through Facebook cannot be renewed: it is made sure that they hold, and said that a person has to sign in again.
 * https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
 */
export async function refresh(ctx: AccountContext): Promise<{ credentials: JsonObject; expiresAt?: Date }> {
  if (wayOf(ctx) === FACEBOOK_LOGIN) return refuseToRefresh(ctx);
  const token = instagramTokenOf(ctx);
  const { issuedAt } = ctx.credentials;
  const age = typeof issuedAt === 'string' ? ctx.now().getTime() - Date.parse(issuedAt) : Number.POSITIVE_INFINITY;
  if (age < REFRESHABLE_AFTER_MS) {
    await readProfile(ctx, token);
    return { credentials: ctx.credentials };
  }
  const query = { grant_type: 'ig_refresh_token', access_token: token };
  const renewed = await tokenCall(ctx, 'renew the token', 'refresh_access_token', query);
  return {
    credentials: { token: renewed.token, issuedAt: ctx.now().toISOString() },
    ...(renewed.expiresAt && { expiresAt: renewed.expiresAt }),
  };
}

/** Throws in any case: what Facebook says of a dead sign-in, or that a living one cannot be made longer. */
async function refuseToRefresh(ctx: AccountContext): Promise<never> {
  const { userToken: token, userId } = loginOf(ctx);
  const query = { fields: 'id' };
  await facebookGraph.call(ctx, { operation: 'look at the sign-in', method: 'GET', path: userId, token, query });
  throw new PlatformFailure({
    kind: 'permission',
    message: 'A sign-in through Facebook cannot be renewed by a program.',
    remedy: 'Nothing is lost yet: reconnect the account before the sign-in ends.',
    docs: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived',
  });
}

/** Gives every permission back to Facebook. With Instagram there is no such call, which is said. */
export async function revoke(ctx: AccountContext): Promise<void> {
  if (wayOf(ctx) === FACEBOOK_LOGIN) return revokeLogin(ctx, facebookGraph);
  throw new PlatformFailure({
    kind: 'permission',
    message: 'Instagram has no way for a program to give a sign-in back.',
    remedy: `ClickPost has forgotten it. ${REVOKE_BY_HAND}`,
    docs: LOGIN_DOCS,
  });
}
