import { Injectable } from '@nestjs/common';
import { Database, row } from '#kernel';

/** How somebody is told by mail: at once, once a day, or not at all. The app tells in any case. */
export const EMAIL_PREFERENCES = ['immediate', 'digest', 'off'] as const;
export type EmailPreference = (typeof EMAIL_PREFERENCES)[number];

/** Until somebody chooses: a failure must reach someone. */
export const DEFAULT_EMAIL: EmailPreference = 'immediate';

/** The hour of the daily mail, by the clock of the workspace. */
export const DIGEST_HOUR = 8;
/** After a mail the next one waits for so long, and gathers what happens meanwhile. */
const GATHER_MINUTES = 10;

/** How somebody wants to hear of alerts in one organization. */
export interface NotificationPreferences {
  email: EmailPreference;
}

/** Somebody in an organization. */
export interface Person {
  organizationId: string;
  userId: string;
}

/**
 * When a notification that is made now goes out by mail, as SQL; null for never.
 * @param email, user, zone expressions: the preference, whose it is, and the workspace's time zone
 */
export function mailAt(email: string, user: string, zone: string): string {
  const local = `(now() at time zone ${zone})`;
  const past = `${local}::time >= make_time(${DIGEST_HOUR}, 0, 0)`;
  return `case ${email}
    when 'immediate' then greatest(now(), (
      select max(q.mailed_at) + interval '${GATHER_MINUTES} minutes' from notifications q
       where q.user_id = ${user} and q.organization_id = current_organization()))
    when 'digest' then (date_trunc('day', ${local}) + make_interval(days => case when ${past} then 1 else 0 end,
      hours => ${DIGEST_HOUR})) at time zone ${zone} end`;
}

/** What each person chose in each organization. */
@Injectable()
export class PreferencesService {
  constructor(private readonly database: Database) {}

  async read({ organizationId, userId }: Person): Promise<NotificationPreferences> {
    const found = await this.database.organization(organizationId, (tx) =>
      row<NotificationPreferences>(tx, 'select email from notification_preferences where user_id = $1', [userId]),
    );
    return { email: found?.email ?? DEFAULT_EMAIL };
  }

  /** Counts from now on, also for what waits to be mailed. */
  async change({ organizationId, userId }: Person, { email }: NotificationPreferences): Promise<void> {
    await this.database.organization(organizationId, async (tx) => {
      await tx.query(
        `insert into notification_preferences (organization_id, user_id, email) values ($1, $2, $3)
         on conflict (organization_id, user_id) do update set email = excluded.email`,
        [organizationId, userId, email],
      );
      await tx.query(
        `update notifications n set mail_at = ${mailAt('$2::text', 'n.user_id', 'w.time_zone')}
           from workspaces w where w.id = n.workspace_id and n.user_id = $1 and n.mail_at is not null`,
        [userId, email],
      );
    });
  }
}
