import {
  type AccountContext,
  type ChannelTerms,
  type DraftMedia,
  type JsonObject,
  MalformedAnswerError,
  PlatformFailure,
  type SettingTerms,
  stringField,
} from '#platforms/core';
import { callApi, type Caller, codeOf, OPERATIONS } from './api.js';
import { CLOSED, interactionOff, KNOWN, type KnownFailure, tooLongForAccount, UNAUDITED } from './failures.js';
import { isAudited } from './options.js';
import { isGranted } from './scopes.js';
import { type Choice, FORMATS, PRIVACY } from './settings.js';

/** What TikTok says of an account before each post. */
export type Creator = {
  username: string;
  nickname: string;
  /** Holds for two hours. */
  avatarUrl: string;
  /** Values of `PRIVACY`. */
  privacy: string[];
  /** Switched off in the account. */
  off: { comments: boolean; duet: boolean; stitch: boolean };
  /** Milliseconds; null where TikTok does not say. */
  maxVideoMs: number | null;
};

/** The settings that allow something, by what they allow. */
const INTERACTIONS = [
  { key: 'comments', setting: 'allowComments', what: 'comments' },
  { key: 'duet', setting: 'allowDuet', what: 'duets' },
  { key: 'stitch', setting: 'allowStitch', what: 'stitches' },
] as const;

/** https://developers.tiktok.com/doc/content-posting-api-reference-query-creator-info */
export async function readCreator(ctx: Caller): Promise<Creator> {
  const operation = OPERATIONS.creator;
  const data = await callApi(ctx, { operation, path: '/post/publish/creator_info/query/', json: {} });
  const { privacy_level_options: options, creator_avatar_url: avatar, max_video_post_duration_sec: seconds } = data;
  if (!Array.isArray(options)) throw new MalformedAnswerError(operation, '"privacy_level_options" is no list');
  const username = stringField(data, 'creator_username', operation);
  const isOff = (field: string) => data[field] === true;
  return {
    username,
    nickname: nameIn(data, username),
    avatarUrl: typeof avatar === 'string' ? avatar : '',
    privacy: options.filter((option) => typeof option === 'string'),
    off: { comments: isOff('comment_disabled'), duet: isOff('duet_disabled'), stitch: isOff('stitch_disabled') },
    maxVideoMs: typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : null,
  };
}

function nameIn({ creator_nickname: nickname }: JsonObject, username: string): string {
  return typeof nickname === 'string' && nickname.trim() !== '' ? nickname : username;
}

/** Refuses what the account may not post right now, before anything is sent. Throws `PlatformFailure`. */
export function requireAllowed(creator: Creator, choice: Choice, media: readonly DraftMedia[]): void {
  if (choice.privacy === undefined || !creator.privacy.includes(choice.privacy)) {
    const mismatch = 'privacy_level_option_mismatch';
    const failure = KNOWN[mismatch];
    if (failure) throw new PlatformFailure({ ...failure, platformCode: mismatch });
  }
  const [first] = media;
  const isVideo = first?.kind === 'video';
  for (const { key, setting, what } of INTERACTIONS) {
    // Duets and stitches are of videos alone.
    if ((isVideo || key === 'comments') && creator.off[key] && choice.isOn(setting)) {
      throw new PlatformFailure(interactionOff(what));
    }
  }
  const { durationMs = 0 } = first ?? {};
  if (isVideo && creator.maxVideoMs !== null && durationMs > creator.maxVideoMs) {
    throw new PlatformFailure(tooLongForAccount(Math.ceil(durationMs / 1_000), Math.floor(creator.maxVideoMs / 1_000)));
  }
}

/**
 * What TikTok says right now about posting as this account. "API Clients must retrieve the latest creator info when rendering
 * the Post to TikTok page." https://developers.tiktok.com/doc/content-sharing-guidelines
 */
export async function terms(ctx: AccountContext): Promise<ChannelTerms> {
  if (!isGranted(ctx, 'video.publish')) return { settings: { format: { options: optionsOf('draft') } } };
  try {
    const creator = await readCreator(ctx);
    return {
      account: {
        name: creator.nickname,
        handle: creator.username,
        ...(creator.avatarUrl !== '' && { avatarUrl: creator.avatarUrl }),
      },
      ...(isRefusedUnaudited(ctx, creator) && { closed: inWords(UNAUDITED) }),
      ...(creator.maxVideoMs !== null && { maxVideoMs: creator.maxVideoMs }),
      settings: settingTerms(ctx, creator),
    };
  } catch (error) {
    const code = codeOf(error);
    const failure = code !== undefined && CLOSED.includes(code) ? KNOWN[code] : undefined;
    if (!failure) throw error;
    return { closed: inWords(failure) };
  }
}

const inWords = ({ message, remedy }: KnownFailure): string => `${message} ${remedy}`;

/** Only public accounts are offered everybody as the audience, and an app that was not audited may post on private ones alone. */
function isRefusedUnaudited({ options }: AccountContext, { privacy }: Creator): boolean {
  return !isAudited(options) && privacy.includes('PUBLIC_TO_EVERYONE');
}

function settingTerms(ctx: AccountContext, { privacy, off }: Creator): Record<string, SettingTerms> {
  const offered = isAudited(ctx.options) ? privacy : privacy.filter((option) => option === 'SELF_ONLY');
  const unavailable = INTERACTIONS.filter(({ key }) => off[key]).map(({ setting, what }) => [
    setting,
    { unavailable: `This account has switched ${what} off in TikTok.` },
  ]);
  return {
    privacy: { options: PRIVACY.filter(({ value }) => offered.includes(value)) },
    // What the permissions do not hold is no choice of today's, and refused in words by `prepare` as well.
    ...(!isGranted(ctx, 'video.upload') && { format: { options: optionsOf('post') } }),
    ...(Object.fromEntries(unavailable) as Record<string, SettingTerms>),
  };
}

function optionsOf(format: string): { value: string; label: string }[] {
  return FORMATS.filter(({ id }) => id === format).map(({ id, label }) => ({ value: id, label }));
}
