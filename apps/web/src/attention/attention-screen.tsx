import { Card, Skeleton, Stack } from '@mantine/core';
import { IconCircleCheck, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { rememberedWorkspace } from '../app/last-workspace.js';
import { causesQuery } from '../app/shell-queries.js';
import { useMe } from '../app/workspace.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/links.js';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { ActionBar } from './action-bar.js';
import { BulkDialog } from './bulk-dialog.js';
import { type SupportAction } from './bulk.js';
import { CauseSection } from './cause-section.js';
import { FilterBar } from './filter-bar.js';
import { causesOfQuery } from './queries.js';
import { type AttentionSearch } from './search.js';
import { chosenOf, countOf, NOTHING, type Selection } from './selection.js';
import { useFilter } from './use-filter.js';

const route = getRouteApi('/signed-in/attention');

/** Everything that waits for a person, by what is wrong with it, the worst first. */
export function AttentionScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const all = useQuery(causesQuery);
  const { filter, understood, pending } = useFilter(search);
  const query = useQuery({ ...causesOfQuery(filter), enabled: !pending });
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [action, setAction] = useState<SupportAction>();
  const causes = query.data?.data ?? [];
  const go = (next: AttentionSearch) => {
    setSelection(NOTHING);
    void navigate({ search: next });
  };
  const filtered = Object.keys(search).length > 0;
  return (
    <Page
      title="Needs attention"
      description="What failed, is held, unconfirmed or late, by its cause."
      maxWidth={1100}
    >
      <FilterBar search={search} onChange={go} causes={all.data?.data ?? []} understood={understood} />
      <Stack gap="md">
        <QueryView query={query} skeleton={<CausesSkeleton />}>
          {({ data }) =>
            data.length === 0 ? (
              <Nothing filtered={filtered} />
            ) : (
              data.map((cause) => (
                <CauseSection
                  key={cause.cause}
                  cause={cause}
                  filter={filter}
                  alone={data.length === 1}
                  search={search}
                  selection={selection}
                  onSelect={setSelection}
                />
              ))
            )
          }
        </QueryView>
      </Stack>
      <ActionBar
        count={countOf(selection, causes)}
        total={query.data?.total ?? 0}
        onAct={setAction}
        onAll={() => setSelection({ kind: 'all' })}
        onNone={() => setSelection(NOTHING)}
      />
      {action && (
        <BulkDialog
          action={action}
          chosen={chosenOf(selection, filter)}
          onClose={(done) => {
            setAction(undefined);
            if (done) setSelection(NOTHING);
          }}
        />
      )}
    </Page>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { workspaces } = useMe();
  const target = rememberedWorkspace(workspaces);
  if (filtered) {
    return (
      <Card>
        <EmptyState
          icon={IconSearch}
          title="Nothing found"
          action={
            <LinkButton variant="default" to="/attention" search={{}}>
              Show everything
            </LinkButton>
          }
        >
          Only what failed, is held, unconfirmed or late is searched. What was mended meanwhile is no longer here.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <EmptyState
        icon={IconCircleCheck}
        title="Nothing needs you"
        action={
          target && (
            <LinkButton variant="default" to="/w/$workspaceId/calendar" params={{ workspaceId: target.id }}>
              Look at the calendar
            </LinkButton>
          )
        }
      >
        Everything that was due is out, and everything planned can go out on time. What goes wrong appears here at once.
      </EmptyState>
    </Card>
  );
}

function CausesSkeleton() {
  return (
    <Stack gap="md">
      {[0, 1].map((card) => (
        <Card key={card}>
          <Skeleton height={24} width="50%" mb="sm" />
          <Skeleton height={18} width="70%" mb="lg" />
          <Skeleton height={64} mb="sm" />
          <Skeleton height={64} />
        </Card>
      ))}
    </Stack>
  );
}
