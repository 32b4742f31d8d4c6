import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';

export type Member = Schema<'MemberDto'>;
export type Invitation = Schema<'InvitationDto'>;
export type InvitationCard = Schema<'InvitationCardDto'>;
export type Membership = Schema<'MembershipDto'>;

const PAGE = 100;

/** Every member of an organization. */
export const membersQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['members', organizationId],
    queryFn: ({ signal }) =>
      everyPage<Member>((cursor) =>
        answer(
          api.GET('/v1/organizations/{id}/members', {
            params: { path: { id: organizationId }, query: { limit: PAGE, ...cursor } },
            signal,
          }),
        ),
      ),
  });

/** Every open invitation to an organization. */
export const invitationsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['invitations', organizationId],
    queryFn: ({ signal }) =>
      everyPage<Invitation>((cursor) =>
        answer(
          api.GET('/v1/organizations/{id}/invitations', {
            params: { path: { id: organizationId }, query: { limit: PAGE, ...cursor } },
            signal,
          }),
        ),
      ),
  });

/** The organizations of whoever is signed in. */
export const organizationsQuery = queryOptions({
  queryKey: ['organizations'],
  queryFn: async ({ signal }) => (await answer(api.GET('/v1/me/organizations', { signal }))).data,
});

/** What an invitation is to, for whoever holds its link. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => answer(api.GET('/v1/invitations/{token}', { params: { path: { token } }, signal })),
  });

async function everyPage<T>(read: (cursor: { cursor?: string }) => Promise<{ data: T[]; next?: string }>) {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor === undefined ? {} : { cursor });
    all.push(...page.data);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}
