import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { type Action, PERMISSIONS } from '#accounts';
import { CONFIG, type Config, Database, type Letter, MailQueue, rows, type Transaction } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { MENDED_BY } from './alert-causes.js';
import { type AlertLine, alertLetter } from './alert-letter.js';
import { type NoticeLine, noticeLetter } from './notices/notice-letter.js';
import { postText } from './notices/notice-store.js';
import { DEFAULT_EMAIL, mailAt } from './preferences.js';

/** An alert is told once it has lasted so long, in seconds: then most of what shares its cause is counted. */
const SETTLE_SECONDS = 5;
/** Organizations that one round serves at most; the others come with the next. */
const ORGANIZATIONS = 200;

/** A notification that is to be mailed, with all that its line says: of an alert, or of a post. */
type DueAlert = AlertLine & DueMail;
type DueNotice = NoticeLine & DueMail;

/** Whose it is, and of which organization. */
interface DueMail {
  id: string;
  user_id: string;
  email: string;
  user_name: string;
  organization_name: string;
}

/** Tells those who can do something about it of the alerts that are open: in the app, and by mail as each of them wants it. */
@Injectable()
export class Notifier {
  constructor(
    private readonly database: Database,
    private readonly mails: MailQueue,
    private readonly registry: PlatformRegistry,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One round. @param stopped whether to begin with no further organization */
  async tell(stopped: () => boolean = () => false): Promise<void> {
    const waiting = await this.database.engine((tx) => rows<{ id: string }>(tx, WAITING, [SETTLE_SECONDS]));
    for (const { id } of waiting) {
      if (stopped()) return;
      await this.tellOrganization(id);
    }
  }

  /** In one transaction: whoever is told in the app is told by mail, or neither. */
  private async tellOrganization(organizationId: string): Promise<void> {
    await this.database.tenant(organizationId, async (tx) => {
      // Another worker that is at it tells the same.
      const mine = await rows<{ got: boolean }>(
        tx,
        'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as got',
        [`notify:${organizationId}`],
      );
      if (!mine[0]?.got) return;
      await notify(tx);
      await this.mail(tx, organizationId);
    });
  }

  /** All that one person is due to hear of alerts goes into one mail, and all of posts. */
  private async mail(tx: Transaction, organizationId: string): Promise<void> {
    const { publicUrl } = this.config;
    const alerts = await rows<DueAlert>(tx, DUE, [rolesOf(MENDED_BY.channel), rolesOf(MENDED_BY.connection)]);
    await this.send(tx, organizationId, 'alerts', alerts, (lines, organization) =>
      alertLetter({ lines, organization, publicUrl, platformName: this.nameOf }),
    );
    const notices = await rows<DueNotice>(tx, DUE_NOTICES, []);
    await this.send(tx, organizationId, 'notices', notices, (lines, organization) =>
      noticeLetter({ lines, organization, publicUrl }),
    );
    await tx.query(
      `update notifications set mailed_at = case when id = any($1::uuid[]) then now() else mailed_at end, mail_at = null
        where mail_at <= now()`,
      [[...alerts, ...notices].map(({ id }) => id)],
    );
  }

  private async send<Line extends DueMail>(
    tx: Transaction,
    organizationId: string,
    kind: string,
    due: readonly Line[],
    write: (lines: readonly Line[], organization: string) => Letter,
  ): Promise<void> {
    const byPerson = new Map<string, Line[]>();
    for (const line of due) byPerson.set(line.user_id, [...(byPerson.get(line.user_id) ?? []), line]);
    for (const lines of byPerson.values()) {
      const [first] = lines;
      if (!first) continue;
      const { organization_name: organization, email, user_name: name } = first;
      const letter = write(lines, organization);
      await this.mails.add(tx, { to: { address: email, name }, organizationId, kind, letter });
    }
  }

  private readonly nameOf = (platform: string): string =>
    this.registry.find(platform)?.adapter.manifest.name ?? platform;
}

const WAITING = `
select organization_id as id from alerts
 where told_at is null and closed_at is null and opened_at <= now() - make_interval(secs => $1)
union select organization_id from notifications where mail_at <= now()
 limit ${ORGANIZATIONS}`;

const UNTOLD = `
select a.id, a.workspace_id, a.subject_type from alerts a
  join workspaces w on w.id = a.workspace_id and w.archived_at is null
 where a.told_at is null and a.closed_at is null and a.opened_at <= now() - make_interval(secs => $1)
   for update of a`;

/** Who acts in a workspace: by a role of the whole organization, or by one there. No role is of both kinds. */
const MAY = (roles: string, workspace: string, user: string) => `exists (
  select 1 from members m left join workspace_members wm
      on wm.organization_id = m.organization_id and wm.user_id = m.user_id and wm.workspace_id = ${workspace}
   where m.user_id = ${user} and (m.role = any(${roles}) or (m.role = 'member' and wm.role = any(${roles}))))`;

const ROLES = `(case a.subject_type when 'connection' then $2::text[] else $1::text[] end)`;

/** One row for each alert and each person whom it is told; what came back is told anew. */
async function notify(tx: Transaction): Promise<void> {
  const told = await rows<{ id: string }>(tx, UNTOLD, [SETTLE_SECONDS]);
  if (told.length === 0) return;
  const people = await rows<{ alert_id: string; user_id: string }>(
    tx,
    `select a.id as alert_id, u.user_id from alerts a cross join members u
      where a.id = any($3::uuid[]) and ${MAY(ROLES, 'a.workspace_id', 'u.user_id')}`,
    [rolesOf(MENDED_BY.channel), rolesOf(MENDED_BY.connection), told.map(({ id }) => id)],
  );
  await tx.query(
    `insert into notifications as n (id, organization_id, workspace_id, alert_id, user_id, mail_at)
     select g.id, a.organization_id, a.workspace_id, a.id, g.user_id,
            ${mailAt(`coalesce(p.email, '${DEFAULT_EMAIL}')`, 'g.user_id', 'w.time_zone')}
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as g (id, alert_id, user_id)
       join alerts a on a.id = g.alert_id join workspaces w on w.id = a.workspace_id
       left join notification_preferences p on p.organization_id = a.organization_id and p.user_id = g.user_id
     on conflict (alert_id, user_id) do update set at = now(), read_at = null, mail_at = excluded.mail_at,
       xid = pg_current_xact_id()`,
    [people.map(() => uuid()), people.map(({ alert_id: id }) => id), people.map(({ user_id: id }) => id)],
  );
  await tx.query('update alerts set told_at = now() where id = any($1::uuid[])', [told.map(({ id }) => id)]);
}

/** What is still open, of those who may still mend it. Everything else that was due is left out. */
const DUE = `
select n.id, n.user_id, u.email, u.name as user_name, o.name as organization_name, a.cause, a.count, a.subject_type, a.subject_id,
       a.workspace_id, w.name as workspace_name, coalesce(c.name, k.account_name, k.account_id, '') as subject_name,
       coalesce(c.platform, k.platform) as platform, coalesce(c.practice, k.practice, false) as practice
  from notifications n join alerts a on a.id = n.alert_id and a.closed_at is null
  join workspaces w on w.id = a.workspace_id and w.archived_at is null
  join organizations o on o.id = n.organization_id
  join users u on u.id = n.user_id
  left join channels c on a.subject_type = 'channel' and c.id = a.subject_id
  left join connections k on a.subject_type = 'connection' and k.id = a.subject_id
 where n.mail_at <= now() and ${MAY(ROLES, 'a.workspace_id', 'n.user_id')}
 order by n.user_id, w.name, a.opened_at, n.id`;

/** What is still open and was not read, of those who still see the workspace. */
const DUE_NOTICES = `
select n.id, n.user_id, u.email, u.name as user_name, o.name as organization_name, n.cause, n.about, n.post_id,
       ${postText('r')} as post_text, n.workspace_id, w.name as workspace_name
  from notifications n join posts p on p.id = n.post_id and p.deleted_at is null
  join post_revisions r on r.post_id = p.id and r.number = p.revision
  join workspaces w on w.id = n.workspace_id and w.archived_at is null
  join organizations o on o.id = n.organization_id
  join users u on u.id = n.user_id
  join members m on m.organization_id = n.organization_id and m.user_id = n.user_id
 where n.mail_at <= now() and n.closed_at is null and n.read_at is null
   and (m.role <> 'member' or exists (
     select 1 from workspace_members wm where wm.workspace_id = n.workspace_id and wm.user_id = n.user_id))
 order by n.user_id, w.name, n.at, n.id`;

function rolesOf(action: Action): string[] {
  return [...PERMISSIONS[action].roles];
}
