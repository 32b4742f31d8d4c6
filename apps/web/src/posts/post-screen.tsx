import { Card, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { type Post, postQuery } from '../api/queries.js';
import { ApprovalPanel } from '../approvals/approval-panel.js';
import { CommentsPanel } from '../comments/comments-panel.js';
import { CommentsProvider } from '../comments/comments-provider.js';
import { RevisionList } from '../revisions/revision-list.js';
import { ReviewLinksCard } from '../review/review-links-card.js';
import { Page } from '../ui/page.js';
import { isOut, isUnderWay } from '../ui/publication-state.js';
import { QueryView } from '../ui/query-view.js';
import { summaryOf } from './editing.js';
import { PostActions } from './post-actions.js';
import classes from './posts.module.css';
import { Publications } from './publications.js';
import { Written } from './written.js';

const route = getRouteApi('/signed-in/w/$workspaceId/posts/$postId');

/** A post: what was written, and what became of it on each channel. */
export function PostScreen() {
  const { postId } = route.useParams();
  const query = useQuery(postQuery(postId));
  const post = query.data?.data;
  return (
    <Page
      title="Post"
      description={post ? summaryOf(post) : ' '}
      actions={post && <PostActions post={post} etag={query.data?.etag ?? ''} />}
      maxWidth={1240}
    >
      <QueryView query={query} skeleton={<PostSkeleton />}>
        {({ data }) => <PostView post={data} />}
      </QueryView>
    </Page>
  );
}

function PostView({ post }: { post: Post }) {
  // What became of it comes before what was said about it, once something did; nothing moves while somebody looks.
  const [begun] = useState(() => hasBegun(post, Date.now()));
  return (
    <CommentsProvider post={post}>
      <div className={classes['layout']}>
        <Written post={post} />
        <Stack gap="md">
          <ApprovalPanel post={post} />
          {!begun && <ReviewLinksCard post={post} />}
          {!begun && <CommentsPanel post={post} />}
          <Publications post={post} />
          {begun && <ReviewLinksCard post={post} />}
          {begun && <CommentsPanel post={post} />}
          <RevisionList post={post} />
        </Stack>
      </div>
    </CommentsProvider>
  );
}

/** Whether something became of it, or its time has come. @param now in milliseconds since 1970 */
function hasBegun({ publications }: Post, now: number): boolean {
  return publications.some(
    ({ state, dueAt }) => isOut(state) || state === 'failed' || (isUnderWay(state) && Date.parse(dueAt) <= now),
  );
}

function PostSkeleton() {
  return (
    <div className={classes['layout']}>
      <Card>
        <Skeleton height={20} width="60%" mb="md" />
        <Skeleton height={90} mb="md" />
        <Skeleton height={120} />
      </Card>
      <Stack gap="md">
        {[0, 1].map((card) => (
          <Card key={card}>
            <Skeleton height={24} width="40%" mb="md" />
            <Skeleton height={20} width="80%" mb="sm" />
            <Skeleton height={60} />
          </Card>
        ))}
      </Stack>
    </div>
  );
}
