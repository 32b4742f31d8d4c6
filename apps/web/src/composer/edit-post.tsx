import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey } from '../api/client.js';
import { ApiError } from '../api/problem.js';
import { postQuery } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { Page } from '../ui/page.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Composer } from './composer.js';
import { ComposerSkeleton } from './composer-skeleton.js';
import { type LocalDrafts } from './local-drafts.js';
import { ResumedNotice } from './notices.js';
import { openPost, openWithoutServer, type Opening } from './opening.js';

interface EditPostProps {
  postId: string;
  store: LocalDrafts;
  onCreated: (postId: string) => void;
}

/** A post that there is: what is kept of it on this device comes first, also while the server is away. */
export function EditPost({ postId, store, onCreated }: EditPostProps) {
  const workspace = useWorkspace();
  const [kept] = useState(() => store.read(postId));
  const [newId] = useState(() => store.newId(newIdempotencyKey()));
  // What another screen read a while ago may be an old version.
  const post = useQuery({ ...postQuery(postId), staleTime: 0, refetchOnMount: 'always' });
  const [opening, setOpening] = useState<Opening>();
  const [isReverted, setReverted] = useState(false);
  if (!opening) {
    const zone = workspace.timeZone;
    const isGone = post.error instanceof ApiError && post.error.status === 404;
    if (post.data && post.isFetchedAfterMount && !post.isError) setOpening(openPost(post.data, kept, zone));
    else if (kept && (post.failureCount > 0 || post.isError)) setOpening(openWithoutServer(kept, isGone));
    else if (post.isError) {
      return (
        <Page title="Edit post">
          <ProblemAlert error={post.error} onRetry={() => void post.refetch()} />
        </Page>
      );
    }
    return <ComposerSkeleton title="Edit post" />;
  }
  const revert = () => {
    store.remove(postId);
    if (post.data) setOpening(openPost(post.data, undefined, workspace.timeZone));
    setReverted(true);
  };
  return (
    <Composer
      key={isReverted ? 'reverted' : 'first'}
      opening={opening}
      store={store}
      newId={newId}
      post={post.data?.data}
      onCreated={onCreated}
      notice={
        opening.resumed &&
        !isReverted &&
        opening.base?.isDraft === false && (
          <ResumedNotice
            actions={
              <Button size="xs" variant="default" onClick={revert}>
                Start over
              </Button>
            }
          >
            These changes were kept on this device and are not saved.
          </ResumedNotice>
        )
      }
    />
  );
}
