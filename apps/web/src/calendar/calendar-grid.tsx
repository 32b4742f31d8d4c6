import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import './fullcalendar.css';
import FullCalendar, {
  type CalendarRef,
  type DateClickInfo,
  type EventClickInfo,
  type EventDisplayInfo,
  type EventDropInfo,
} from '@fullcalendar/react';
import dayGridPlugin from '@fullcalendar/react/daygrid';
import interactionPlugin from '@fullcalendar/react/interaction';
import classicTheme from '@fullcalendar/react/themes/classic';
import timeGridPlugin from '@fullcalendar/react/timegrid';
import { useLayoutEffect, useMemo, useRef } from 'react';
import classes from './calendar-grid.module.css';
import { DayNumber } from './day-number.js';
import { EventChip } from './event-chip.js';
import { eventOf, groupOfEvent } from './grid-events.js';
import { type EntryGroup } from './groups.js';
import { HourHint, useHourHint } from './hour-hint.js';
import { instantAt, isPast, isPastDay, localAt, moveToDay, usualTime } from './move.js';
import { dayIn, type Layout } from './range.js';
import { useKeptFocus } from './use-kept-focus.js';

const PLUGINS = [dayGridPlugin, timeGridPlugin, interactionPlugin, classicTheme];
const VIEWS = { month: 'dayGridMonth', week: 'timeGridWeek', days: 'threeDays', list: 'dayGridMonth' } as const;
const CUSTOM_VIEWS = { threeDays: { type: 'timeGrid', duration: { days: 3 } } };
const TIME_FORMAT = { hour: '2-digit', minute: '2-digit' } as const;
/** How many posts of a day a month shows before "+12". */
const MONTH_ROWS = 3;
/** How far a week is scrolled when it opens: what goes out in the early morning is rare. */
const FIRST_HOUR = '07:00:00';

interface CalendarGridProps {
  layout: Layout;
  /** A day of the range. */
  date: string;
  /** The day that it is in the zone. */
  today: string;
  zone: string;
  /** 1 = Monday ... 7 = Sunday. */
  firstDay: number;
  groups: readonly EntryGroup[];
  /** Whether the person may write and move. */
  mayEdit: boolean;
  onOpen: (group: EntryGroup) => void;
  /** A new post at a clock time of the zone: `2026-11-24T09:00`. */
  onCreate: (at: string) => void;
  /** Opens a day that has passed. */
  onShowDay: (day: string) => void;
  /** Moves a group to an instant. Returns false when it stays where it was. */
  onMove: (group: EntryGroup, to: string) => boolean;
}

