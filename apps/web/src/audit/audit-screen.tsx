import { Button, Card, Skeleton, Stack } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../app/workspace.js';
import { SettingsPage } from '../settings/settings-page.js';
import { EmptyState } from '../ui/empty-state.js';
import { QueryView } from '../ui/query-view.js';
import { AuditFilters } from './audit-filters.js';
import { AuditRow } from './audit-row.js';
import classes from './audit.module.css';
import { auditQuery } from './queries.js';
import { type AuditSearch, exportAddress, filterOf } from './search.js';

const route = getRouteApi('/signed-in/settings/audit-log');

/** Who did what to what in the organization, when and from where. */
export function AuditScreen() {
  const mayRead = useMay('audit.read');
  if (mayRead) return <AuditLog />;
  return (
    <SettingsPage title="Audit log">
      <Card>
        <EmptyState icon={IconSearch} title="Not for your role">
          Owners, admins and support read what was done in the organization. Ask one of them.
        </EmptyState>
      </Card>
    </SettingsPage>
  );
}

function AuditLog() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: AuditSearch) => void navigate({ search: next });
  const filter = filterOf(search, Date.now());
  const query = useInfiniteQuery(auditQuery(filter));
  return (
    <SettingsPage
      title="Audit log"
      actions={
        <Button
          component="a"
          href={exportAddress(filter)}
          download
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          Export as CSV
        </Button>
      }
    >
      <AuditFilters search={search} onChange={go} />
      <QueryView query={query} skeleton={<EntriesSkeleton />}>
        {({ pages }) => {
          const entries = pages.flatMap(({ data }) => data);
          if (entries.length === 0) return <Nothing filtered={Object.keys(search).length > 0} />;
          return (
            <Card>
              <ul className={classes['entries']}>
                {entries.map((entry) => (
                  <AuditRow key={entry.id} entry={entry} onThing={(thing) => go({ thing })} />
                ))}
              </ul>
              {query.hasNextPage && (
                <Button
                  variant="default"
                  mt="md"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  Show older entries
                </Button>
              )}
            </Card>
          );
        }}
      </QueryView>
    </SettingsPage>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return (
    <Card>
      <EmptyState icon={IconSearch} title={filtered ? 'Nothing found' : 'Nothing was done yet'}>
        {filtered
          ? 'Nothing was done that fits. Choose less.'
          : 'Whatever somebody changes from now on stands here, and cannot be changed afterwards.'}
      </EmptyState>
    </Card>
  );
}

function EntriesSkeleton() {
  return (
    <Card>
      <Stack gap="md">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} height={52} />
        ))}
      </Stack>
    </Card>
  );
}
