import { randomUUID } from 'node:crypto';
import { type HeldReason } from '#publishing';
import { AlertWatch, Notifier } from '#notifications';
import { MailOutbox, type OutboxMail } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { until } from '../support/processes.js';
import { addTeammate, type Teammate } from '../support/team.js';
import { Events } from './event-listener.js';

/** How a publication came to a stop. */
type Stop = { failed: string } | { held: HeldReason; dueIn?: string } | 'unconfirmed';

describe('notifications', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let channel: TestChannel;
  let watch: AlertWatch;
  let notifier: Notifier;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    watch = practice.api.app.get(AlertWatch, { strict: false });
    notifier = practice.api.app.get(Notifier, { strict: false });
  });
  beforeEach(async () => {
    await practice.owner.query('truncate alerts cascade');
    for (const table of ['mails', 'publications', 'channels', 'connections']) {
      await practice.owner.query(`delete from ${table}`);
    }
    account = await practice.api.signUp();
    channel = await practice.connect(account);
  });
  afterAll(() => practice?.close());

  /** Publications that came to a stop, as the engine leaves them. Answers their post's id. */
  const stopped = async (stop: Stop, count = 1, on = channel, workspaceId = account.workspaceId): Promise<string> => {
    const postId = randomUUID();
    const failure = { kind: 'content', message: 'No.', remedy: 'Change it.' };
    const state = stop === 'unconfirmed' ? stop : 'failed' in stop ? 'failed' : 'held';
    const held = typeof stop === 'object' && 'held' in stop ? stop : undefined;
    if (typeof stop === 'object' && 'failed' in stop) failure.kind = stop.failed;
    await practice.owner.query(
      `insert into publications (id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
         due_at, time_zone, local_due, state, held_reason, version, failure, next_check_at)
       select gen_random_uuid(), $1, $2, $3, $4, 1, '{"segments":[{"text":"A post"}]}', 'hash', now() + $5::interval, 'UTC',
         '2026-01-01T00:00', $6, $7, 1, $8, now() from generate_series(1, $9::int)`,
      [
        ...[account.organizationId, workspaceId, on.id, postId, held?.dueIn ?? '-1 minute'],
        ...[state, held?.held ?? null, held ? null : failure, count],
      ],
    );
    return postId;
  };
  const mend = (postId: string) =>
    practice.owner.query(
      `update publications set state = 'cancelled', held_reason = null, failure = null, version = version + 1
        where post_id = $1`,
      [postId],
    );
  /** A round of the worker, after everything has lasted long enough. */
  const round = async () => {
    await watch.look();
    await practice.owner.query(`update alerts set opened_at = opened_at - interval '6 seconds' where told_at is null`);
    await notifier.tell();
  };
  const mine = async (who: Pick<TestAccount, 'agent'> = account, query = '') =>
    (await who.agent.get(`/v1/notifications${query}`).expect(200)).body;
  const mails = async (): Promise<OutboxMail[]> =>
    (await practice.api.app.get(MailOutbox, { strict: false }).list()).filter(({ html }) =>
      html.includes('You get this'),
    );
  const alerts = async () => (await practice.owner.query('select * from alerts order by cause')).rows;
  const add = (position: Parameters<typeof addTeammate>[2]): Promise<Teammate> =>
    addTeammate(practice, account, position);
  /** As if so much time had passed since the last mail. */
  const later = (interval: string) =>
    practice.owner.query('update notifications set mailed_at = mailed_at - $1::interval', [interval]);

  describe('about a failure', () => {
    it('come once for its cause and not once for each post, in the app and by mail', async () => {
      await stopped({ failed: 'content' }, 1_000);
      await round();
      await round();
      const { data, unread } = await mine();
      expect(unread).toBe(1);
      expect(data).toEqual([
        {
          id: expect.any(String),
          at: expect.any(String),
          readAt: null,
          closedAt: null,
          cause: 'failed:content',
          count: 1_000,
          headline: `1,000 posts could not be published on ${channel.name}`,
          title: 'The platform did not accept the text or the settings.',
          remedy: expect.stringContaining('retry'),
          workspace: { id: account.workspaceId, name: expect.any(String) },
          subject: {
            type: 'channel',
            id: channel.id,
            name: channel.name,
            platform: 'mastodon',
            practice: true,
            commentId: null,
          },
        },
      ]);
      const [mail, ...more] = await mails();
      expect(more).toEqual([]);
      expect(mail).toMatchObject({
        to: { address: account.email },
        subject: `1,000 posts could not be published on ${channel.name} (Mastodon, practice)`,
        text: expect.stringContaining('/attention'),
      });
    });

    it('end with it, and come again only when it stayed away for a while', async () => {
      const first = await stopped('unconfirmed');
      await round();
      await mend(first);
      await round();
      expect(await mine()).toMatchObject({ unread: 0, data: [{ closedAt: expect.any(String), count: 1 }] });
      const second = await stopped('unconfirmed');
      await round();
      expect(await mine()).toMatchObject({ data: [{ closedAt: null, count: 1 }] });
      expect(await mails()).toHaveLength(1);
      await mend(second);
      await round();
      await practice.owner.query(`update alerts set closed_at = closed_at - interval '61 minutes'`);
      await later('1 hour');
      await account.agent.post('/v1/notifications/read').expect(204);
      await stopped('unconfirmed');
      await round();
      expect(await mine()).toMatchObject({ unread: 1, data: [{ closedAt: null, readAt: null }] });
      expect(await mails()).toHaveLength(2);
    });

    it('end where the workspace is put away, and are not told there', async () => {
      await stopped({ failed: 'content' });
      await round();
      await practice.owner.query('update workspaces set archived_at = now(), paused_at = now() where id = $1', [
        account.workspaceId,
      ]);
      await stopped({ failed: 'media' });
      await round();
      expect(await alerts()).toEqual([
        expect.objectContaining({ cause: 'failed:content', closed_at: expect.any(Date) }),
      ]);
    });

    it('follow how many share it', async () => {
      const one = await stopped({ failed: 'media' });
      await stopped({ failed: 'media' }, 2);
      await round();
      expect((await mine()).data).toMatchObject([{ count: 3 }]);
      await mend(one);
      await practice.owner.query(`update alert_rounds set counted_at = '-infinity'`);
      await round();
      expect((await mine()).data).toMatchObject([{ count: 2 }]);
    });

    it('are not lost where telling fails halfway', async () => {
      await stopped({ failed: 'content' });
      await practice.owner.query('alter table mails add constraint broken check (kind <> $$alerts$$)');
      await watch.look();
      await practice.owner.query(`update alerts set opened_at = opened_at - interval '6 seconds'`);
      await expect(notifier.tell()).rejects.toThrow('broken');
      expect(await mine()).toMatchObject({ unread: 0, data: [] });
      await practice.owner.query('alter table mails drop constraint broken');
      await notifier.tell();
      expect(await mine()).toMatchObject({ unread: 1 });
      expect(await mails()).toHaveLength(1);
    });

    it('are found also where nobody looked when it happened', async () => {
      await practice.owner.query('alter table publications disable trigger publications_guard');
      await stopped({ failed: 'content' });
      await practice.owner.query(`update publications set updated_at = now() - interval '3 days'`);
      await practice.owner.query(`update connections set updated_at = now() - interval '3 days'`);
      await practice.owner.query('alter table publications enable trigger publications_guard');
      await watch.look();
      expect(await alerts()).toEqual([]);
      await practice.owner.query(`update alert_rounds set compared_at = now() - interval '2 hours'`);
      await watch.look();
      expect(await alerts()).toHaveLength(1);
    });
  });

  it('tell of holds that need a person, and of no other', async () => {
    await stopped({ held: 'channel-paused' });
    await stopped({ held: 'held-by-person' });
    await stopped({ held: 'approval-missing', dueIn: '1 day' });
    await stopped({ held: 'too-late' });
    const waiting = await stopped({ held: 'changed-after-approval', dueIn: '1 day' });
    await round();
    expect((await alerts()).map(({ cause }) => cause)).toEqual(['held:too-late']);
    await practice.owner.query('update publications set due_at = now(), version = version + 1 where post_id = $1', [
      waiting,
    ]);
    await round();
    expect((await alerts()).map(({ cause }) => cause)).toEqual(['held:changed-after-approval', 'held:too-late']);
  });

  describe('about a sign-in', () => {
    const dead = () =>
      practice.owner.query(
        `update connections set status = 'disconnected' where id = (select connection_id from channels where id = $1)`,
        [channel.id],
      );

    it('that is dead come once, for all that waits for it, and end with a new one', async () => {
      await stopped({ failed: 'auth' });
      await stopped({ held: 'channel-disconnected' }, 12);
      await dead();
      await round();
      expect((await mine()).data).toMatchObject([
        { cause: 'connection:dead', count: 12, subject: { type: 'connection' } },
      ]);
      expect((await mails())[0]).toMatchObject({
        subject: expect.stringContaining('needs to be reconnected'),
        text: expect.stringContaining(`/w/${account.workspaceId}/channels`),
      });
      await practice.connect(account);
      await round();
      const { data } = await mine();
      expect(data.find(({ cause }: { cause: string }) => cause === 'connection:dead').closedAt).not.toBeNull();
      // It failed, and nobody has retried it yet.
      expect(data.find(({ cause }: { cause: string }) => cause === 'failed:auth').closedAt).toBeNull();
    });

    it('that a person gave up tell of nothing but what waits for it', async () => {
      await dead();
      await practice.owner.query('update connections set credentials = null where organization_id = $1', [
        account.organizationId,
      ]);
      await round();
      expect(await alerts()).toEqual([]);
    });

    it('that ends within a week come unless it is renewed by itself', async () => {
      const expires = (when: string, renews: string | null) =>
        practice.owner.query(
          `update connections set expires_at = now() + $2::interval, renew_at = $3, platform = 'facebook'
            where organization_id = $1`,
          [account.organizationId, when, renews],
        );
      await expires('8 days', null);
      await round();
      expect(await alerts()).toEqual([]);
      await expires('6 days', null);
      await round();
      expect((await mine()).data).toMatchObject([{ cause: 'connection:expiring', closedAt: null }]);
      await expires('60 days', null);
      await round();
      expect((await mine()).data).toMatchObject([{ closedAt: expect.any(String) }]);
    });
  });

  describe('are for those who can do something about it', () => {
    it('and each sees only their own, of workspaces that they see', async () => {
      const other = (await account.agent.post('/v1/workspaces').send({ name: 'Other' }).expect(201)).body.id;
      const there = await practice.connect(account, 'bluesky', other);
      const support = await add({ role: 'support' });
      const author = await add({ workspaces: [{ id: account.workspaceId, role: 'author' }] });
      const viewer = await add({ workspaces: [{ id: account.workspaceId, role: 'viewer' }] });
      const elsewhere = await add({ workspaces: [{ id: other, role: 'manager' }] });
      const stranger = await practice.api.signUp();
      await stopped({ failed: 'content' });
      await stopped({ failed: 'media' }, 1, there, other);
      await round();
      const causes = async (who: Pick<TestAccount, 'agent'>) =>
        (await mine(who)).data.map(({ cause }: { cause: string }) => cause).sort();
      expect(await causes(account)).toEqual(['failed:content', 'failed:media']);
      expect(await causes(support)).toEqual(['failed:content', 'failed:media']);
      expect(await causes(author)).toEqual(['failed:content']);
      expect(await causes(elsewhere)).toEqual(['failed:media']);
      expect(await causes(viewer)).toEqual([]);
      expect(await causes(stranger)).toEqual([]);
      expect((await mails()).map(({ to }) => to.address).sort()).toEqual(
        [account.email, support.email, author.email, elsewhere.email].sort(),
      );

      const [{ id }] = (await mine(author)).data;
      for (const who of [account, support, viewer, elsewhere, stranger]) {
        await who.agent.post(`/v1/notifications/${id}/read`).expect(404);
      }
      await author.agent.post(`/v1/notifications/${id}/read`).expect(204);
      expect(await mine(author)).toMatchObject({ unread: 0, data: [{ readAt: expect.any(String) }] });
      expect((await mine(author, '?unread=true')).data).toEqual([]);
      expect((await mine()).unread).toBe(2);

      await practice.owner.query('delete from workspace_members where user_id = $1', [author.userId]);
      expect((await mine(author)).data).toEqual([]);
    });

    it('and a broken sign-in is for those who may reconnect it', async () => {
      const author = await add({ workspaces: [{ id: account.workspaceId, role: 'author' }] });
      const manager = await add({ workspaces: [{ id: account.workspaceId, role: 'manager' }] });
      await practice.owner.query(`update connections set status = 'disconnected' where organization_id = $1`, [
        account.organizationId,
      ]);
      await round();
      expect((await mine(manager)).unread).toBe(1);
      expect((await mine(author)).unread).toBe(0);
      expect((await mine()).unread).toBe(1);
    });

    it('in pages, the newest first', async () => {
      for (const kind of ['content', 'media', 'unknown']) await stopped({ failed: kind });
      await round();
      const first = await mine(account, '?limit=2');
      const rest = await mine(account, `?limit=2&cursor=${first.next}`);
      const ids = [...first.data, ...rest.data].map(({ id }: { id: string }) => id);
      expect(new Set(ids).size).toBe(3);
      expect(rest).not.toHaveProperty('next');
      await account.agent.get('/v1/notifications?cursor=nonsense').expect(422);
      await account.agent.get('/v1/notifications?unread=perhaps').expect(422);
    });
  });

  describe('by mail', () => {
    const prefer = (email: string) => account.agent.put('/v1/me/notification-preferences').send({ email });

    it('gather what comes soon after the last one', async () => {
      await stopped({ failed: 'content' });
      await round();
      await stopped({ failed: 'media' });
      await round();
      await stopped({ failed: 'unknown' });
      await round();
      expect((await mine()).unread).toBe(3);
      expect(await mails()).toHaveLength(1);
      await practice.owner.query(`update notifications set mail_at = mail_at - interval '10 minutes'`);
      await round();
      const [gathered, ...others] = await mails();
      expect(others).toHaveLength(1);
      expect(gathered?.subject).toMatch(/^2 things in .+ need you$/);
      expect(gathered?.text).toContain('The platform did not accept the attached media.');
      expect(gathered?.text).not.toContain('did not accept the text');
    });

    it('come once a day at eight where somebody wants that', async () => {
      await practice.owner.query(`update workspaces set time_zone = 'Pacific/Auckland' where id = $1`, [
        account.workspaceId,
      ]);
      expect((await account.agent.get('/v1/me/notification-preferences').expect(200)).body).toEqual({
        email: 'immediate',
      });
      await prefer('digest').expect(200);
      await stopped({ failed: 'content' });
      const solved = await stopped('unconfirmed');
      await round();
      expect(await mine()).toMatchObject({ unread: 2 });
      expect(await mails()).toEqual([]);
      const { rows } = await practice.owner.query(
        `select distinct to_char(mail_at at time zone 'Pacific/Auckland', 'HH24:MI:SS') as local,
                mail_at > now() and mail_at <= now() + interval '25 hours' as next from notifications`,
      );
      expect(rows).toEqual([{ local: '08:00:00', next: true }]);
      await mend(solved);
      await practice.owner.query('update notifications set mail_at = now()');
      await round();
      const [digest, ...more] = await mails();
      expect(more).toEqual([]);
      expect(digest?.text).toContain('did not accept the text');
      expect(digest?.text).not.toContain('Nobody can tell');
    });

    it('do not come where nobody wants them, which counts for what waits as well', async () => {
      await prefer('digest').expect(200);
      await stopped({ failed: 'content' });
      await round();
      await prefer('off').expect(200);
      await practice.owner.query('update notifications set mail_at = now() where mail_at is not null');
      await stopped({ failed: 'media' });
      await round();
      expect(await mails()).toEqual([]);
      expect((await mine()).unread).toBe(2);
      await prefer('sometimes').expect(422);
      await account.agent.put('/v1/me/notification-preferences').send({}).expect(422);
    });
  });

  it('are told live, to the person whom they concern', async () => {
    const viewer = await add({ workspaces: [{ id: account.workspaceId, role: 'viewer' }] });
    const url = `${practice.api.url}/v1/events`;
    const listen = async (key: string) => {
      const events = await Events.open(url, { authorization: `Bearer ${key}` });
      // Whoever begins to listen loads what there is.
      const joined = async () => (events.all.length === 2 ? true : undefined);
      await until(joined, () => `It was not told to load: ${JSON.stringify(events.all)}`);
      await events.next('notification');
      return events;
    };
    const theirs = await viewer.agent.post('/v1/api-keys').send({ name: 'listens' }).expect(201);
    const [owner, other] = [await listen(account.apiKey), await listen(theirs.body.key)];
    try {
      await stopped({ failed: 'content' });
      await round();
      expect(await owner.next('notification')).toEqual({ event: 'notification', id: '', data: {} });
      await account.agent.post('/v1/notifications/read').expect(204);
      await owner.next('notification');
      expect(other.all.filter(({ event }) => event === 'notification')).toHaveLength(1);
    } finally {
      owner.close();
      other.close();
      await Promise.all([owner.end, other.end]);
    }
  });

  it('are made by the worker by itself', async () => {
    await stopped({ failed: 'content' });
    const { kernel, databaseUrl } = practice.api;
    const worker = await createWorker(kernel, databaseUrl, practice.api.app.get(PlatformRegistry, { strict: false }));
    try {
      await worker.init();
      const told = async () => ((await mine()).unread === 1 ? true : undefined);
      await until(told, () => 'Nobody was told.');
      expect(await mails()).toHaveLength(1);
    } finally {
      await worker.close();
    }
  });
});
