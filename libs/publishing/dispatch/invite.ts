import { ACTIVE } from '../flow/active.js';

/** Nobody holds it, and nobody is invited. */
const FREE = `(p.leased_until is null or p.leased_until < now()) and (p.invited_until is null or p.invited_until < now())`;
const WITHIN_HORIZON = `p.next_check_at <= now() + make_interval(secs => $1)`;

/** Until when something is due that a round finds by its channel or organization: a little later than it is prepared. */
const SOON = `now() + make_interval(secs => $1) + interval '1 minute'`;
const DUE_SOON = `p.due_at <= ${SOON}`;
/** So many publications of each organization are looked at in turn. */
const FIRSTS = 3;

/**
 * The first of its channel, as SQL over `places` and the channel `c`. In strict order the first of all, else of what is due;
 * nothing that is due later than `places.bound` can be it.
 */
const HEAD = `
  select p.id, p.organization_id, p.next_check_at, p.due_at, p.state, p.leased_until, p.invited_until from publications p
   where p.channel_id = places.channel_id and ${ACTIVE} and p.due_at <= places.bound
     and (c.strict_order or (${WITHIN_HORIZON} and p.accepted_at is null))
   order by p.due_at, p.id limit 1`;

/** Something is on its way for its own time, and not prepared long before it. */
const PRESSING = `q.due_at <= now() + interval '10 seconds'`;

/** Whether the first of a channel may go now, as SQL over `c` and the head `p`. An invitation for later stops nothing earlier. */
const ITS_TURN = `
  (c.blocked_until is null or c.blocked_until <= now())
  and p.state <> 'committing' and ${WITHIN_HORIZON} and ${FREE}
  and not exists (
    select 1 from publications q where q.channel_id = c.id and q.state = 'committing' and q.accepted_at is null)
  and not exists (
    select 1 from publications q
     where q.channel_id = c.id and q.id <> p.id and (q.invitation is not null or q.lease is not null)
       and q.state <> 'published' and q.accepted_at is null and ((q.due_at, q.id) < (p.due_at, p.id) or ${PRESSING})
       and (q.leased_until > now() or (q.invited_until > now() and q.next_check_at <= p.next_check_at)))
  and not (c.strict_order and exists (
    select 1 from publications q
     where q.channel_id = c.id and q.state in ('held', 'failed', 'unconfirmed') and (q.due_at, q.id) < (p.due_at, p.id)))`;

/**
 * One round: who is next, and the invitation for it.
 *
 * A channel offers only its first publication. Channels are found by what is due soonest, as many as `$7`. When that is not
 * all, a backlog may hide organizations and channels: then the next `$8` organizations after `$6` and the next `$8` channels
 * after `$5` are asked too, so that each has its turn within a few rounds however long the backlog is. No part of this grows
 * with what is scheduled or overdue. Organizations take turns. What only has to be looked up waits for nobody: it is what
 * others wait for.
 *
 * $1 horizon, $2 invitations that may be open at once, $3 their life, in seconds; $4 limits by platform and server,
 * or by the way in which accounts were connected.
 *
 * Every row tells of the round: `room` before it, whether there is a `backlog`, and the channel and organization to go on
 * after (null = from the beginning). `id` is null in a round that invites nobody.
 */
