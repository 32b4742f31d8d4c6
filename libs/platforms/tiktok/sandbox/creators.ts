import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { invalid, ok, Refused } from './answers.js';
import { isAuditedApp } from './consent.js';
import { type Person, type Publish, type State, type Token } from './state.js';
import { caller } from './tokens.js';

const DAY_MS = 86_400_000;
/** "Typically around 15 posts per day/ creator account." https://developers.tiktok.com/doc/content-sharing-guidelines */
const POSTS_A_DAY = 15;
/** "Up to 5 users may post in a 24 hour window." Same page. */
const UNAUDITED_USERS = 5;
/** "There may be at most 5 pending shares within any 24-hour period." https://developers.tiktok.com/doc/content-posting-api-reference-upload-video */
const PENDING_SHARES = 5;

const FIELDS = ['open_id', 'union_id', 'avatar_url', 'avatar_url_100', 'avatar_large_url', 'display_name'];

/** `GET /v2/user/info/`: https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info */
export function readUser(state: State, request: SandboxRequest): SandboxAnswer {
  const { person } = caller(state, request, 'user.info.basic');
  const fields = (request.query.fields ?? '').split(',').filter((field) => field !== '');
  if (fields.length === 0) throw new Refused(400, 'invalid_params', 'The fields are missing.');
  const unknown = fields.find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) {
    throw new Refused(401, 'scope_not_authorized', `The user did not authorize the scope of the field ${unknown}.`);
  }
  const all: Record<string, string> = {
    open_id: person.openId,
    union_id: `union${person.openId}`,
    display_name: person.name,
    ...Object.fromEntries(FIELDS.filter((field) => field.includes('avatar')).map((field) => [field, avatarOf(state)])),
  };
  return ok({ user: Object.fromEntries(fields.map((field) => [field, all[field] ?? ''])) });
}

/** `POST /v2/post/publish/creator_info/query/` */
export function readCreator(state: State, request: SandboxRequest): SandboxAnswer {
  const { person, token } = caller(state, request, 'video.publish');
  if (Object.keys(request.json).length > 0) throw invalid('The request has no parameters.');
  // Refusals of this request come with HTTP 200: what counts is the code.
  requirePostable(state, person, token, 200);
  return ok({
    creator_avatar_url: avatarOf(state),
    creator_username: person.username,
    creator_nickname: person.name,
    privacy_level_options: optionsOf(person),
    comment_disabled: person.commentsOff,
    // "If the creator's account is private, duet and stitch are disabled."
    duet_disabled: person.duetOff || person.isPrivate,
    stitch_disabled: person.stitchOff || person.isPrivate,
    max_video_post_duration_sec: person.maxSeconds,
  });
}

/** Which audiences an account may post for. https://developers.tiktok.com/doc/content-posting-api-reference-query-creator-info */
export function optionsOf({ isPrivate }: Person): string[] {
  return [isPrivate ? 'FOLLOWER_OF_CREATOR' : 'PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'];
}

/** Throws where the account can post nothing right now. */
export function requirePostable(state: State, person: Person, token: Token, status: number): void {
  const since = state.now() - DAY_MS;
  if (person.isBanned) {
    throw new Refused(status, 'spam_risk_user_banned_from_posting', 'The user is banned from making new posts.');
  }
  const posts = state
    .publishesOf(person.openId)
    .filter(({ isDraft, completeAt = 0 }: Publish) => !isDraft && completeAt > since);
  if (posts.length >= POSTS_A_DAY) {
    const message = 'The daily post cap from the API is reached for the current user.';
    throw new Refused(status, 'spam_risk_too_many_posts', message);
  }
  requireUserCap(state, person, token, status);
}

function requireUserCap(state: State, { openId }: Person, { clientKey }: Token, status: number): void {
  if (isAuditedApp(clientKey)) return;
  const since = state.now() - DAY_MS;
  const recent = state.allPublishes().filter((one) => one.clientKey === clientKey && (one.completeAt ?? 0) > since);
  const users = new Set(recent.map((one) => one.openId));
  if (users.size >= UNAUDITED_USERS && !users.has(openId)) {
    const message = 'The daily quota for active publishing users from your client is reached.';
    throw new Refused(status, 'reached_active_user_cap', message);
  }
}

/** Throws where too many drafts wait in the inbox. */
export function requireInboxRoom(state: State, { openId }: Person): void {
  const since = state.now() - DAY_MS;
  const waiting = state
    .publishesOf(openId)
    .filter(({ isDraft, completeAt = 0, problem, postedAt }) => isDraft && completeAt > since && !problem && !postedAt);
  if (waiting.length >= PENDING_SHARES) {
    const message = 'The daily upload cap from the API is reached for the current user.';
    throw new Refused(403, 'spam_risk_too_many_pending_share', message);
  }
}

function avatarOf(state: State): string {
  return `${state.world.baseUrl}/www/avatar.svg`;
}
