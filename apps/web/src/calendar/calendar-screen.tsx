import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { channelsQuery } from '../api/queries.js';
import { useMay } from '../app/workspace.js';
import { Page } from '../ui/page.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { QueryView } from '../ui/query-view.js';
import { CalendarFilters } from './calendar-filters.js';
import { CalendarEmpty, CalendarNotice, type Emptiness } from './calendar-hints.js';
import { CalendarSkeleton } from './calendar-skeleton.js';
import { CalendarToolbar } from './calendar-toolbar.js';
import { DayOfMonth } from './day-of-month.js';
import { EventList } from './event-list.js';
import { GroupDrawer } from './group-drawer.js';
import { type EntryGroup } from './groups.js';
import { movableOf } from './reschedule.js';
import { useCalendarEntries, useCalendarView } from './use-calendar.js';
import { useReschedule } from './use-reschedule.js';

// The list needs none of it.
const CalendarGrid = lazy(async () => ({ default: (await import('./calendar-grid.js')).CalendarGrid }));

/** What goes out when, as a month, a week or a list; posts are moved by dragging or by a form. */
export function CalendarScreen() {
  const calendar = useCalendarView();
  const { query, groups } = useCalendarEntries(calendar);
  const { move } = useReschedule(calendar.zone);
  const mayEdit = useMay('posts.write');
  const [openId, setOpenId] = useState<string>();
  const moveGroup = (group: EntryGroup, to: string) => move({ post: movableOf(group), to });
  return (
    <Page title="Calendar">
      <Stack gap="md">
        <CalendarToolbar calendar={calendar} />
        <CalendarFilters calendar={calendar} />
        {query.data && query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        <QueryView query={query} skeleton={<CalendarSkeleton layout={calendar.layout} />}>
          {(entries) => (
            <CalendarBody
              calendar={calendar}
              found={entries.length}
              groups={groups}
              settled={!query.isPlaceholderData}
              mayEdit={mayEdit}
              onOpen={(group) => setOpenId(group.id)}
              onMove={moveGroup}
            />
          )}
        </QueryView>
      </Stack>
      <GroupDrawer
        group={groups.find(({ id }) => id === openId)}
        calendar={calendar}
        mayEdit={mayEdit}
        onClose={() => setOpenId(undefined)}
        onMove={moveGroup}
      />
    </Page>
  );
}

interface CalendarBodyProps {
  calendar: ReturnType<typeof useCalendarView>;
  groups: readonly EntryGroup[];
  /** How many publications there are, hidden ones included. */
  found: number;
  /** Whether these are the posts of this range, and not still those of the one before. */
  settled: boolean;
  mayEdit: boolean;
  onOpen: (group: EntryGroup) => void;
  onMove: (group: EntryGroup, to: string) => boolean;
}

function CalendarBody({ calendar, groups, found, settled, mayEdit, onOpen, onMove }: CalendarBodyProps) {
  const { workspace, layout, narrow, zone, today, go } = calendar;
  const navigate = useNavigate();
  const channels = useQuery(channelsQuery(workspace.id)).data;
  const params = { workspaceId: workspace.id };
  const emptiness = settled && groups.length === 0 ? whyEmpty(channels?.length, found) : undefined;
  const hint = { workspaceId: workspace.id, mayEdit, onClearFilters: () => go({ channels: [], states: [] }) };
  if (emptiness && (layout === 'list' || emptiness === 'no-channels')) {
    return <CalendarEmpty emptiness={emptiness} {...hint} />;
  }
  if (layout === 'list') {
    return (
      <EventList
        groups={groups}
        zone={zone}
        today={today}
        workspaceId={workspace.id}
        mayEdit={mayEdit}
        onOpen={onOpen}
      />
    );
  }
  return (
    <>
      {emptiness && <CalendarNotice emptiness={emptiness} {...hint} />}
      {layout === 'month' && narrow ? (
        <DayOfMonth calendar={calendar} groups={groups} mayEdit={mayEdit} onOpen={onOpen} />
      ) : (
        <Suspense fallback={<CalendarSkeleton layout={layout} />}>
          <CalendarGrid
            layout={layout}
            date={calendar.date}
            today={today}
            zone={zone}
            firstDay={calendar.firstDay}
            groups={groups}
            mayEdit={mayEdit}
            onOpen={onOpen}
            onCreate={(at) => void navigate({ to: '/w/$workspaceId/compose', params, search: { at } })}
            onShowDay={(day) => go({ view: 'list', date: day })}
            onMove={onMove}
          />
        </Suspense>
      )}
    </>
  );
}

/** Why a range shows nothing; undefined while it is not known. @param hidden how many publications the filters hide */
function whyEmpty(channels: number | undefined, hidden: number): Emptiness | undefined {
  if (hidden > 0) return 'filtered';
  if (channels === undefined) return undefined;
  return channels === 0 ? 'no-channels' : 'nothing-planned';
}
