import {
  type AccountContext,
  type Authorization,
  type ChannelInfo,
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  PlatformFailure,
  stringField,
} from '#platforms/core';
import { type Caller, googleErrorOf, googleLogin, refreshGoogle, revokeGoogle } from '#platforms/google';
import { callYouTube, idField } from './api.js';
import { ENDED_IN_TESTING, NO_CHANNEL } from './failures.js';
import { UNVERIFIED_LIMITS } from './limits.js';
import { manifest, SCOPES } from './manifest.js';

/** Sign-in through Google; on its page people choose the account, and the channel where they have several. */
export const oauth = googleLogin({
  name: manifest.name,
  scopes: SCOPES,
  requiredScopes: SCOPES,
  identify: async (ctx): Promise<Authorization['account']> => {
    const [channel] = await readChannels(ctx);
    if (!channel) throw new PlatformFailure({ ...NO_CHANNEL, platformCode: 'youtubeSignupRequired' });
    const { id, name, handle, url } = channel;
    return { id, name, ...(handle !== undefined && { handle }), ...(url !== undefined && { url }) };
  },
});

/** New tokens for old ones. While the app is in testing, that a sign-in is over has a reason which people should hear. */
export async function refresh(ctx: AccountContext): ReturnType<typeof refreshGoogle> {
  try {
    return await refreshGoogle(ctx, manifest.name);
  } catch (error) {
    const isOver = googleErrorOf(error)?.signIn === 'invalid_grant';
    if (!isOver || ctx.options.publishing !== 'testing') throw error;
    throw new PlatformFailure({ ...ENDED_IN_TESTING, platformCode: 'invalid_grant' });
  }
}

/** Gives the sign-in back. */
export const revoke = revokeGoogle;

/** The channel of a sign-in. Whoever closed it since has none. */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const channels = await readChannels(ctx);
  if (channels.length === 0) throw new PlatformFailure({ ...NO_CHANNEL, platformCode: 'youtubeSignupRequired' });
  return channels;
}

/** https://developers.google.com/youtube/v3/docs/channels/list (`mine`) */
async function readChannels(ctx: Caller): Promise<ChannelInfo[]> {
  const operation = 'read the channel';
  const query = { part: 'snippet,contentDetails,status', mine: 'true' };
  const { items = [] } = await callYouTube(ctx, { operation, method: 'channels.list', query });
  // An account without a channel is answered without "items".
  if (!Array.isArray(items)) throw new MalformedAnswerError(operation, '"items" is not a list');
  return items.filter(isJsonObject).map((item) => channelIn(ctx, item, operation));
}

function channelIn(ctx: Caller, item: JsonObject, operation: string): ChannelInfo {
  const id = idField(item, 'id', operation);
  const snippet = isJsonObject(item.snippet) ? item.snippet : {};
  const { customUrl } = snippet;
  const handle = typeof customUrl === 'string' && customUrl.startsWith('@') ? customUrl.slice(1) : undefined;
  const avatarUrl = pictureIn(snippet);
  const www = endpointOf(ctx, 'www');
  return {
    id,
    name: stringField(snippet, 'title', operation),
    url: handle === undefined ? `${www}/channel/${id}` : `${www}/@${encodeURIComponent(handle)}`,
    details: { uploads: uploadsIn(item, operation) },
    ...(handle !== undefined && { handle }),
    ...(avatarUrl !== undefined && { avatarUrl }),
    ...(mayUploadLong(item) ? {} : { limits: UNVERIFIED_LIMITS }),
  };
}

/** The playlist that holds whatever is uploaded. https://developers.google.com/youtube/v3/docs/channels#contentDetails.relatedPlaylists.uploads */
function uploadsIn({ contentDetails }: JsonObject, operation: string): string {
  const related = isJsonObject(contentDetails) ? contentDetails.relatedPlaylists : undefined;
  if (!isJsonObject(related)) throw new MalformedAnswerError(operation, '"relatedPlaylists" is missing');
  return idField(related, 'uploads', operation);
}

/**
 * Videos of more than 15 minutes: `allowed`, or `eligible` and `disallowed` until a phone number is verified. Where it is not
 * said, YouTube decides. https://developers.google.com/youtube/v3/docs/channels#status.longUploadsStatus
 */
function mayUploadLong({ status }: JsonObject): boolean {
  const long = isJsonObject(status) ? status.longUploadsStatus : undefined;
  return long !== 'eligible' && long !== 'disallowed';
}

function pictureIn({ thumbnails }: JsonObject): string | undefined {
  const picture = isJsonObject(thumbnails) ? (thumbnails.medium ?? thumbnails.default) : undefined;
  const url = isJsonObject(picture) ? picture.url : undefined;
  return typeof url === 'string' && url !== '' ? url : undefined;
}
