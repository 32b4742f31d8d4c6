import { type SandboxRequest } from '#platforms/core';
import { caller, GraphRefusal, noSuchObject, requireScope } from '#platforms/meta/sandbox';
import { type Account, type State, type Surface } from './state.js';

/** What a call needs, by the permission of either login. */
const SCOPES = {
  basic: { instagram: 'instagram_business_basic', facebook: 'instagram_basic' },
  publish: { instagram: 'instagram_business_content_publish', facebook: 'instagram_content_publish' },
  comments: { instagram: 'instagram_business_manage_comments', facebook: 'instagram_manage_comments' },
  contents: { instagram: undefined, facebook: 'instagram_manage_contents' },
} as const;

/** Who acts, and as which account. */
export interface Actor {
  token: string;
  account: Account;
}

/**
 * The caller, where the token is one of this account and allows it: an Instagram user token, or the token of the Page that the
 * account is connected to.
 * https://developers.facebook.com/docs/instagram-platform/content-publishing#requirements
 */
export function actor(
  state: State,
  surface: Surface,
  request: SandboxRequest,
  accountId: string,
  permission: keyof typeof SCOPES,
): Actor {
  const login = state.logins[surface];
  const { text, token, grant } = caller(login, request);
  const account = surface === 'instagram' ? state.accountOfPerson(token.userId) : accountOfToken(state, token);
  if (account?.id !== accountId) throw noSuchObject(verbOf(request), accountId);
  const scope = SCOPES[permission][surface];
  if (scope === undefined) throw noSuchObject(verbOf(request), accountId);
  requireScope(grant, SCOPES.basic[surface]);
  requireScope(grant, scope);
  if (surface === 'facebook' && !grant.pages.includes(token.pageId ?? '')) {
    throw new GraphRefusal({ code: 10, message: '(#10) Application does not have permission for this action' }, 403);
  }
  return { token: text, account };
}

function accountOfToken(state: State, { userId, pageId }: { userId: string; pageId?: string }): Account | undefined {
  const page = state.logins.facebook.pagesOf(userId).find(({ id }) => id === pageId);
  return page && state.accountOfPage(page);
}

function verbOf({ method }: SandboxRequest): 'get' | 'post' | 'delete' {
  if (method === 'DELETE') return 'delete';
  return method === 'GET' ? 'get' : 'post';
}
