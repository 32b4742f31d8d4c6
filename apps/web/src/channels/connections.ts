import { queryOptions } from '@tanstack/react-query';
import { answer, api, newIdempotencyKey, type Schema } from '../api/client.js';

/** An authorization at a platform. */
export type Connection = Schema<'ConnectionDto'>;
/** A platform as its manifest describes it. */
export type Platform = Schema<'PlatformDto'>;

/** What is sent to connect an account. */
export interface ConnectRequest {
  platform: string;
  practice: boolean;
  /** One of the network's ways to connect, where it has several. */
  way?: string;
  /** What the form holds; left out where the platform asks on a page of its own. */
  credentials?: Record<string, string>;
  /** Also where another workspace publishes to the same account. */
  acceptShared: boolean;
  /** Where the account reaches many places, none becomes a channel until somebody chooses. */
  chooseChannels?: boolean;
}

/** One of several ways to connect a network. */
export type ConnectWay = Schema<'ConnectWayDto'>;

/** Connects an account, or begins to where the platform asks on a page of its own. @throws ApiError, OfflineError */
export function connectAccount(workspaceId: string, body: ConnectRequest): Promise<Connection> {
  return answer(
    api.POST('/v1/workspaces/{id}/connections', {
      params: { path: { id: workspaceId }, header: { 'Idempotency-Key': newIdempotencyKey() } },
      body: { chooseChannels: false, ...body },
    }),
  );
}

/** The connections through which a workspace publishes. They change with its channels, so they share their key. */
export const connectionsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['channels', workspaceId, 'connections'],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/v1/workspaces/{id}/connections', { params: { path: { id: workspaceId } }, signal })))
        .data,
  });

/** One connection with its channels in all workspaces. */
export const connectionQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['connection', connectionId],
    queryFn: ({ signal }) =>
      answer(api.GET('/v1/connections/{id}', { params: { path: { id: connectionId } }, signal })),
  });

/** Whether one click connects a practice account: its credentials are known, and no page of its own asks. */
export function connectsByOneClick({ connect, practice }: Platform): boolean {
  return practice.available && connect.type === 'credentials';
}
