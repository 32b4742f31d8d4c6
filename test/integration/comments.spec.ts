import { randomUUID } from 'node:crypto';
import { type WorkspaceRole } from '#accounts';
import { type ClientComment, CommentsService } from '#planning';
import { clip } from '../../libs/media/testing/clips.js';
import { type Agent, type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { addTeammate } from '../support/team.js';

interface Comment {
  id: string;
  text: string;
  visibility: string;
  author: { type: string; id: string | null; name: string };
  anchor: { outdated: boolean; start: number; quote: string; revision: number } | null;
  deleted: boolean;
  replies: Comment[];
}

describe('comments', () => {
  let practice: PracticeApi;
  let owner: TestAccount;
  let channel: TestChannel;
  let postId: string;
  const mates = new Map<WorkspaceRole, { agent: Agent; userId: string }>();
  beforeAll(async () => {
    practice = await PracticeApi.start();
    owner = await practice.api.signUp({ name: 'Olga Owner' });
    channel = await practice.connect(owner);
    for (const role of ['author', 'approver', 'viewer'] as const) {
      mates.set(role, await addTeammate(practice, owner, { workspaces: [{ id: owner.workspaceId, role }] }));
    }
  });
  beforeEach(async () => {
    postId = (await practice.schedule(owner, [channel], null)).id;
  });
  afterAll(() => practice?.close());

  const as = (role: WorkspaceRole | 'owner') => (role === 'owner' ? owner.agent : mates.get(role)!.agent);
  const say = (body: object, role: WorkspaceRole | 'owner' = 'owner', id = postId) =>
    as(role).post(`/v1/posts/${id}/comments`).send(body);
  const said = async (body: object, role: WorkspaceRole | 'owner' = 'owner'): Promise<Comment> =>
    (await say(body, role).expect(201)).body;
  const list = async (id = postId, who = owner.agent) => (await who.get(`/v1/posts/${id}/comments`).expect(200)).body;
  const change = async (body: object) => {
    const { headers } = await owner.agent.get(`/v1/posts/${postId}`).expect(200);
    await owner.agent.patch(`/v1/posts/${postId}`).set('If-Match', headers['etag']!).send(body).expect(200);
  };
  const service = () => practice.api.app.get(CommentsService, { strict: false });
  const inTenant = practiceTenant();
  const clientSays = (more: Partial<ClientComment> = {}) =>
    inTenant((tx) =>
      service().addAsClient(tx, {
        ...{ organizationId: owner.organizationId, workspaceId: owner.workspaceId, postId, linkId: randomUUID() },
        ...{ email: 'Cleo@example.com', name: 'Cleo Client', text: 'Lovely' },
        ...more,
      }),
    );
  const clientSees = () => inTenant((tx) => service().listForClient(tx, postId));
  function practiceTenant() {
    type Work = Parameters<PracticeApi['api']['kernel']['database']['tenant']>[1];
    return <T>(work: (tx: Parameters<Work>[0]) => Promise<T>) =>
      practice.api.kernel.database.tenant(owner.organizationId, work);
  }
  const events = async (type: string) =>
    (
      await practice.owner.query(`select data from events where type = $1 and data ->> 'postId' = $2 order by id`, [
        type,
        postId,
      ])
    ).rows.map(({ data }) => data as Record<string, unknown>);

  it('are threads of one level, oldest first, in pages', async () => {
    const first = await said({ text: 'First' }, 'viewer');
    const second = await said({ text: 'Second' });
    const reply = await said({ text: 'Reply', parentId: first.id }, 'author');
    expect(reply).toMatchObject({ parentId: first.id, visibility: 'internal', replies: [] });
    const { data, openThreads } = await list();
    expect(data.map(({ text }: Comment) => text)).toEqual(['First', 'Second']);
    expect(data[0].replies.map(({ text }: Comment) => text)).toEqual(['Reply']);
    expect(openThreads).toBe(2);
    const page = await owner.agent.get(`/v1/posts/${postId}/comments`).query({ limit: 1 }).expect(200);
    expect(page.body.data.map(({ id }: Comment) => id)).toEqual([first.id]);
    const next = await owner.agent.get(`/v1/posts/${postId}/comments`).query({ cursor: page.body.next }).expect(200);
    expect(next.body.data.map(({ id }: Comment) => id)).toEqual([second.id]);
    expectProblem(await say({ text: 'Deeper', parentId: reply.id }), {
      ...{ status: 422, slug: 'validation-failed', field: 'parentId' },
    });
  });

  it('are made once, however often the request arrives, and tell of themselves once', async () => {
    const approver = mates.get('approver')!.userId;
    const body = { text: 'Look, please', mentions: [approver] };
    const send = () => as('author').post(`/v1/posts/${postId}/comments`).set('Idempotency-Key', postId).send(body);
    const [one, other] = [await send().expect(201), await send().expect(201)];
    expect(other.body).toEqual(one.body);
    expect((await list()).data).toHaveLength(1);
    expect(one.body.mentions).toEqual([{ id: approver, name: expect.stringMatching(/teammate/) }]);
    expect(await events('comment.created')).toEqual([
      {
        ...{ postId, commentId: one.body.id, parentId: null, visibility: 'internal', excerpt: 'Look, please' },
        by: { type: 'member', id: mates.get('author')!.userId, name: expect.any(String) },
        mentions: [approver],
      },
    ]);
  });

  it.each([
    ['nothing', { text: ' ' }, 'text'],
    ['too much', { text: 'x'.repeat(5001) }, 'text'],
    ['to nobody we know', { text: 'x', visibility: 'all' }, 'visibility'],
    ['to a stranger', { text: 'x', mentions: [randomUUID()] }, 'mentions/0'],
    ['with a file of nobody', { text: 'x', attachments: [randomUUID()] }, 'attachments/0'],
    ['about no place', { text: 'x', anchor: { type: 'hand' } }, 'anchor/type'],
    ['about half a place', { text: 'x', anchor: { type: 'text', part: 0, start: 0, quote: 'Hello' } }, 'anchor/end'],
    ['about a point outside', { text: 'x', anchor: { type: 'image', mediaId: randomUUID(), x: 2, y: 0 } }, 'anchor/x'],
    [
      'about an image of nobody',
      { text: 'x', anchor: { type: 'image', mediaId: randomUUID(), x: 1, y: 0 } },
      'anchor/mediaId',
    ],
    [
      'about other words',
      { text: 'x', anchor: { type: 'text', part: 0, start: 0, end: 3, quote: 'Bye' } },
      'anchor/quote',
    ],
    [
      'about a part that is not there',
      { text: 'x', anchor: { type: 'text', part: 'comment', start: 0, end: 3, quote: 'Bye' } },
      'anchor/part',
    ],
    [
      'about a revision to come',
      { text: 'x', anchor: { type: 'text', part: 0, start: 0, end: 5, quote: 'Hello', revision: 9 } },
      'anchor/revision',
    ],
  ])('cannot be %s', async (_, body, field) => {
    expectProblem(await say(body), { status: 422, slug: 'validation-failed', field });
    expect((await list()).data).toEqual([]);
  });

  it('keep their place while the words stand there, and say so when they are gone', async () => {
    await change({ content: { text: 'Good morning' } });
    const anchor = { type: 'text', part: 0, start: 5, end: 12, quote: 'morning' };
    expect((await said({ text: 'Evening?', anchor })).anchor).toEqual({ ...anchor, revision: 2, outdated: false });
    await change({ content: { text: 'A good morning' } });
    const place = async () => (await list()).data[0].anchor;
    expect(await place()).toMatchObject({ start: 7, outdated: false, revision: 2 });
    await change({ content: { text: 'Good evening' } });
    expect(await place()).toMatchObject({ quote: 'morning', outdated: true, revision: 2 });
    // Said about what was on the screen, which somebody has changed meanwhile.
    const late = await said({ text: 'Late', anchor: { ...anchor, revision: 2 } });
    expect(late.anchor).toMatchObject({ revision: 2, outdated: true });
  });

  it('hang on a point of an image of the post, and carry files of the workspace', async () => {
    const file = { filename: 'cup.jpg', contentType: 'image/jpeg' };
    const upload = await owner.agent
      .post(`/v1/workspaces/${owner.workspaceId}/media`)
      .attach('file', 'test/fixtures/cup.jpg', file)
      .expect(201);
    const mediaId = upload.body.id as string;
    await change({ media: [{ id: mediaId }] });
    const point = { type: 'image', mediaId, x: 0.25, y: 0.5 };
    const comment = await said({ text: 'Brighter', anchor: point, attachments: [mediaId] });
    expect(comment).toMatchObject({
      anchor: { ...point, outdated: false },
      attachments: [{ id: mediaId, filename: 'cup.jpg', altText: null }],
    });
    await change({ media: [] });
    expect((await list()).data[0].anchor).toMatchObject({ outdated: true });
  });

  it('are about a video as a whole, whatever point was named', async () => {
    const upload = await owner.agent
      .post(`/v1/workspaces/${owner.workspaceId}/media`)
      .attach('file', await clip('landscape'))
      .expect(201);
    const mediaId = upload.body.id as string;
    const anchor = { type: 'image', mediaId, x: 0.25, y: 0.75 };
    const early = await say({ text: 'Shorter', anchor });
    expectProblem(early, { status: 422, slug: 'validation-failed', field: 'anchor/mediaId' });
    expect(early.body.errors).toMatchObject([{ rule: 'unknown-media', message: expect.stringContaining('video') }]);
    await change({ media: [{ id: mediaId }] });
    expect((await said({ text: 'Shorter', anchor })).anchor).toMatchObject({
      mediaId,
      x: 0.5,
      y: 0.5,
      outdated: false,
    });
    expect((await list()).data).toMatchObject([{ anchor: { mediaId, x: 0.5, y: 0.5 } }]);
  });

  it('are changed by who wrote them alone', async () => {
    const { id } = await said({ text: 'Mine' }, 'viewer');
    const patch = (role: WorkspaceRole | 'owner', text: string) => as(role).patch(`/v1/comments/${id}`).send({ text });
    for (const role of ['owner', 'author', 'approver'] as const) {
      expectProblem(await patch(role, 'Theirs'), { status: 403, slug: 'forbidden' });
    }
    const { body } = await patch('viewer', 'Mine, better').expect(200);
    expect(body).toMatchObject({ text: 'Mine, better', editedAt: expect.any(String) });
  });

  it('are resolved by who began the thread or decides about posts, and opened by an answer', async () => {
    const { id } = await said({ text: 'Shorter?' }, 'author');
    const resolve = (role: WorkspaceRole | 'owner', resolved: boolean) =>
      as(role).patch(`/v1/comments/${id}`).send({ resolved });
    expectProblem(await resolve('viewer', true), { status: 403, slug: 'forbidden' });
    const { body } = await resolve('approver', true).expect(200);
    expect(body).toMatchObject({ resolvedBy: { type: 'member' }, resolvedAt: expect.any(String), editedAt: null });
    await resolve('author', true).expect(200);
    expect(await list()).toMatchObject({ openThreads: 0 });
    expect(await events('comment.resolved')).toEqual([expect.objectContaining({ commentId: id })]);
    const reply = await said({ text: 'No', parentId: id }, 'viewer');
    expect(await list()).toMatchObject({ openThreads: 1, data: [{ resolvedAt: null }] });
    expectProblem(await as('owner').patch(`/v1/comments/${reply.id}`).send({ resolved: true }), {
      ...{ status: 422, slug: 'validation-failed', field: 'resolved' },
    });
  });

  it('leave their place in a thread when they are deleted, and nothing without one', async () => {
    const { id } = await said({ text: 'Secret plan' }, 'approver');
    const reply = await said({ text: 'Sure?', parentId: id }, 'viewer');
    const remove = (role: WorkspaceRole | 'owner', one: string) => as(role).delete(`/v1/comments/${one}`);
    expectProblem(await remove('viewer', id), { status: 403, slug: 'forbidden' });
    await remove('author', id).expect(204);
    expect((await list()).data).toMatchObject([{ id, text: '', deleted: true, replies: [{ id: reply.id }] }]);
    const kept = await practice.owner.query('select text from comments where id = $1', [id]);
    expect(kept.rows).toEqual([{ text: '' }]);
    expectProblem(await as('approver').patch(`/v1/comments/${id}`).send({ text: 'Back' }), {
      ...{ status: 404, slug: 'not-found' },
    });
    expectProblem(await remove('author', id), { status: 404, slug: 'not-found' });
    await as('approver').patch(`/v1/comments/${id}`).send({ resolved: true }).expect(200);
    expect(await list()).toMatchObject({ openThreads: 0 });
    await remove('viewer', reply.id).expect(204);
    expect(await list()).toEqual({ data: [], openThreads: 0 });
  });

  describe('and clients', () => {
    it('see what is meant for them, by the names of people, and never what is internal', async () => {
      const internal = await said({ text: 'They will hate it' }, 'author');
      const mention = mates.get('approver')!.userId;
      const open = await said({ text: 'What do you think?', visibility: 'client', mentions: [mention] });
      await clientSays({ text: 'I like it', parentId: open.id });
      const seen = await clientSees();
      expect(seen).toMatchObject([
        {
          text: 'What do you think?',
          replies: [{ text: 'I like it', author: { type: 'client', name: 'Cleo Client' } }],
        },
      ]);
      for (const hidden of ['They will hate it', internal.id, owner.userId, mention, 'example.com']) {
        expect(JSON.stringify(seen)).not.toContain(hidden);
      }
      const { data } = await list();
      expect(data[1].replies[0].author).toEqual({ type: 'client', id: 'cleo@example.com', name: 'Cleo Client' });
    });

    it('answer in their threads alone, and about what is in the post', async () => {
      const internal = await said({ text: 'Among us' });
      await expect(clientSays({ parentId: internal.id })).rejects.toMatchObject({ status: 404 });
      await expect(clientSays({ postId: randomUUID() })).rejects.toMatchObject({ status: 404 });
      await expect(clientSays({ workspaceId: randomUUID() })).rejects.toMatchObject({ status: 404 });
      const anchor = { type: 'text', part: 0, start: 0, end: 3, quote: 'Bye' } as const;
      await expect(clientSays({ anchor })).rejects.toMatchObject({ status: 422 });
      const made = await clientSays({ email: null });
      expect((await list()).data[1]).toMatchObject({ id: made.id, visibility: 'client', author: { id: null } });
      expect(await events('comment.created')).toContainEqual(
        expect.objectContaining({ commentId: made.id, by: { type: 'client', id: null, name: 'Cleo Client' } }),
      );
    });

    it('are not answered internally in a thread of theirs', async () => {
      const { id } = await clientSays();
      expectProblem(await say({ text: 'psst', parentId: id, visibility: 'internal' }), {
        ...{ status: 422, slug: 'validation-failed', field: 'visibility' },
      });
      expect(await said({ text: 'Thank you', parentId: id })).toMatchObject({ visibility: 'client' });
    });
  });

  it('are nobody else’s to see, answer or change: not of another workspace, nor of another organization', async () => {
    const { id } = await said({ text: 'Ours' });
    const { body: other } = await owner.agent.post('/v1/workspaces').send({ name: 'Other', timeZone: 'UTC' });
    const elsewhere = await addTeammate(practice, owner, { workspaces: [{ id: other.id, role: 'manager' }] });
    const stranger = await practice.api.signUp();
    for (const { agent } of [elsewhere, stranger]) {
      const answers = [
        await agent.get(`/v1/posts/${postId}/comments`),
        await agent.post(`/v1/posts/${postId}/comments`).send({ text: 'Me too' }),
        await agent.patch(`/v1/comments/${id}`).send({ resolved: true }),
        await agent.delete(`/v1/comments/${id}`),
        await agent.get(`/v1/posts/${postId}/changes`).query({ from: 1 }),
      ];
      for (const answer of answers) expectProblem(answer, { status: 404, slug: 'not-found' });
    }
    // Whoever does not see the workspace cannot be spoken to in it.
    expectProblem(await say({ text: 'x', mentions: [elsewhere.userId] }), {
      ...{ status: 422, slug: 'validation-failed', field: 'mentions/0' },
    });
  });

  describe('and what changed between revisions', () => {
    it('is told in words, from one revision to another or to the present one', async () => {
      const { id } = await practice.schedule(owner, [channel], null);
      const change = async (body: object) => {
        const { headers } = await owner.agent.get(`/v1/posts/${id}`).expect(200);
        await owner.agent.patch(`/v1/posts/${id}`).set('If-Match', headers['etag']!).send(body).expect(200);
      };
      await change({ content: { text: 'Hello there' } });
      await change({ channels: [{ id: channel.id, settings: { visibility: 'unlisted' } }] });
      const changes = (query: object) => owner.agent.get(`/v1/posts/${id}/changes`).query(query);
      const text = { field: 'content/text', channelId: null, part: 0, kind: 'text', label: 'Text' };
      expect((await changes({ from: 1, to: 2 }).expect(200)).body).toEqual({
        ...{ from: 1, to: 2 },
        changes: [{ ...text, before: 'Hello', after: 'Hello there' }],
      });
      const { body } = await changes({ from: 1 }).expect(200);
      expect(body).toMatchObject({ from: 1, to: 3 });
      expect(body.changes).toMatchObject([
        text,
        {
          channelId: channel.id,
          kind: 'value',
          label: expect.stringMatching(/^Setting .* on /),
          after: expect.any(String),
        },
      ]);
      expect((await changes({ from: 3 }).expect(200)).body.changes).toEqual([]);
      for (const [query, field] of [
        [{ from: 4 }, 'from'],
        [{ from: 1, to: 4 }, 'to'],
        [{ from: 0 }, 'from'],
        [{}, 'from'],
      ] as const) {
        expectProblem(await changes(query), { status: 422, slug: 'validation-failed', field });
      }
    });

    it('begins no new round when the same request for an approval arrives twice', async () => {
      const steps = [{ name: 'Lead', approvers: { roles: ['owner'] }, rule: 'any' }];
      await owner.agent
        .put(`/v1/workspaces/${owner.workspaceId}/approval-workflow`)
        .send({ mode: 'required', selfApproval: true, rescheduleNeedsApproval: false, steps })
        .expect(200);
      const { id } = await practice.schedule(owner, [channel]);
      const ask = (key: string) =>
        owner.agent.post(`/v1/posts/${id}/approval/requests`).set('Idempotency-Key', key).expect(201);
      const { contentHash } = (await ask('one')).body;
      const decision = { decision: 'approve', contentHash };
      await owner.agent.post(`/v1/posts/${id}/approval/decisions`).send(decision).expect(200);
      await ask('one');
      expect((await owner.agent.get(`/v1/posts/${id}/approval`)).body.state).toBe('approved');
      await ask('another');
      expect((await owner.agent.get(`/v1/posts/${id}/approval`)).body.state).toBe('pending');
    });
  });
});
