import { Injectable } from '@nestjs/common';
import { Database, Problem, row, rows } from '#kernel';
import { type AlertCause, explainAlert, headline, type SubjectType } from './alert-causes.js';
import { explainNotice, isNotice, type NoticeAbout, type NoticeCause } from './notices/notice-causes.js';
import { postText } from './notices/notice-store.js';
import { type Person } from './preferences.js';

/** What somebody was told, as it stands now. */
export interface Notification {
  id: string;
  at: Date;
  readAt: Date | null;
  /** When it was over; null while it needs somebody. */
  closedAt: Date | null;
  cause: AlertCause | NoticeCause;
  /** Publications that share the cause, or did when it was over; 1 of what is about a post. */
  count: number;
  headline: string;
  title: string;
  remedy: string;
  workspace: { id: string; name: string };
  subject: NotificationSubject;
}

/** What a notification is about. */
export interface NotificationSubject {
  type: SubjectType | 'post';
  id: string;
  /** Of the channel or the account; of a post the beginning of what it says. */
  name: string;
  /** Of a channel or a connection; else null. */
  platform: string | null;
  practice: boolean;
  /** The comment, or the thread, of a post; else null. */
  commentId: string | null;
}

/** Where a page of the list ended. */
export interface NotificationPosition {
  /** To the microsecond: `2026-05-04T09:00:00.123456Z`. */
  at: string;
  id: string;
}

/** A notification, and where it stands in the list. */
export type ListedNotification = Notification & { position: string };

interface Row extends Omit<Notification, 'workspace' | 'subject' | 'headline' | 'title' | 'remedy'> {
  workspace_id: string;
  workspace_name: string;
  subject_type: NotificationSubject['type'];
  subject_id: string;
  subject_name: string;
  platform: string | null;
  practice: boolean;
  comment_id: string | null;
  about: NoticeAbout | null;
  position: string;
}

/** What people were told, each only their own, and of workspaces that they see. */
@Injectable()
export class NotificationsService {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  async list(
    { organizationId, userId }: Person,
    { unread, limit, after }: { unread: boolean; limit: number; after?: NotificationPosition | undefined },
  ): Promise<ListedNotification[]> {
    const found = await this.database.tenant(organizationId, (tx) =>
      rows<Row>(tx, LIST, [organizationId, userId, unread, after?.at ?? null, after?.id ?? null, limit]),
    );
    return found.map(notificationOf);
  }

  /** How many of them still need somebody and were not read. */
  async countUnread({ organizationId, userId }: Person): Promise<number> {
    const counted = await this.database.tenant(organizationId, (tx) =>
      row<{ count: number }>(
        tx,
        `select count(*)::int as count from notifications n left join alerts a on a.id = n.alert_id
           left join posts p on p.id = n.post_id
          where n.organization_id = $1 and n.user_id = $2 and ${UNREAD}`,
        [organizationId, userId],
      ),
    );
    return counted?.count ?? 0;
  }

  /** @throws Problem 404 when it is not theirs */
  async read({ organizationId, userId }: Person, id: string): Promise<void> {
    const read = await this.database.tenant(organizationId, (tx) =>
      row(
        tx,
        `update notifications set read_at = coalesce(read_at, now()), xid = pg_current_xact_id()
          where id = $1 and user_id = $2 returning id`,
        [id, userId],
      ),
    );
    if (!read) throw Problem.notFound();
  }

  /** All that they were told until now. */
  async readAll({ organizationId, userId }: Person): Promise<void> {
    await this.database.tenant(organizationId, (tx) =>
      tx.query(
        `update notifications set read_at = now(), xid = pg_current_xact_id()
          where organization_id = $1 and user_id = $2 and read_at is null`,
        [organizationId, userId],
      ),
    );
  }
}

/** What waits for nobody any more: it is over, or its post is gone. */
const CLOSED_AT = 'coalesce(n.closed_at, a.closed_at, p.deleted_at)';
const UNREAD = `n.read_at is null and ${CLOSED_AT} is null`;

const LIST = `
select n.id, n.at, n.read_at as "readAt", ${CLOSED_AT} as "closedAt", coalesce(n.cause, a.cause) as cause,
       coalesce(a.count, 1) as count, coalesce(a.subject_type, 'post') as subject_type,
       coalesce(a.subject_id, n.post_id) as subject_id, n.workspace_id, w.name as workspace_name,
       coalesce(c.name, k.account_name, k.account_id, ${postText('r')}) as subject_name,
       coalesce(c.platform, k.platform) as platform, coalesce(c.practice, k.practice, false) as practice,
       n.comment_id, n.about, to_char(n.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
  from notifications n left join alerts a on a.id = n.alert_id join workspaces w on w.id = n.workspace_id
  left join channels c on a.subject_type = 'channel' and c.id = a.subject_id
  left join connections k on a.subject_type = 'connection' and k.id = a.subject_id
  left join posts p on p.id = n.post_id left join post_revisions r on r.post_id = p.id and r.number = p.revision
 where n.organization_id = $1 and n.user_id = $2 and (not $3 or ${UNREAD})
   and ($4::timestamptz is null or (n.at, n.id) < ($4::timestamptz, $5::uuid))
 order by n.at desc, n.id desc limit $6`;

function notificationOf(found: Row): ListedNotification {
  const { id, at, readAt, closedAt, cause, count, position, platform, practice } = found;
  const words = isNotice(cause)
    ? explainNotice(cause, found.about ?? {}, found.subject_name)
    : { headline: headline(cause, count, found.subject_name), ...explainAlert(cause) };
  return {
    ...{ id, at, readAt, closedAt, cause, count, position },
    ...words,
    workspace: { id: found.workspace_id, name: found.workspace_name },
    subject: {
      ...{ type: found.subject_type, id: found.subject_id, name: found.subject_name, platform, practice },
      commentId: found.comment_id,
    },
  };
}