export const INVITE = `
with recursive limits as materialized (
  select * from jsonb_to_recordset($4::jsonb) as l(platform text, practice boolean, server text, way text, allowed int)),
room as materialized (
  select greatest(0, $2::int - count(*)) as n from publications p
   where (p.invitation is not null or p.lease is not null) and ${ACTIVE} and p.invited_until > now() and ${WITHIN_HORIZON}),
soonest as materialized (
  select p.channel_id, p.due_at from publications p
   where ${ACTIVE} and ${WITHIN_HORIZON} and ${FREE} and p.accepted_at is null
   order by p.next_check_at limit (select case when n > 0 then $7::int else 0 end from room)),
backlog as materialized (
  select count(*) >= $7::int as full from soonest),
around (channel_id, step) as (
  select (select p.channel_id from publications p where ${ACTIVE} and p.channel_id > $5::uuid
           order by p.channel_id limit 1), 1
    from backlog where backlog.full
  union all
  select (select p.channel_id from publications p where ${ACTIVE} and p.channel_id > around.channel_id
           order by p.channel_id limit 1), around.step + 1
    from around where around.channel_id is not null and around.step < $8::int),
tenants (organization_id, step) as (
  select (select p.organization_id from publications p where ${ACTIVE} and p.organization_id > $6::uuid
           order by p.organization_id limit 1), 1
    from backlog where backlog.full
  union all
  select (select p.organization_id from publications p where ${ACTIVE} and p.organization_id > tenants.organization_id
           order by p.organization_id limit 1), tenants.step + 1
    from tenants where tenants.organization_id is not null and tenants.step < $8::int),
firsts as (
  select p.channel_id, p.due_at from tenants cross join lateral (
    select p.channel_id, p.due_at from publications p
     where p.organization_id = tenants.organization_id and ${ACTIVE} and ${DUE_SOON} and ${WITHIN_HORIZON} and ${FREE}
       and p.accepted_at is null
     order by p.due_at limit ${FIRSTS}) p),
places as materialized (
  select channel_id, max(bound) as bound
    from (select channel_id, min(due_at) as bound from soonest group by channel_id
          union all
          select channel_id, min(due_at) as bound from firsts group by channel_id
          union all
          select channel_id, ${SOON} from around
           where channel_id is not null) found
   group by channel_id),
heads as materialized (
  select p.id, p.organization_id, p.next_check_at, c.platform, c.practice, coalesce(c.server, '') as server, c.connection_id
    from places join channels c on c.id = places.channel_id cross join lateral (${HEAD}) p
   where ${ITS_TURN}),
limited as (
  select heads.*, (
           select min(l.allowed) from limits l
            where l.platform = heads.platform and l.practice = heads.practice
              and case when l.server is null
                    then l.way is not distinct from (select k.way from connections k where k.id = heads.connection_id)
                    else l.server = heads.server end) as allowed
    from heads),
-- Where a server is away or comes back, only what cannot wait for its time any more.
ready as (
  select *, row_number() over (partition by organization_id order by next_check_at, id) as turn
    from limited where allowed is null or (allowed > 0 and next_check_at <= now())),
ordered as (
  select *, row_number() over (
           partition by allowed is null, platform, practice, server order by turn, next_check_at, id) as place
    from ready),
looks as (
  select p.id, p.next_check_at, row_number() over (partition by p.organization_id order by p.next_check_at, p.id) as turn
    from publications p where p.state = 'committing' and ${WITHIN_HORIZON} and ${FREE}),
due as materialized (
  select id, next_check_at, turn, platform, practice, server from ordered where allowed is null or place <= allowed
  union all
  select id, next_check_at, turn, null, null, null from looks),
next as (
  select p.id, due.platform, due.practice, due.server from publications p join due on due.id = p.id
   order by due.turn, due.next_check_at limit (select n from room)
     for update of p skip locked),
invited as (
  update publications p
     set invitation = gen_random_uuid(),
         invited_until = greatest(p.next_check_at, now()) + make_interval(secs => $3)
    from next
   where p.id = next.id
     -- As it is now: another dispatcher may have been faster, or a person may have put it off.
     and ${ACTIVE} and ${FREE} and ${WITHIN_HORIZON}
  returning p.id, p.invitation, extract(epoch from p.next_check_at - clock_timestamp()) * 1000 as delay_ms,
            next.platform, next.practice, next.server)
select invited.*, room.n::int as room, backlog.full as backlog,
       (select channel_id from around order by step desc limit 1) as after_channel,
       (select organization_id from tenants order by step desc limit 1) as after_organization
  from room cross join backlog left join invited on true`;
