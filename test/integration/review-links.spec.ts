import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import request from 'supertest';
import { ReviewTokens } from '#planning';
import { type Agent, type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { addTeammate } from '../support/team.js';

const CLARA = 'clara@client.example';
const CARL = 'carl@client.example';
const PASSCODE = '4711-roast';
const MEMBERS_ONLY = 'Margins are thin on this one.';
/** Signs of what a client has no business with. */
const TENANT_SECRETS = [MEMBERS_ONLY, 'Another post', 'Neighbour', 'connectionId', 'organizationId', 'workspaceId'];

describe('review links', () => {
  let practice: PracticeApi;
  let owner: TestAccount;
  let stranger: TestAccount;
  let channel: TestChannel;
  let postId: string;
  let mediaId: string;
  /** Nobody's browser. */
  let client: Agent;

  beforeAll(async () => {
    practice = await PracticeApi.start();
    owner = await practice.api.signUp({ name: 'Ada Lovelace', organization: 'North Roast' });
    stranger = await practice.api.signUp({ organization: 'Neighbour' });
    channel = await practice.connect(owner);
    mediaId = await upload(owner);
    const step = (name: string, email: string) => ({ name, approvers: { clients: [email] }, rule: 'any' });
    await practice
      .as(owner)
      .put(`/v1/workspaces/${owner.workspaceId}/approval-workflow`)
      .send({
        ...{ mode: 'required', selfApproval: true, rescheduleNeedsApproval: false },
        steps: [step('Marketing', 'Clara@Client.example'), step('Law', CARL)],
      })
      .expect(200);
    await practice
      .as(owner)
      .post(`/v1/workspaces/${owner.workspaceId}/posts`)
      .send({ content: { text: 'Another post' }, channels: [], schedule: null })
      .expect(201);
  });
  beforeEach(async () => {
    client = practice.api.agent();
    postId = await write();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => practice?.close());

  const upload = async (who: TestAccount): Promise<string> =>
    (
      await practice
        .as(who)
        .post(`/v1/workspaces/${who.workspaceId}/media`)
        .field('altText', 'A cup of coffee')
        .attach('file', 'test/fixtures/cup.jpg')
        .expect(201)
    ).body.id;
  /** A scheduled post about which both clients are asked. */
  const write = async (): Promise<string> => {
    const { body } = await practice
      .as(owner)
      .post(`/v1/workspaces/${owner.workspaceId}/posts`)
      .send({
        ...{ content: { text: 'Spring roast is here' }, media: [{ id: mediaId }], channels: [{ id: channel.id }] },
        schedule: { at: new Date(Date.now() + 86_400_000).toISOString(), timeZone: 'Europe/Berlin' },
      })
      .expect(201);
    await practice.as(owner).post(`/v1/posts/${body.id}/approval/requests`).expect(201);
    return body.id;
  };
  const edit = async (text: string) => {
    const { headers } = await practice.as(owner).get(`/v1/posts/${postId}`).expect(200);
    const change = { content: { text } };
    await practice.as(owner).patch(`/v1/posts/${postId}`).set('If-Match', headers['etag']!).send(change).expect(200);
  };
  const links = (id = postId) => `/v1/posts/${id}/review-links`;
  const create = async (input: object = { email: CLARA, name: 'Clara' }, id = postId) =>
    (await practice.as(owner).post(links(id)).send(input).expect(201)).body;
  /** The address of the API for a link's token. */
  const apiOf = ({ address }: { address: string }) => `/v1/review/${address.split('/').at(-1)}`;
  const linkFor = async (input?: object) => apiOf(await create(input));
  const look = async (path: string) => (await client.get(path).expect(200)).body;
  const decide = (path: string, body: object) => client.post(`${path}/decisions`).send(body);
  const approve = async (path: string) =>
    decide(path, { decision: 'approve', contentHash: (await look(path)).post.contentHash });
  const end = (set: string) => practice.owner.query(`update review_links set ${set} where post_id = $1`, [postId]);
  const publication = async () => {
    const { body } = await practice.as(owner).get(`/v1/posts/${postId}`).expect(200);
    return body.publications[0].heldReason ?? body.publications[0].state;
  };
  const audit = async (operation: string) =>
    (await practice.as(owner).get('/v1/audit-log').query({ operation, subjectId: postId }).expect(200)).body.data;

  describe('are given out', () => {
    it('for as long as was said, and shown again to those who may share the post', async () => {
      const made = await create({ email: 'Clara@Client.example', name: 'Clara', expiresInDays: 3 });
      expect(made).toMatchObject({
        ...{ email: CLARA, name: 'Clara', passcode: false, state: 'open', revokedAt: null, lastUsedAt: null },
        createdBy: { type: 'user', id: owner.userId },
      });
      expect(made.address).toMatch(new RegExp(`^${practice.api.kernel.config.publicUrl}/review/[\\w.-]{100,150}$`));
      const days = (Date.parse(made.expiresAt) - Date.parse(made.createdAt)) / 86_400_000;
      expect(days).toBeCloseTo(3, 1);
      await look(apiOf(made));
      const { body } = await practice.as(owner).get(links()).expect(200);
      expect(body.data).toEqual([{ ...made, lastUsedAt: expect.any(String) }]);
      expect(await audit('createReviewLink')).toEqual([]);
      const [entry] = (await practice.as(owner).get('/v1/audit-log').query({ subjectId: made.id })).body.data;
      expect(entry).toMatchObject({ words: 'made a review link for', subject: { name: 'Clara' } });
    });

    it('once for a request that is repeated, and never as something that can be read from the database', async () => {
      const send = () => practice.as(owner).post(links()).set('Idempotency-Key', postId).send({ passcode: PASSCODE });
      const [first, again] = [await send().expect(201), await send().expect(201)];
      expect(again.body).toEqual(first.body);
      const { rows } = await practice.owner.query(
        `select (select json_agg(l)::text from review_links l) || (select json_agg(k)::text from idempotency_keys k)
                || (select json_agg(a)::text from audit_log a) as all`,
      );
      expect(rows[0].all).toContain(first.body.id);
      for (const secret of [first.body.address.split('/').at(-1), first.body.address.split('.').at(-1), PASSCODE]) {
        expect(rows[0].all).not.toContain(secret);
      }
    });

    it.each([
      [{ email: 'nobody' }, 'email'],
      [{ expiresInDays: 91 }, 'expiresInDays'],
      [{ expiresInDays: 0 }, 'expiresInDays'],
      [{ passcode: '123' }, 'passcode'],
      [{ name: ' ' }, 'name'],
    ])('but not with %j, naming the field', async (input, field) => {
      const answer = await practice.as(owner).post(links()).send(input);
      expectProblem(answer, { status: 422, slug: 'validation-failed', field });
    });

    it('by writers alone, and seen by no others', async () => {
      const workspaces = [{ id: owner.workspaceId, role: 'approver' as const }];
      const { agent } = await addTeammate(practice, owner, { workspaces });
      expectProblem(await agent.post(links()).send({}), { status: 403, slug: 'forbidden' });
      expectProblem(await agent.get(links()), { status: 403, slug: 'forbidden' });
      expectProblem(await practice.as(stranger).get(links()), { status: 404, slug: 'not-found' });
    });

    it('and taken back one by one or all at once, which lets nobody in from then on', async () => {
      const [first, second, third] = [await create(), await create(), await create({})];
      await practice.as(owner).delete(`${links()}/${first.id}`).expect(204);
      expectProblem(await client.get(apiOf(first)), { status: 410, slug: 'gone' });
      await look(apiOf(second));
      await practice.as(owner).delete(links()).expect(204);
      for (const link of [second, third]) {
        const answer = await client.get(apiOf(link));
        expectProblem(answer, { status: 410, slug: 'gone' });
        expect(answer.text).not.toMatch(/roast/i);
        expectProblem(await decide(apiOf(link), { decision: 'approve', contentHash: 'a'.repeat(64) }), {
          status: 410,
          slug: 'gone',
        });
      }
      const { body } = await practice.as(owner).get(links()).expect(200);
      expect(body.data.map(({ state }: { state: string }) => state)).toEqual(['revoked', 'revoked', 'revoked']);
      expectProblem(await practice.as(owner).delete(`${links()}/${randomUUID()}`), { status: 404, slug: 'not-found' });
    });
  });

  describe('open nothing', () => {
    it('when made up or changed in any byte, and the database is not asked', async () => {
      const path = await linkFor();
      const token = path.split('/').at(-1) ?? '';
      const { database } = practice.api.kernel;
      const asked = (['tenant', 'organization', 'identity', 'engine'] as const).map((way) => jest.spyOn(database, way));
      const changed = [...token].map((character, at) => {
        const other = character === 'A' ? 'B' : 'A';
        return `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
      });
      const wrong = [...changed, token.slice(0, -1), `${token}A`, 'x', randomUUID()];
      for (const one of wrong) {
        const answer = await request(practice.api.url).get(`/v1/review/${encodeURIComponent(one)}`);
        expectProblem(answer, { status: 404, slug: 'not-found' });
      }
      asked.forEach((spy) => expect(spy).not.toHaveBeenCalled());
      await look(path);
      expect(asked[0]).toHaveBeenCalled();
    });

    it('in another organization, even where it signed the token', async () => {
      const { id: linkId } = await create();
      const { organizationId } = stranger;
      const token = await new ReviewTokens(practice.api.kernel.vault).sign({ organizationId, linkId });
      expectProblem(await client.get(`/v1/review/${token}`), { status: 404, slug: 'not-found' });
    });

    it('after their time, or when their post is deleted', async () => {
      const path = await linkFor();
      await end(`expires_at = now() - interval '1 second'`);
      expectProblem(await client.get(path), { status: 410, slug: 'gone' });
      await end(`expires_at = now() + interval '1 day'`);
      await look(path);
      const { headers } = await practice.as(owner).get(`/v1/posts/${postId}`);
      await practice.as(owner).delete(`/v1/posts/${postId}`).set('If-Match', headers['etag']!).expect(204);
      expectProblem(await client.get(path), { status: 410, slug: 'gone' });
    });

    it('before their passcode is entered, which is not to be guessed', async () => {
      const path = await linkFor({ email: CLARA, passcode: PASSCODE });
      const decision = { decision: 'approve', contentHash: 'a'.repeat(64) };
      for (const answer of [
        await client.get(path),
        await client.get(`${path}/media/${mediaId}/content`),
        await decide(path, decision),
        await client.post(`${path}/comments`).send({ text: 'Hello' }),
      ]) {
        expectProblem(answer, { status: 401, slug: 'passcode-required' });
        expect(answer.text).not.toMatch(/roast|clara/i);
      }
      const enter = (passcode: string, as = client) => as.post(`${path}/passcode`).send({ passcode });
      expectProblem(await enter('wrong'), { status: 422, slug: 'validation-failed', field: 'passcode' });
      const right = await enter(PASSCODE).expect(204);
      expect(String(right.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
      expect((await look(path)).workspace).toBeDefined();
      expectProblem(await practice.api.agent().get(path), { status: 401, slug: 'passcode-required' });
      // The pass of one link is none of another, even where it is sent there.
      const other = await linkFor({ passcode: PASSCODE });
      const pass = String(right.headers['set-cookie']).split(';')[0] ?? '';
      expectProblem(await request(practice.api.url).get(other).set('Cookie', pass), {
        status: 401,
        slug: 'passcode-required',
      });
    });

    it('after too many wrong passcodes, not even with the right one', async () => {
      const path = await linkFor({ passcode: PASSCODE });
      const enter = (passcode: string) => practice.api.agent().post(`${path}/passcode`).send({ passcode });
      for (let tries = 0; tries < 10; tries += 1) expect((await enter(`wrong ${tries}`)).status).toBe(422);
      const refused = await enter(PASSCODE);
      expectProblem(refused, { status: 429, slug: 'too-many-requests' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_600);
      // Another link is another lock.
      const other = await linkFor({ passcode: PASSCODE });
      await client.post(`${other}/passcode`).send({ passcode: PASSCODE }).expect(204);
    });
  });

  describe('show', () => {
    it('what goes out where and when, where the approval stands, and nothing else of the tenant', async () => {
      await practice.as(owner).post(`/v1/posts/${postId}/comments`).send({ text: MEMBERS_ONLY }).expect(201);
      const told = { text: 'We tried a new picture.', visibility: 'client' };
      await practice.as(owner).post(`/v1/posts/${postId}/comments`).send(told).expect(201);
      const seen = await look(await linkFor());
      expect(seen).toMatchObject({
        ...{ organization: 'North Roast', client: { name: 'Clara', email: CLARA }, askedBy: expect.any(String) },
        post: { id: postId, revision: 1, contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
        approval: {
          ...{ state: 'pending', waitedFor: true, mayDecide: true, reason: null, decisions: [] },
          steps: [
            { name: 'Marketing', state: 'open' },
            { name: 'Law', state: 'waiting' },
          ],
        },
        comments: [{ text: told.text }],
      });
      expect(seen.post.channels).toMatchObject([
        {
          ...{ id: channel.id, name: channel.name, practice: true, platform: { id: 'mastodon' }, published: null },
          due: { timeZone: 'Europe/Berlin' },
          segments: [
            {
              ...{ kind: 'post', text: 'Spring roast is here' },
              media: [{ id: mediaId, kind: 'image', altText: 'A cup of coffee' }],
            },
          ],
        },
      ]);
      const text = JSON.stringify(seen);
      for (const secret of [...TENANT_SECRETS, owner.workspaceId, owner.organizationId, owner.email, owner.userId]) {
        expect(text).not.toContain(secret);
      }
      expect(text).not.toContain(CARL);
    });

    it('images of their post alone', async () => {
      const path = await linkFor();
      const [own, foreign] = [await upload(owner), await upload(stranger)];
      const shown = await client.get(`${path}/media/${mediaId}/content?width=400`).expect(200);
      expect(shown.headers['content-type']).toMatch(/^image\//);
      for (const id of [own, foreign, randomUUID()]) {
        expectProblem(await client.get(`${path}/media/${id}/content`), { status: 404, slug: 'not-found' });
      }
    });

    it('what changed since the client looked, but nothing from before', async () => {
      await edit('Never shown to anybody');
      const path = await linkFor();
      expect(await look(`${path}?since=1`)).toMatchObject({ changes: null, post: { revision: 2 } });
      await edit('Summer roast is here');
      const { changes } = await look(`${path}?since=2`);
      expect(changes).toMatchObject({ since: 2, list: [{ kind: 'text', after: 'Summer roast is here' }] });
      expect((await look(`${path}?since=1`)).changes).toBeNull();
    });
  });

  describe('let a client', () => {
    it('decide about what they looked at and nothing else, and clear the post with the last decision', async () => {
      const [clara, carl] = [await linkFor(), await linkFor({ email: CARL })];
      expect(await publication()).toBe('approval-missing');
      expect((await look(carl)).approval).toMatchObject({ mayDecide: false, reason: expect.stringMatching(/others/) });
      expectProblem(await approve(carl), { status: 403, slug: 'forbidden' });
      const { contentHash } = (await look(clara)).post;
      await edit('Changed behind her back');
      expectProblem(await decide(clara, { decision: 'approve', contentHash }), { status: 409, slug: 'conflict' });
      const decided = await approve(clara);
      expect(decided.body.approval).toMatchObject({ state: 'pending', mayDecide: false, mayRequestChanges: true });
      expect(decided.body.approval.decisions).toMatchObject([{ decision: 'approve', revision: 2, counts: true }]);
      expect(await publication()).toBe('approval-missing');
      expect((await approve(carl)).body.approval.state).toBe('approved');
      expect(await publication()).toBe('scheduled');
      const [entry] = await audit('decideReview');
      expect(entry).toMatchObject({
        actor: { name: CARL, via: 'review-link', userId: null },
        details: { decision: 'approve', email: CARL },
      });
      const { body } = await practice.as(owner).get(`/v1/posts/${postId}/approval`).expect(200);
      expect(body.decisions[0].by).toEqual({ type: 'client', id: CLARA, name: 'Clara' });
    });

    it('ask for changes, with the words that reach the workspace', async () => {
      const path = await linkFor();
      const { contentHash } = (await look(path)).post;
      const words = { decision: 'request-changes', contentHash, comment: 'The price is missing.' };
      const { body } = await decide(path, words).expect(200);
      expect(body.approval).toMatchObject({ state: 'changes-requested', mayDecide: false, mayRequestChanges: false });
      const approval = await practice.as(owner).get(`/v1/posts/${postId}/approval`).expect(200);
      expect(approval.body.decisions[0].comment).toBe('The price is missing.');
    });

    it('whom the link does not name comment, once for a repeated request, and never decide', async () => {
      const path = await linkFor({});
      expect((await look(path)).approval).toMatchObject({ mayDecide: false, reason: expect.stringMatching(/nobody/) });
      expectProblem(await approve(path), { status: 403, slug: 'forbidden' });
      const anchor = { type: 'text', part: 0, start: 0, end: 6, quote: 'Spring' };
      const say = () =>
        client.post(`${path}/comments`).set('Idempotency-Key', postId).send({ text: 'Is it summer yet?', anchor });
      const [first, again] = [await say().expect(201), await say().expect(201)];
      expect(again.body.id).toBe(first.body.id);
      expect((await look(path)).comments).toMatchObject([{ text: 'Is it summer yet?', anchor: { quote: 'Spring' } }]);
      expect((await audit('commentReview')).map(({ actor }: { actor: object }) => actor)).toMatchObject([
        { name: 'Client', via: 'review-link' },
      ]);
    });

    it('not answer what colleagues say among themselves', async () => {
      const said = await practice.as(owner).post(`/v1/posts/${postId}/comments`).send({ text: MEMBERS_ONLY });
      const reply = { text: 'Are they?', parentId: said.body.id };
      const answer = await client.post(`${await linkFor()}/comments`).send(reply);
      expectProblem(answer, { status: 404, slug: 'not-found' });
    });
  });
});
