import { Card, Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { rememberedWorkspace } from '../app/last-workspace.js';
import { useMe } from '../app/workspace.js';
import { EmptyState } from '../ui/empty-state.js';
import { LinkButton, TextLink } from '../ui/links.js';
import { Page } from '../ui/page.js';
import { QueryView } from '../ui/query-view.js';
import { CauseSection } from './cause-section.js';
import { type CauseCount, causesOfQuery } from './queries.js';
import { RetryAllStatus, useRetryAll } from './retry-all.js';

const route = getRouteApi('/signed-in/attention');

/** Everything that waits for a person, by what is wrong with it, the worst first. */
export function AttentionScreen() {
  const { cause, workspace } = route.useSearch();
  const query = useQuery(causesOfQuery(workspace));
  const { run, start, dismiss } = useRetryAll();
  return (
    <Page
      title="Needs attention"
      description="What failed, is held, unconfirmed or late, by its cause."
      actions={<WorkspaceFilter workspace={workspace} cause={cause} />}
      maxWidth={1100}
    >
      <RetryAllStatus run={run} onDismiss={dismiss} />
      <Stack gap="md">
        <QueryView query={query} skeleton={<CausesSkeleton />}>
          {({ data }) => (
            <Causes
              causes={data}
              only={cause}
              workspace={workspace}
              onRetryAll={(items) => void start(items)}
              retrying={run !== undefined && run.done < run.total}
            />
          )}
        </QueryView>
      </Stack>
    </Page>
  );
}

interface CausesProps {
  causes: readonly CauseCount[];
  only: string | undefined;
  workspace: string | undefined;
  onRetryAll: Parameters<typeof CauseSection>[0]['onRetryAll'];
  retrying: boolean;
}

function Causes({ causes, only, workspace, ...rest }: CausesProps) {
  const shown = only === undefined ? causes : causes.filter(({ cause }) => cause === only);
  const hidden = causes.length - shown.length;
  return (
    <>
      {only !== undefined && (
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {shown.length === 0 ? 'Nothing has this cause any more.' : 'Only one cause is shown.'}
          </Text>
          {hidden > 0 && (
            <TextLink to="/attention" search={workspace === undefined ? {} : { workspace }} size="sm" fw={550}>
              Show everything
            </TextLink>
          )}
        </Group>
      )}
      {causes.length === 0 && <NothingWaits workspace={workspace} />}
      {shown.map((cause) => (
        <CauseSection
          key={cause.cause}
          cause={cause}
          workspace={workspace}
          alone={only !== undefined || causes.length === 1}
          {...rest}
        />
      ))}
    </>
  );
}

function NothingWaits({ workspace }: { workspace: string | undefined }) {
  const { workspaces } = useMe();
  const target = workspaces.find(({ id }) => id === workspace) ?? rememberedWorkspace(workspaces);
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

/** Which workspace is looked at; kept in the address. */
function WorkspaceFilter({ workspace, cause }: { workspace: string | undefined; cause: string | undefined }) {
  const { workspaces } = useMe();
  const navigate = route.useNavigate();
  if (workspaces.length < 2) return null;
  const choose = (value: string | null) =>
    void navigate({
      search: { ...(cause !== undefined && { cause }), ...(value !== null && value !== '' && { workspace: value }) },
    });
  return (
    <Select
      aria-label="Workspace"
      data={[{ value: '', label: 'All workspaces' }, ...workspaces.map(({ id, name }) => ({ value: id, label: name }))]}
      value={workspace ?? ''}
      onChange={choose}
      searchable={workspaces.length > 8}
    />
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