/** A month of days, or days of hours, with posts that can be dragged. */
export function CalendarGrid(props: CalendarGridProps) {
  const { layout, date, today, zone, firstDay, groups, mayEdit } = props;
  const ref = useRef<CalendarRef>(null);
  const root = useRef<HTMLDivElement>(null);
  const events = useMemo(() => groups.map((group) => eventOf(group, zone, mayEdit)), [groups, zone, mayEdit]);
  const { pressed, dayChosen, timeChosen, dropped } = useActions(props);
  useLayoutEffect(() => ref.current?.getApi().gotoDate(date), [date]);
  const inMonth = layout === 'month';
  const { drawn, ...keepingFocus } = useKeptFocus();
  const { hint, ...hovering } = useHourHint(root, (day, time) => isPast(instantAt(`${day}T${time}`, zone), Date.now()));
  return (
    <div
      ref={root}
      className={classes['grid']}
      data-layout={layout}
      onPointerDownCapture={pressed}
      {...keepingFocus}
      {...(!inMonth && mayEdit && hovering)}
    >
      {!inMonth && hint && <HourHint hint={hint} />}
      <FullCalendar
        key={layout}
        ref={ref}
        plugins={PLUGINS}
        views={CUSTOM_VIEWS}
        initialView={VIEWS[layout]}
        initialDate={date}
        headerToolbar={false}
        timeZone={zone}
        locale={navigator.language}
        firstDay={firstDay % 7}
        fixedWeekCount={false}
        height={inMonth ? 'auto' : 'max(440px, calc(100dvh - var(--calendar-top)))'}
        tableHeaderSticky={inMonth}
        headingLevel={3}
        borderless
        dayHeaderFormat={inMonth ? { weekday: 'short' } : { weekday: 'short', day: 'numeric' }}
        events={events}
        eventDisplay="block"
        eventTimeFormat={TIME_FORMAT}
        slotHeaderFormat={TIME_FORMAT}
        eventContent={(info: EventDisplayInfo) => (
          <EventChip
            group={groupOfEvent(info.event)}
            zone={zone}
            small={info.isNarrow || !inMonth}
            {...(info.isMirror && !inMonth && { time: info.timeText })}
          />
        )}
        eventDidMount={({ el, event }) => drawn(el, groupOfEvent(event).postId)}
        displayEventEnd={false}
        eventClass={classes['event']}
        eventInnerClass={classes['inner']}
        eventClick={({ event }: EventClickInfo) => props.onOpen(groupOfEvent(event))}
        eventStartEditable={mayEdit}
        eventDurationEditable={false}
        eventDrop={dropped}
        eventLongPressDelay={400}
        dragRevertDuration={200}
        defaultTimedEventDuration="00:30"
        nextDayThreshold="12:00"
        dayMaxEvents={MONTH_ROWS}
        eventMaxStack={layout === 'days' ? 1 : 2}
        eventMinHeight={46}
        slotEventOverlap={false}
        moreLinkContent={({ num }) => (
          <>
            +{num}
            <span className="visually-hidden"> more posts</span>
          </>
        )}
        moreLinkHint={(count) => `Show ${count} more posts`}
        moreLinkClass={classes['more']}
        popoverClass={classes['popover']}
        popoverFormat={{ weekday: 'long', day: 'numeric', month: 'long' }}
        closeHint="Close"
        dayHeaderInnerClass={classes['header']}
        slotHeaderInnerClass={classes['hour']}
        dayCellClass={({ isPast, isToday }) => (isPast && !isToday ? classes['past'] : undefined)}
        dayCellTopContent={({ dayNumberText, isPast, isToday }) => (
          <DayNumber number={dayNumberText} today={isToday} plus={mayEdit && !isPast} />
        )}
        dayCellInnerClass={classes['cell']}
        navLinks={inMonth}
        navLinkClass={classes['dayLink']}
        navLinkHint={(text, day) =>
          mayEdit && !isPastDay(dayIn(zone, day), today) ? `New post on ${text}` : `Show ${text}`
        }
        navLinkDayClick={(day) => dayChosen(dayIn(zone, day))}
        dateClick={timeChosen}
        allDaySlot={false}
        nowIndicator
        slotDuration="00:30:00"
        snapDuration="00:15:00"
        scrollTime={FIRST_HOUR}
        scrollTimeReset={false}
        slotLaneClass={classes['slot']}
        dayLaneClass={({ isPast, isToday }) => (isPast && !isToday ? classes['past'] : undefined)}
      />
    </div>
  );
}

function useActions({ layout, today, zone, mayEdit, onCreate, onShowDay, onMove }: CalendarGridProps) {
  const closing = useRef(false);
  // A click that closes the list of a day asks for nothing else.
  const pressed = () => {
    closing.current = document.querySelector(`.${classes['popover']}`) !== null;
  };
  const dayChosen = (day: string) => {
    if (mayEdit && !isPastDay(day, today)) onCreate(usualTime(day, zone, Date.now()));
    else onShowDay(day);
  };
  const timeChosen = ({ date, dateStr }: DateClickInfo) => {
    if (!mayEdit || closing.current) return;
    if (layout === 'month') {
      if (!isPastDay(dateStr.slice(0, 10), today)) onCreate(usualTime(dateStr.slice(0, 10), zone, Date.now()));
    } else if (date.getTime() > Date.now()) onCreate(localAt(date.toISOString(), zone));
  };
  const dropped = ({ event, revert }: EventDropInfo) => {
    const group = groupOfEvent(event);
    const to =
      layout === 'month'
        ? moveToDay(group.dueAt, event.startStr.slice(0, 10), zone)
        : new Date(event.startStr).toISOString();
    if (!onMove(group, to)) revert();
  };
  return { pressed, dayChosen, timeChosen, dropped };
}
