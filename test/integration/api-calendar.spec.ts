import sharp from 'sharp';
import { rows } from '#kernel';
import { CALENDAR } from '#planning';
import { type TestAccount } from '../support/api.js';
import { inHours, PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const HOUR = 3_600_000;
const at = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();
const WEEK = { from: at(-1), to: at(7 * 24) };

describe('the calendar', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let mastodon: TestChannel;
  let bluesky: TestChannel;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
    mastodon = await practice.connect(account);
    bluesky = await practice.connect(account, 'bluesky');
  });
  afterAll(() => practice?.close());

  const look = (query: object = {}, who = account) =>
    practice
      .as(who)
      .get(`/v1/workspaces/${account.workspaceId}/calendar`)
      .query({ ...WEEK, ...query });
  const ids = async (query: object = {}): Promise<string[]> =>
    (await look(query).expect(200)).body.data.map(({ id }: { id: string }) => id);
  const scheduled = async (channel: TestChannel, hours: number): Promise<string> =>
    (await practice.schedule(account, [channel], inHours(hours))).publications[0].id;

  it('shows what each channel gets, and when', async () => {
    const file = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const upload = await practice
      .as(account)
      .post(`/v1/workspaces/${account.workspaceId}/media`)
      .attach('file', file, 'red.png')
      .expect(201);
    const text = '👩‍👩‍👧‍👦 long '.repeat(40);
    const { body: post } = await practice
      .as(account)
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({
        content: { text: 'For everybody' },
        media: [{ id: upload.body.id }, { id: upload.body.id }],
        channels: [{ id: bluesky.id }, { id: mastodon.id, content: { text }, media: [] }],
        schedule: inHours(24),
      })
      .expect(201);
    const { body } = await look().expect(200);
    const common = {
      postId: post.id,
      postVersion: 1,
      state: 'scheduled',
      dueAt: post.publications[0].dueAt,
      timeZone: 'Europe/Berlin',
      publishedAt: null,
      permalink: null,
    };
    const publicationOf = (channel: TestChannel) =>
      post.publications.find(({ channelId }: { channelId: string }) => channelId === channel.id).id;
    const entries = [
      {
        ...common,
        id: publicationOf(bluesky),
        channelId: bluesky.id,
        platform: 'bluesky',
        text: 'For everybody',
        mediaId: upload.body.id,
        mediaCount: 2,
      },
      {
        ...common,
        id: publicationOf(mastodon),
        channelId: mastodon.id,
        platform: 'mastodon',
        text: [...text].slice(0, 280).join(''),
        mediaId: null,
        mediaCount: 0,
      },
    ];
    expect(body).toEqual({ data: entries.sort((a, b) => (a.id < b.id ? -1 : 1)) });
  });

  it('tells what became of it, and leaves out what was given up', async () => {
    const [held, failed, cancelled, published] = [
      await scheduled(mastodon, 2),
      await scheduled(mastodon, 3),
      await scheduled(mastodon, 4),
      await scheduled(mastodon, 5),
    ];
    await practice.bring(held, ['held']);
    await practice.bring(failed, ['preparing', 'failed']);
    await practice.bring(cancelled, ['cancelled']);
    await practice.bring(published, ['preparing', 'ready', 'committing', 'published']);
    const { body } = await look().expect(200);
    expect(body.data).toMatchObject([
      { id: held, state: 'held', heldReason: 'channel-paused' },
      { id: failed, state: 'failed', failure: { kind: 'unknown', message: 'No answer came.' } },
      { id: published, state: 'published', publishedAt: expect.any(String) },
    ]);
    expect(body.data[1].failure).toEqual({ kind: 'unknown', message: 'No answer came.' });
    expect(body.data[0].failure).toBeUndefined();
  });

  it('tells what the network works on, and what was removed from it again', async () => {
    const [worked, removed] = [await scheduled(mastodon, 2), await scheduled(mastodon, 3)];
    const waitingFor = 'Mastodon is processing the video.';
    await practice.bring(removed, ['preparing', 'ready', 'committing', 'published']);
    await practice.owner.query('update publications set waiting_for = $2 where id = $1', [worked, waitingFor]);
    await practice.owner.query('update publications set removed_at = now() where id = $1', [removed]);
    const { body } = await look().expect(200);
    expect(body.data).toMatchObject([
      { id: worked, waitingFor },
      { id: removed, state: 'published', removedAt: expect.any(String) },
    ]);
  });

  it('tells what is left to do about what is out', async () => {
    const [noted, quiet] = [await scheduled(mastodon, 2), await scheduled(mastodon, 3)];
    for (const id of [noted, quiet]) await practice.bring(id, ['preparing', 'ready', 'committing', 'published']);
    const note = 'It waits in the inbox until somebody finishes and posts it there.';
    await practice.owner.query('update publications set note = $2 where id = $1', [noted, note]);
    const { body } = await look().expect(200);
    expect(body.data).toMatchObject([{ id: noted, state: 'published', note }, { id: quiet }]);
    expect(body.data[1]).not.toHaveProperty('note');
  });

  it('is told by channels, by states and by time, its end left out', async () => {
    const [first, second, third] = [
      await scheduled(mastodon, 2),
      await scheduled(bluesky, 3),
      await scheduled(mastodon, 4),
    ];
    await practice.bring(third, ['held']);
    expect(await ids()).toEqual([first, second, third]);
    expect(await ids({ channelId: mastodon.id })).toEqual([first, third]);
    expect(await ids({ channelId: `${mastodon.id},${bluesky.id.toUpperCase()}` })).toEqual([first, second, third]);
    expect(await ids({ channelId: [mastodon.id, bluesky.id] })).toEqual([first, second, third]);
    expect(await ids({ state: 'held' })).toEqual([third]);
    expect(await ids({ state: 'held,scheduled', channelId: mastodon.id })).toEqual([first, third]);
    const { body } = await look().expect(200);
    const [, { dueAt: secondDue }, { dueAt: thirdDue }] = body.data;
    expect(await ids({ from: secondDue, to: thirdDue })).toEqual([second]);
  });

  it('comes in pages without gaps, also where much is due at one instant', async () => {
    const { at: due } = inHours(5);
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const { publications } = await practice.schedule(account, [mastodon], { at: due, timeZone: 'UTC' });
      made.push(publications[0].id);
    }
    await practice.owner.query(
      `update publications set version = version + 1, due_at = due_at + interval '123 microseconds' where id = $1`,
      [made[2]],
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await look({ limit: 2, ...(cursor !== undefined && { cursor }) }).expect(200);
      expect(body.data.length).toBeLessThanOrEqual(2);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.next;
    } while (cursor !== undefined);
    expect(seen).toEqual([...made.filter((_, index) => index !== 2).sort(), made[2]]);
  });

  it.each([
    [{ from: undefined }, 'from'],
    [{ to: undefined }, 'to'],
    [{ from: '2026-05-04' }, 'from'],
    [{ to: '2026-05-04T09:00' }, 'to'],
    [{ to: '2026-02-30T09:00:00Z' }, 'to'],
    [{ to: WEEK.from }, 'to'],
    [{ to: at(100 * 24) }, 'to'],
    [{ channelId: 'x' }, 'channelId'],
    [{ channelId: '' }, 'channelId'],
    [{ state: 'cancelled' }, 'state'],
    [{ state: 'held,lost' }, 'state'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 1001 }, 'limit'],
    [{ cursor: 'WyIyMDI2IiwieCJd' }, 'cursor'],
    [{ cursor: cursorOf('2026-02-30T09:00:00.000000Z') }, 'cursor'],
    [{ month: 'May' }, 'month'],
  ])('is not told for %j', async (query, field) => {
    expectProblem(await look(query), { status: 422, slug: 'validation-failed', field });
  });

  it('takes a hundred days, with any offset', async () => {
    const id = await scheduled(mastodon, 2);
    const from = new Date(Date.now() - HOUR);
    const to = new Date(from.getTime() + 100 * 24 * HOUR);
    expect(await ids({ from: from.toISOString(), to: to.toISOString() })).toEqual([id]);
    const berlin = (date: Date) => new Date(date.getTime() + 2 * HOUR).toISOString().replace('Z', '+02:00');
    expect(await ids({ from: berlin(from), to: berlin(to) })).toEqual([id]);
  });

  it('is nobody else’s', async () => {
    await scheduled(mastodon, 2);
    const stranger = await practice.api.signUp();
    expectProblem(await look({}, stranger), { status: 404, slug: 'not-found' });
    const unknown = `/v1/workspaces/01890000-0000-7000-8000-000000000000/calendar`;
    expectProblem(await practice.as(account).get(unknown).query(WEEK), { status: 404, slug: 'not-found' });
    const empty = await practice.as(stranger).get(`/v1/workspaces/${stranger.workspaceId}/calendar`).query(WEEK);
    expect(empty.body).toEqual({ data: [] });
  });

  it('is found by its index among many, in order', async () => {
    const id = await scheduled(mastodon, 2);
    await practice.owner.query(
      `insert into publications (id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
              cleared_hash, due_at, time_zone, local_due, state, version, next_check_at)
       select gen_random_uuid(), organization_id, workspace_id, channel_id, post_id, 1, content, content_hash,
              cleared_hash, due_at + make_interval(hours => n), time_zone, local_due, 'scheduled', 1, due_at
         from publications, generate_series(1, 5000) as n where id = $1`,
      [id],
    );
    await practice.owner.query('analyze publications');
    const plan = await practice.api.kernel.database.tenant(account.organizationId, (tx) =>
      rows<{ 'QUERY PLAN': string }>(tx, `explain ${CALENDAR}`, [
        account.workspaceId,
        WEEK.from,
        WEEK.to,
        null,
        null,
        null,
        null,
        501,
      ]),
    );
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toMatch(
      /CTE found\n +-> +Limit .*\n(?: +(?:InitPlan|-> +Result).*\n)* +-> +Index Scan using publications_calendar on/,
    );
    expect(text).not.toContain('Seq Scan on publications');
    expect((await look({ to: at(99 * 24) }).expect(200)).body).toMatchObject({ next: expect.any(String) });
  });
});

function cursorOf(instant: string): string {
  return Buffer.from(JSON.stringify([instant, '01890000-0000-7000-8000-000000000000'])).toString('base64url');
}
