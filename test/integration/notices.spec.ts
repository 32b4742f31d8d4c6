import { NoticeWatch, Notifier } from '#notifications';
import { type TestAccount } from '../support/api.js';
import { lettersTo } from '../support/letters.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { until } from '../support/processes.js';
import { addTeammate, type Teammate } from '../support/team.js';

const CLIENT = 'cleo@client.example.com';
type Agent = TestAccount['agent'];

describe('what people are told of posts', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let channel: TestChannel;
  let author: Teammate;
  let ben: Teammate;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    await practice.owner.query('delete from notice_events');
    await practice.owner.query('delete from notice_posts');
    account = await practice.api.signUp();
    channel = await practice.connect(account);
    const add = (role: 'author' | 'approver') =>
      addTeammate(practice, account, { workspaces: [{ id: account.workspaceId, role }] });
    [author, ben] = [await add('author'), await add('approver')];
    await practice.owner.query('delete from mails');
  });
  afterAll(() => practice?.close());

  const get = <T>(service: abstract new (...args: never[]) => T): T => practice.api.app.get(service, { strict: false });
  /** Whether everything that happened was read. What other tests write on the same server at the moment holds it up. */
  const caughtUp = async () => {
    const { rows } = await practice.owner.query(
      `select 1 from events e join event_readers r on r.name = 'notices' and (e.xid, e.id) > (r.xid, r.id) limit 1`,
    );
    return rows.length === 0;
  };
  /** Rounds of so many workers at the same time, until there is nothing left to read. */
  const rounds = (workers: number) =>
    until(
      async () => {
        await Promise.all(Array.from({ length: workers }, () => get(NoticeWatch).look()));
        if (!(await caughtUp())) return undefined;
        await get(NoticeWatch).look();
        await get(Notifier).tell();
        return true;
      },
      () => 'What happened was not read.',
    );
  const round = () => rounds(1);
  /** Moves everything that was written so far into the past. */
  const later = async (interval: string) => {
    await practice.owner.query(`update approvals set since = since - $1::interval`, [interval]);
    await practice.owner.query(`update approval_asks set told_at = told_at - $1::interval`, [interval]);
    await practice.owner.query(`update notifications set mailed_at = mailed_at - $1::interval`, [interval]);
    await practice.owner.query('update notice_posts set look_at = now()');
  };
  const due = async (interval: string) => {
    await practice.owner.query('update publications set due_at = now() + $1::interval, version = version + 1', [
      interval,
    ]);
    await practice.owner.query('update notice_posts set look_at = now()');
  };
  const set = (approvers: object, more: object = {}) =>
    account.agent
      .put(`/v1/workspaces/${account.workspaceId}/approval-workflow`)
      .send({
        ...{ mode: 'required', selfApproval: true, rescheduleNeedsApproval: false },
        ...{ steps: [{ name: 'Lead', approvers, rule: 'any' }], ...more },
      })
      .expect(200);
  const write = async (): Promise<string> => {
    const { body } = await author.agent
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({
        content: { text: 'The winter roast.' },
        channels: [{ id: channel.id }],
        schedule: { at: '2030-05-04T09:00', timeZone: 'UTC' },
      })
      .expect(201);
    return body.id as string;
  };
  const ask = (id: string) => author.agent.post(`/v1/posts/${id}/approval/requests`).expect(201);
  const decide = async (id: string, who: Agent, decision = 'approve', comment?: string) => {
    const { body } = await who.get(`/v1/posts/${id}/approval`).expect(200);
    const { contentHash } = body;
    await who.post(`/v1/posts/${id}/approval/decisions`).send({ decision, contentHash, comment }).expect(200);
  };
  const change = async (id: string, text: string) => {
    const { headers } = await author.agent.get(`/v1/posts/${id}`).expect(200);
    const content = { text };
    await author.agent.patch(`/v1/posts/${id}`).set('If-Match', headers['etag']!).send({ content }).expect(200);
  };
  const open = async (who: Agent): Promise<string[]> => {
    const { body } = await who.get('/v1/notifications?unread=true').expect(200);
    return body.data.map((one: { headline: string }) => one.headline);
  };
  const letters = async (address: string) => lettersTo(practice.owner, practice.api.kernel.vault, address);
  const subjects = async (address: string) => (await letters(address)).map(({ subject }) => subject);

  it('waits for approvers, once, until it is decided, and tells the author what became of it', async () => {
    await set({ members: [ben.userId] });
    const id = await write();
    await ask(id);
    const name = author.email.split('@')[0];
    const asked = `${name} asks you to approve “The winter roast.”`;
    await round();
    await round();
    expect(await open(ben.agent)).toEqual([asked]);
    expect(await open(author.agent)).toEqual([]);
    expect(await subjects(ben.email)).toEqual([asked]);
    await decide(id, ben.agent, 'request-changes', 'Say which roast.');
    await round();
    expect(await open(ben.agent)).toEqual([]);
    const { body } = await author.agent.get('/v1/notifications').expect(200);
    expect(body.data).toEqual([
      expect.objectContaining({
        ...{ cause: 'approval:changes-requested', title: 'Say which roast.', closedAt: null },
        subject: { type: 'post', id, name: 'The winter roast.', platform: null, practice: false, commentId: null },
      }),
    ]);
    await later('11 minutes');
    await ask(id);
    await round();
    expect(await open(author.agent)).toEqual([]);
    await decide(id, ben.agent);
    await round();
    expect(await open(author.agent)).toEqual(['“The winter roast.” is approved']);
  });

  it('is approved when the last one who was missing leaves, and goes out at its time', async () => {
    const carl = await addTeammate(practice, account, { workspaces: [{ id: account.workspaceId, role: 'approver' }] });
    const approvers = { members: [ben.userId, carl.userId] };
    await set(approvers, { steps: [{ name: 'Both', approvers, rule: 'all' }] });
    const id = await write();
    const stateOf = async () =>
      (await author.agent.get(`/v1/posts/${id}`).expect(200)).body.publications[0].state as string;
    await ask(id);
    await decide(id, ben.agent);
    await round();
    expect(await stateOf()).toBe('held');
    await account.agent.delete(`/v1/organizations/${account.organizationId}/members/${carl.userId}`).expect(204);
    await later('1 minute');
    await round();
    expect(await stateOf()).toBe('scheduled');
    await round();
    expect(await open(author.agent)).toEqual(['“The winter roast.” is approved']);
  });

  it('tells of many changes once, when it was quiet, and that they were made after the approval', async () => {
    await set({ members: [ben.userId] });
    const id = await write();
    await ask(id);
    await round();
    await decide(id, ben.agent);
    await round();
    await change(id, 'The winter roast is here.');
    await round();
    await change(id, 'The winter roast is here again.');
    await round();
    expect(await open(ben.agent)).toEqual([]);
    await later('3 minutes');
    await round();
    await round();
    expect(await open(ben.agent)).toEqual(['“The winter roast is here again.” was changed after you approved']);
    await author.agent
      .get(`/v1/posts/${id}`)
      .then(({ headers }) => author.agent.delete(`/v1/posts/${id}`).set('If-Match', headers['etag']!).expect(204));
    expect(await open(ben.agent)).toEqual([]);
  });

  it('reminds before the due time, asks more people when time runs short, and lets them decide', async () => {
    await set({ members: [ben.userId] }, { reminders: [24], escalation: { hours: 4, roles: ['owner'] } });
    const id = await write();
    await ask(id);
    await round();
    await due('25 hours');
    await round();
    expect(await open(ben.agent)).toEqual([expect.stringContaining('asks you to approve')]);
    await later('2 hours');
    await due('23 hours');
    await round();
    await due('22 hours 59 minutes');
    await round();
    expect(await open(ben.agent)).toEqual(['“The winter roast.” is due soon and still waits for you']);
    expect(await open(account.agent)).toEqual([]);
    await due('4 hours 1 minute');
    const { body } = await account.agent.get(`/v1/posts/${id}/approval`).expect(200);
    const { contentHash } = body;
    await account.agent
      .post(`/v1/posts/${id}/approval/decisions`)
      .send({ decision: 'approve', contentHash })
      .expect(403);
    await due('3 hours 59 minutes');
    await round();
    expect(await open(account.agent)).toEqual(['“The winter roast.” is due soon and not approved']);
    await decide(id, account.agent);
    await due('9 hours');
    expect((await account.agent.get(`/v1/posts/${id}/approval`).expect(200)).body.state).toBe('approved');
    await round();
    expect([await open(ben.agent), await open(account.agent)]).toEqual([[], []]);
  });

  it('mails a client a link that works, once however many workers look, again when it was changed and quiet', async () => {
    await set({ clients: [CLIENT.toUpperCase()] });
    const id = await write();
    await ask(id);
    await rounds(3);
    const [letter, ...more] = await letters(CLIENT);
    expect(more).toEqual([]);
    expect(letter?.paragraphs).toContain('It is to be published on Saturday, 4 May 2030 at 09:00 (UTC).');
    expect(letter?.action?.label).toBe('Look and decide');
    const token = letter?.action?.address.split('/').at(-1);
    const { body } = await practice.api.agent().get(`/v1/review/${token}`).expect(200);
    expect(JSON.stringify(body)).toContain('The winter roast.');
    await change(id, 'Something else.');
    await later('3 minutes');
    await round();
    expect(await letters(CLIENT)).toHaveLength(1);
    await later('8 minutes');
    await round();
    await round();
    expect((await subjects(CLIENT)).slice(1)).toEqual([expect.stringContaining('was changed and waits for you')]);
    await ask(id);
    await round();
    expect(await letters(CLIENT)).toHaveLength(3);
  });

  it('tells who is mentioned, who wrote in the thread, and nobody else, until it is resolved', async () => {
    const id = await write();
    const say = async (who: Agent, body: object) =>
      (await who.post(`/v1/posts/${id}/comments`).send(body).expect(201)).body.id as string;
    const thread = await say(ben.agent, { text: 'Which roast?' });
    await say(author.agent, { text: 'Ask her.', parentId: thread, mentions: [account.userId] });
    await round();
    const name = author.email.split('@')[0];
    expect(await open(ben.agent)).toEqual([`${name} replied on “The winter roast.”`]);
    expect(await open(account.agent)).toEqual([`${name} mentioned you on “The winter roast.”`]);
    expect(await open(author.agent)).toEqual([]);
    await account.agent.patch(`/v1/comments/${thread}`).send({ resolved: true }).expect(200);
    await round();
    expect([await open(ben.agent), await open(account.agent)]).toEqual([[], []]);
  });

  it('tells nobody who does not see the workspace, nor another organization', async () => {
    await set({ roles: ['approver'] });
    const elsewhere = await addTeammate(practice, account);
    const stranger = await practice.api.signUp();
    const id = await write();
    await author.agent
      .post(`/v1/posts/${id}/comments`)
      .send({ text: 'Look.', mentions: [ben.userId] })
      .expect(201);
    await ask(id);
    await practice.owner.query('delete from workspace_members where user_id = $1', [ben.userId]);
    await round();
    const { rows } = await practice.owner.query('select user_id from notifications where post_id = $1', [id]);
    expect(rows).toEqual([]);
    expect([await open(elsewhere.agent), await open(stranger.agent)]).toEqual([[], []]);
  });
});
