import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { badParameter, caller, graphAnswer, project, userCaller } from '#platforms/meta/sandbox';
import { type Counted, QUOTAS, requirePermission, type State, textIn, usernameOf } from './state.js';

const DAY_S = 86_400;

/** `GET /me`: https://developers.facebook.com/documentation/threads/threads-profiles */
export function me(state: State, request: SandboxRequest): SandboxAnswer {
  const { grant } = caller(state, request);
  requirePermission(grant, 'threads_basic');
  const node = {
    id: grant.userId,
    username: usernameOf(grant),
    name: grant.name,
    threads_profile_picture_url: null,
    threads_biography: 'Nothing here leaves this machine.',
    is_verified: false,
  };
  return graphAnswer(200, project(node, request.query.fields ?? 'id', 'ThreadsUser'));
}

/** How the fields of the limits are called, and what each needs. */
const FIELDS: Readonly<Record<string, { what: Counted; scopes: readonly string[] }>> = {
  quota_usage: { what: 'posts', scopes: [] },
  config: { what: 'posts', scopes: [] },
  reply_quota_usage: { what: 'replies', scopes: ['threads_manage_replies'] },
  reply_config: { what: 'replies', scopes: ['threads_manage_replies'] },
  delete_quota_usage: { what: 'deletions', scopes: [] },
  delete_config: { what: 'deletions', scopes: [] },
  location_search_quota_usage: { what: 'searches', scopes: [] },
  location_search_config: { what: 'searches', scopes: [] },
};

/** `GET /{user}/threads_publishing_limit`: https://developers.facebook.com/documentation/threads/overview#rate-limiting */
export function publishingLimit(state: State, request: SandboxRequest): SandboxAnswer {
  const { grant } = userCaller(state, request, request.params.id ?? '');
  requirePermission(grant, 'threads_basic', 'threads_content_publish');
  const answer: JsonObject = {};
  for (const name of (request.query.fields ?? 'quota_usage,config').split(',')) {
    const field = FIELDS[name];
    if (!field) throw badParameter(`Tried accessing nonexisting field (${name})`);
    requirePermission(grant, ...field.scopes);
    answer[name] = name.endsWith('config')
      ? { quota_total: QUOTAS[field.what], quota_duration: DAY_S }
      : state.used(grant.userId, field.what);
  }
  return graphAnswer(200, { data: [answer] });
}

/** For the practice alone: as if that much had been used today, `{user, what, times}`. */
export function useUp(state: State, { json }: SandboxRequest): SandboxAnswer {
  const what = (Object.keys(QUOTAS) as Counted[]).find((known) => known === json.what);
  if (!what || typeof json.times !== 'number') {
    return { status: 422, body: { message: 'Give "user", "what" (posts, replies, deletions, searches) and "times".' } };
  }
  state.count(textIn(json, 'user'), what, json.times);
  return { status: 204 };
}
