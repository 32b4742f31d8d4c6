import { type SandboxRequest } from '#platforms/core';
import { badParameter, type Caller, missingParameter, notAllowed, pageCaller } from '#platforms/meta/sandbox';
import { PLACES, type State } from './state.js';

/** All parameters of a request, wherever they stand. */
export function parametersOf({ query, form }: SandboxRequest): Readonly<Record<string, string>> {
  return { ...query, ...form };
}

/** One that must be there. */
export function parameter(request: SandboxRequest, name: string): string {
  const value = parametersOf(request)[name];
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}

/** Somebody who may publish on this Page: https://developers.facebook.com/documentation/pages-api/posts */
export function creator(state: State, request: SandboxRequest, pageId: string): Caller {
  const found = pageCaller(state, request, pageId, 'pages_manage_posts');
  const page = state.pagesOf(found.token.userId).find(({ id }) => id === found.token.pageId);
  if (!page?.tasks.includes('CREATE_CONTENT')) {
    throw notAllowed('The user must be able to perform the CREATE_CONTENT task');
  }
  if (!found.grant.scopes.includes('pages_read_engagement')) {
    throw notAllowed('If posting to a page, requires both pages_read_engagement and pages_manage_posts permission');
  }
  return found;
}

/** The place of a post, which has to be a Page with an address. */
export function placeOf(given: Readonly<Record<string, string>>): { place?: string } {
  const { place } = given;
  if (place === undefined) return {};
  if (!PLACES.some(({ id, location }) => id === place && location)) {
    throw badParameter('Param place must be a valid place tag ID');
  }
  return { place };
}

/** What a place is called. */
export function placeName(id: string | undefined): string | undefined {
  return PLACES.find((place) => place.id === id)?.name;
}

/** A text as Facebook keeps it: neither blanks around it nor carriage returns. */
export function keptText(text = ''): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

/** An instant as Graph writes it. */
export function graphTime(at: number | string): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+0000');
}
