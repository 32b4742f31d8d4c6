import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey } from '../api/client.js';
import { ApiError } from '../api/problem.js';
import { type Post, postQuery } from '../api/queries.js';
import { useWorkspace } from '../app/workspace.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/links.js';
import { Page } from '../ui/page.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { isOut } from '../ui/publication-state.js';
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
  const [isAllOut, setAllOut] = useState(false);
  if (!opening) {
    const zone = workspace.timeZone;
    const isGone = post.error instanceof ApiError && post.error.status === 404;
    if (post.data && post.isFetchedAfterMount && !post.isError) {
      setOpening(openPost(post.data, kept, zone));
      // Whoever begins to write before it goes out keeps the editor.
      setAllOut(isEverywhereOut(post.data.data));
    } else if (kept && (post.failureCount > 0 || post.isError)) setOpening(openWithoutServer(kept, isGone));
    else if (post.isError) {
      return (
        <Page title="Edit post">
          <ProblemAlert error={post.error} onRetry={() => void post.refetch()} />
        </Page>
      );
    }
    return <ComposerSkeleton title="Edit post" />;
  }
  if (post.data && isAllOut && !opening.resumed) return <AllOut post={post.data.data} />;
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

function isEverywhereOut({ publications }: Post): boolean {
  const living = publications.filter(({ state }) => state !== 'cancelled');
  return living.length > 0 && living.every(({ state }) => isOut(state));
}

/** A post that is out everywhere has nothing left to edit. */
function AllOut({ post }: { post: Post }) {
  const params = { workspaceId: post.workspaceId, postId: post.id };
  return (
    <Page title="Edit post">
      <EmptyState
        icon={IconSend}
        title="Nothing of this post can be changed any more"
        action={
          <LinkButton to="/w/$workspaceId/posts/$postId" params={params}>
            See the post
          </LinkButton>
        }
      >
        It is out on every channel that it was written for. Its page tells what happened on each.
      </EmptyState>
    </Page>
  );
}
