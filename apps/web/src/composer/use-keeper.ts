import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { answerWithTag, api, newIdempotencyKey } from '../api/client.js';
import { postQuery } from '../api/queries.js';
import { type Draft } from './draft.js';
import { DraftKeeper, type KeeperApi, type KeepStatus, type TaggedPost } from './draft-keeper.js';
import { type LocalDrafts, type PendingCreate } from './local-drafts.js';
import { type Opening } from './opening.js';

interface KeeperInput {
  workspaceId: string;
  store: LocalDrafts;
  newId: string;
  opening: Opening;
  pending: PendingCreate | undefined;
  onCreated: (postId: string) => void;
}

/** Keeps the draft of an editor for as long as that is open. */
export function useKeeper(input: KeeperInput, draft: Draft): { keeper: DraftKeeper; status: KeepStatus } {
  const queryClient = useQueryClient();
  const [keeper] = useState(() => {
    const { opening, pending, workspaceId, ...rest } = input;
    return new DraftKeeper({
      ...rest,
      api: keeperApi(queryClient, workspaceId),
      newKey: newIdempotencyKey,
      draft: opening.draft,
      ...(opening.base && { base: opening.base }),
      ...(opening.status && { status: opening.status }),
      ...(pending && { pending }),
    });
  });
  const status = useSyncExternalStore(keeper.subscribe, () => keeper.status);
  useEffect(() => {
    keeper.start();
    return () => keeper.stop();
  }, [keeper]);
  useEffect(() => keeper.keep(draft), [keeper, draft]);
  useEffect(() => {
    const retry = () => void keeper.flush();
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [keeper]);
  return { keeper, status };
}

/** The API for a draft. What it answers is known to all screens at once. */
function keeperApi(queryClient: QueryClient, workspaceId: string): KeeperApi {
  const known = (post: TaggedPost): TaggedPost => {
    queryClient.setQueryData(postQuery(post.data.id).queryKey, post);
    for (const list of ['posts', 'calendar']) void queryClient.invalidateQueries({ queryKey: [list] });
    return post;
  };
  // As mutations, so that an ended session is noticed here as everywhere.
  const mutate = (call: () => Promise<TaggedPost>) =>
    queryClient.getMutationCache().build(queryClient, { mutationFn: call, retry: false }).execute(undefined);
  const post = (id: string) => ({ path: { id } });
  return {
    create: async (body, key) =>
      known(
        await mutate(() => {
          const params = { path: { id: workspaceId }, header: { 'Idempotency-Key': key } };
          return answerWithTag(api.POST('/v1/workspaces/{id}/posts', { params, body }));
        }),
      ),
    change: async (id, etag, body) =>
      known(
        await mutate(() =>
          answerWithTag(api.PATCH('/v1/posts/{id}', { params: { ...post(id), header: { 'If-Match': etag } }, body })),
        ),
      ),
    read: (id) => mutate(() => answerWithTag(api.GET('/v1/posts/{id}', { params: post(id) }))),
  };
}
