import { Button, Paper, Skeleton, Stack } from '@mantine/core';
import { IconNotes } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { channelsQuery, type Post } from '../api/queries.js';
import { useMay, useWorkspace } from '../app/workspace.js';
import { confirm } from '../ui/confirm.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/links.js';
import { Page } from '../ui/page.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { DraftRow } from './drafts/draft-row.js';
import classes from './drafts/drafts.module.css';
import { draftsQuery, useDeleteDraft } from './drafts/drafts-query.js';

const SKELETONS = 6;
const WIDTH = 960;

/** What is written and not scheduled anywhere yet. */
export function DraftsScreen() {
  const workspace = useWorkspace();
  const mayEdit = useMay('posts.write');
  const query = useInfiniteQuery(draftsQuery(workspace.id));
  const drafts = query.data?.pages.flatMap(({ data }) => data);
  return (
    <Page title="Drafts" description="Written, and not scheduled anywhere yet." maxWidth={WIDTH}>
      <Stack gap="md">
        {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {!drafts && !query.error && <DraftsSkeleton />}
        {drafts?.length === 0 && <NoDrafts workspaceId={workspace.id} mayEdit={mayEdit} />}
        {drafts && drafts.length > 0 && <DraftList drafts={drafts} mayEdit={mayEdit} />}
        {query.hasNextPage && (
          <Button
            variant="default"
            mx="auto"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show older drafts
          </Button>
        )}
      </Stack>
    </Page>
  );
}

function DraftList({ drafts, mayEdit }: { drafts: readonly Post[]; mayEdit: boolean }) {
  const workspace = useWorkspace();
  const { data: channels = [] } = useQuery(channelsQuery(workspace.id));
  const deletion = useDeleteDraft(workspace.id);
  const remove = async (draft: Post) => {
    const sure = await confirm({
      title: 'Delete this draft?',
      children: 'Its text and what was chosen for it are gone. Its images stay in the library.',
      confirm: 'Delete',
      danger: true,
    });
    if (sure) deletion.mutate(draft);
  };
  return (
    <Paper withBorder component="ul" className={classes['list'] ?? ''}>
      {drafts.map((draft) => (
        <DraftRow
          key={draft.id}
          draft={draft}
          channels={channels}
          zone={workspace.timeZone}
          mayEdit={mayEdit}
          deleting={deletion.isPending && deletion.variables.id === draft.id}
          onDelete={() => void remove(draft)}
        />
      ))}
    </Paper>
  );
}

function NoDrafts({ workspaceId, mayEdit }: { workspaceId: string; mayEdit: boolean }) {
  return (
    <Paper withBorder>
      <EmptyState
        icon={IconNotes}
        title="No drafts"
        action={
          mayEdit && (
            <LinkButton to="/w/$workspaceId/compose" params={{ workspaceId }}>
              Write a post
            </LinkButton>
          )
        }
      >
        A post that is saved without a time waits here until you schedule it.
      </EmptyState>
    </Paper>
  );
}

function DraftsSkeleton() {
  return (
    <div aria-busy="true">
      <span className="visually-hidden" role="status">
        Loading
      </span>
      <Stack gap={4}>
        {Array.from({ length: SKELETONS }, (_, row) => (
          <Skeleton key={row} height={74} radius="md" />
        ))}
      </Stack>
    </div>
  );
}
