import sharp from 'sharp';
import { type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

let shade = 0;

/** A picture that no other test has uploaded. */
function picture(): Promise<Buffer> {
  shade += 1;
  const background = { r: shade % 256, g: Math.floor(shade / 256), b: 77 };
  return sharp({ create: { width: 8 + shade, height: 6, channels: 3, background } })
    .png()
    .toBuffer();
}

interface Listed {
  id: string;
  filename: string;
  version: number;
}

describe('the library', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let channel: TestChannel;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp();
    channel = await practice.connect(account);
  });
  afterAll(() => practice?.close());

  const agent = () => practice.as(account);
  const here = (path = '') => `/v1/workspaces/${account.workspaceId}/media${path}`;
  const upload = async (filename: string, altText?: string, file?: Buffer) => {
    const request = agent()
      .post(here())
      .attach('file', file ?? (await picture()), filename);
    const { body } = await (altText === undefined ? request : request.field('altText', altText)).expect(201);
    return body as Listed & { bytes: number };
  };
  const change = (id: string, version: number, body: object) =>
    agent().patch(`/v1/media/${id}`).set('if-match', `"${version}"`).send(body);
  const folder = async (name: string, parentId: string | null = null) => {
    const { body } = await agent().post(here('/folders')).send({ name, parentId }).expect(201);
    return body as { id: string; version: number };
  };
  const list = async (query: Record<string, string>) => {
    const { body } = await agent().get(here()).query(query).expect(200);
    return (body.data as Listed[]).map(({ filename }) => filename);
  };
  const post = (mediaIds: string[], schedule: unknown = null) =>
    agent()
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({
        content: { text: 'Summer is here' },
        media: mediaIds.map((id) => ({ id })),
        channels: [{ id: channel.id }],
        schedule,
      });
  const tomorrow = () => ({ at: new Date(Date.now() + 86_400_000).toISOString(), timeZone: 'UTC' });

  describe('is searched', () => {
    let beach: Listed;
    beforeAll(async () => {
      beach = await upload('Beach-Party.png', 'Été à la plage');
      const { id, version } = await upload('logo.png');
      await change(id, version, { tags: ['Brand', ' spring  sale '] }).expect(200);
      await upload('menu.png', 'The menu of the week');
      await post([beach.id]).expect(201);
    });

    it.each([
      [{ q: 'part' }, ['Beach-Party.png']],
      [{ q: 'ETE plage' }, ['Beach-Party.png']],
      [{ q: 'week party' }, []],
      [{ q: 'bran' }, ['logo.png']],
      [{ q: '…' }, []],
      [{ tag: 'spring sale' }, ['logo.png']],
      [{ missingAltText: 'true' }, ['logo.png']],
      [{ unused: 'true', sort: 'name' }, ['logo.png', 'menu.png']],
      [{ kind: 'video' }, []],
      [{ sort: 'name' }, ['Beach-Party.png', 'logo.png', 'menu.png']],
      [{}, ['menu.png', 'logo.png', 'Beach-Party.png']],
    ])('by %o', async (query, expected) => {
      expect(await list(query as Record<string, string>)).toEqual(expected);
    });

    it.each(['newest', 'name', 'size'])('page by page, sorted by %s', async (sort) => {
      const whole = await list({ sort });
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await agent()
          .get(here())
          .query({ sort, limit: 1, ...(cursor && { cursor }) })
          .expect(200);
        found.push(...(body.data as Listed[]).map(({ filename }) => filename));
        cursor = body.next;
      } while (cursor !== undefined);
      expect(found).toEqual(whole);
      expect(found).toHaveLength(3);
    });

    it('with a cursor of the same order alone', async () => {
      const { body } = await agent().get(here()).query({ sort: 'name', limit: 1 }).expect(200);
      const answer = await agent().get(here()).query({ sort: 'newest', cursor: body.next });
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'cursor' });
    });

    it('and offers the tags that are in use', async () => {
      const { body } = await agent().get(here('/tags')).query({ q: 'SPR' }).expect(200);
      expect(body).toEqual({ data: [{ tag: 'spring sale', count: 1 }] });
    });

    it('without another organization’s files, folders and tags', async () => {
      const stranger = await practice.api.signUp();
      const theirs = practice.as(stranger);
      await theirs.get(here()).expect(404);
      await theirs.get(here('/folders')).expect(404);
      await theirs.get(`/v1/media/${beach.id}/uses`).expect(404);
      await theirs.delete(`/v1/media/${beach.id}`).expect(404);
    });
  });

  it('searches words by an index, also behind row-level security', async () => {
    await practice.owner.query('begin');
    try {
      await practice.owner.query('set local role clickpost_app');
      await practice.owner.query(`select set_config('app.organization_id', $1, true)`, [account.organizationId]);
      await practice.owner.query('set local enable_seqscan = off');
      const { rows } = await practice.owner.query<{ 'QUERY PLAN': string }>(
        `explain select asset_id from media_words where workspace_id = '${account.workspaceId}' and word >= 'be' and word < 'be\u{10FFFF}'`,
      );
      const plan = rows.map((line) => line['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/Index Cond: .*workspace_id.*word >= 'be'.*word < /);
    } finally {
      await practice.owner.query('rollback');
    }
  });

  it('changes what it tells of a file, for whoever saw the last change', async () => {
    const { id } = await upload('old.png');
    const shown = await agent().get(`/v1/media/${id}`).expect(200);
    expect(shown.headers['etag']).toBe('"1"');
    const into = await folder('Changed');
    const body = { filename: 'new.png', altText: 'New', folderId: into.id, tags: ['B', 'a'] };
    const changed = await change(id, 1, body).expect(200);
    expect(changed.body).toMatchObject({ ...body, tags: ['a', 'b'], version: 2 });
    expect(changed.headers['etag']).toBe('"2"');
    expectProblem(await change(id, 1, { altText: 'Late' }), { status: 412, slug: 'precondition-failed' });
    expectProblem(await agent().patch(`/v1/media/${id}`).send({}), { status: 428, slug: 'precondition-required' });
    expectProblem(await change(id, 2, { tags: ['x'.repeat(41)] }), {
      status: 422,
      slug: 'validation-failed',
      field: 'tags/0',
    });
    expectProblem(await change(id, 2, { folderId: id }), { status: 404, slug: 'not-found', field: 'folderId' });
  });

  describe('has folders', () => {
    it('with names of their own, at most five deep, and never in themselves', async () => {
      const ids: string[] = [];
      for (let depth = 1; depth <= 5; depth += 1) ids.push((await folder(`Level ${depth}`, ids.at(-1) ?? null)).id);
      const create = (name: string, parentId: string | null) => agent().post(here('/folders')).send({ name, parentId });
      expectProblem(await create('Level 6', ids[4] ?? null), {
        status: 422,
        slug: 'validation-failed',
        field: 'parentId',
      });
      expectProblem(await create('LEVEL 1', null), { status: 409, slug: 'already-exists', field: 'name' });
      const move = (id: string | undefined, parentId: string | null) =>
        agent().patch(`/v1/media/folders/${id}`).set('if-match', '"1"').send({ parentId });
      expectProblem(await move(ids[0], ids[2] ?? null), { status: 422, slug: 'validation-failed', field: 'parentId' });
      await move(ids[2], null).expect(200);
      const { body } = await agent().get(here('/folders')).expect(200);
      const depths = ids.map(
        (id) => (body.data as { id: string; depth: number }[]).find((one) => one.id === id)?.depth,
      );
      expect(depths).toEqual([1, 2, 1, 2, 3]);
    });

    it('that leave what lies in them where they lay', async () => {
      const outer = await folder('Outer');
      const inner = await folder('Inner', outer.id);
      await folder('Same', inner.id);
      await folder('Same', outer.id);
      const file = await upload('inside.png');
      await change(file.id, 1, { folderId: inner.id }).expect(200);
      await agent().delete(`/v1/media/folders/${inner.id}`).set('if-match', '"1"').expect(204);
      expect(await list({ folderId: outer.id })).toEqual(['inside.png']);
      const { body } = await agent().get(here('/folders')).expect(200);
      const names = (body.data as { name: string; parentId: string | null; depth: number }[])
        .filter(({ parentId }) => parentId === outer.id)
        .map(({ name, depth }) => `${name} ${depth}`);
      expect(names).toEqual(['Same 2', 'Same 2 2']);
    });
  });

  describe('deletes', () => {
    const remove = (id: string) => agent().delete(`/v1/media/${id}`);

    it('what no post needs, and forgets its name', async () => {
      const { id } = await upload('gone.png');
      await remove(id).expect(204);
      await agent().get(`/v1/media/${id}`).expect(404);
      await remove(id).expect(404);
      expect(await list({ q: 'gone' })).toEqual([]);
      expectProblem(await post([id]), { status: 404, slug: 'not-found' });
    });

    it('nothing that a draft, a scheduled or a held post needs, and says which', async () => {
      const { id } = await upload('needed.png');
      const draft = await post([id]).expect(201);
      const scheduled = await post([id], tomorrow()).expect(201);
      const refused = await remove(id);
      expectProblem(refused, { status: 409, slug: 'media-in-use' });
      expect(refused.body).toMatchObject({
        count: 2,
        uses: [
          { postId: scheduled.body.id, excerpt: 'Summer is here', state: 'scheduled', dueAt: expect.any(String) },
          { postId: draft.body.id, state: 'draft', dueAt: null, needed: true },
        ],
      });
      await agent()
        .delete(`/v1/posts/${draft.body.id}`)
        .set('if-match', draft.headers['etag'] as string)
        .expect(204);
      await agent()
        .patch(`/v1/posts/${scheduled.body.id}`)
        .set('if-match', scheduled.headers['etag'] as string)
        .send({ media: [] })
        .expect(200);
      await remove(id).expect(204);
    });

    it('what is published only, which goes on showing it', async () => {
      const { id } = await upload('published.png');
      const { body } = await post([id], 'now').expect(201);
      const publicationId = body.publications[0].id as string;
      await practice.bring(publicationId, ['preparing', 'ready', 'committing', 'published']);
      const uses = await agent().get(`/v1/media/${id}/uses`).expect(200);
      expect(uses.body).toMatchObject({ count: 1, needing: 0, data: [{ state: 'published', needed: false }] });
      await remove(id).expect(204);
      await agent().get(`/v1/media/${id}/content`).expect(200);
    });

    it('never a file that a post takes at the same moment', async () => {
      for (let round = 0; round < 4; round += 1) {
        const { id } = await upload(`race-${round}.png`);
        const [deleted, posted] = await practice.atOnce('media_assets', [remove(id), post([id], tomorrow())]);
        expect([deleted?.status, posted?.status]).not.toEqual([204, 201]);
        expect([204, 409]).toContain(deleted?.status);
        expect([201, 404]).toContain(posted?.status);
        const there = await agent().get(`/v1/media/${id}`);
        expect(there.status).toBe(posted?.status === 201 ? 200 : 404);
      }
    });
  });

  it('gives a file a new version that takes its place, and leaves the old one to the posts that use it', async () => {
    const into = await folder('Versions');
    const first = await upload('flyer.png', 'Our flyer');
    await change(first.id, 1, { folderId: into.id, tags: ['print'] }).expect(200);
    await post([first.id], tomorrow()).expect(201);
    const second = await upload('flyer-final.png');
    const added = await agent().post(`/v1/media/${first.id}/versions`).send({ mediaId: second.id }).expect(201);
    const { id: folderId } = into;
    expect(added.body).toMatchObject({
      id: second.id,
      fileVersion: 2,
      folderId,
      tags: ['print'],
      altText: 'Our flyer',
    });
    expect(await list({ folderId })).toEqual(['flyer-final.png']);
    const { body } = await agent().get(`/v1/media/${first.id}/versions`).expect(200);
    expect(body.data).toMatchObject([
      { id: second.id, fileVersion: 2, used: 0 },
      { id: first.id, fileVersion: 1, used: 1, currentId: second.id },
    ]);
    expectProblem(await agent().post(`/v1/media/${first.id}/versions`).send({ mediaId: second.id }), {
      status: 409,
      slug: 'conflict',
    });
    // With the present version would go those that posts still need.
    expectProblem(await agent().delete(`/v1/media/${second.id}`), { status: 409, slug: 'media-in-use' });
  });

  it('does the same to several files, each on its own', async () => {
    const [free, needed] = [await upload('bulk-free.png'), await upload('bulk-needed.png')];
    await post([needed.id]).expect(201);
    const ids = [free.id, needed.id];
    const act = (body: object) => agent().post(here('/actions')).send(body);
    const into = await folder('Bulk');
    const moved = await act({ action: 'move', ids, folderId: into.id }).expect(200);
    expect(moved.body.results).toMatchObject(ids.map((id) => ({ id, outcome: 'done', media: { folderId: into.id } })));
    await act({ action: 'tag', ids, tags: ['Bulk', 'kept'] }).expect(200);
    await act({ action: 'untag', ids, tags: ['bulk'] }).expect(200);
    expect(await list({ tag: 'kept', sort: 'name' })).toEqual(['bulk-free.png', 'bulk-needed.png']);
    expect(await list({ tag: 'bulk' })).toEqual([]);
    const unknown = '01a2036f-adae-7159-8fd3-343c9959fe0e';
    const deleted = await act({ action: 'delete', ids: [...ids, unknown] }).expect(200);
    expect(deleted.body.results).toMatchObject([
      { id: free.id, outcome: 'done' },
      { id: needed.id, outcome: 'refused', problem: { uses: [{ state: 'draft' }] } },
      { id: unknown, outcome: 'refused', problem: { title: 'Not found' } },
    ]);
    const log = await agent().get('/v1/audit-log').query({ limit: 3 }).expect(200);
    expect(log.body.data).toMatchObject([
      { operation: 'deleteMedia', subject: { id: free.id, name: 'bulk-free.png' } },
      { operation: 'updateMedia', subject: { id: needed.id } },
      { operation: 'updateMedia', subject: { id: free.id } },
    ]);
    expectProblem(await act({ action: 'move', ids }), { status: 422, slug: 'validation-failed', field: 'folderId' });
  });

  describe('keeps to what the workspace is allowed', () => {
    let other: TestAccount;
    const quotaOf = () => practice.as(other).get(`/v1/workspaces/${other.workspaceId}/media/quota`);
    const allow = (allowedBytes: number | null) =>
      practice.as(other).put(`/v1/workspaces/${other.workspaceId}/media/quota`).send({ allowedBytes });
    const send = (file: Buffer) =>
      practice.as(other).post(`/v1/workspaces/${other.workspaceId}/media`).attach('file', file, 'a.png');
    beforeAll(async () => {
      other = await practice.api.signUp();
    });

    it('counting equal files once, and no deleted ones', async () => {
      const file = await picture();
      const first = await send(file).expect(201);
      const second = await send(file).expect(201);
      expect((await quotaOf().expect(200)).body).toMatchObject({ usedBytes: file.length, isDefault: true });
      await practice.as(other).delete(`/v1/media/${first.body.id}`).expect(204);
      expect((await quotaOf()).body.usedBytes).toBe(file.length);
      await practice.as(other).delete(`/v1/media/${second.body.id}`).expect(204);
      expect((await quotaOf()).body.usedBytes).toBe(0);
    });

    it('also when uploads come at once', async () => {
      const files = await Promise.all([picture(), picture(), picture()]);
      const most = Math.max(...files.map((file) => file.length));
      await allow(most).expect(200);
      const answers = await practice.atOnce('media_assets', files.map(send));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422]);
      const { body } = await quotaOf();
      expect(body.usedBytes).toBeLessThanOrEqual(most);
      const refused = answers.find(({ status }) => status === 422);
      if (!refused) throw new Error('None was refused.');
      expectProblem(refused, { status: 422, slug: 'quota-exceeded', field: 'file' });
      expect(refused.body).toMatchObject({ usedBytes: body.usedBytes, allowedBytes: most });
      await allow(null).expect(200);
      await send(await picture()).expect(201);
    });

    it('as the staff of the organization says, and nobody else', async () => {
      await practice.become(other, 'manager');
      await quotaOf().expect(200);
      expectProblem(await allow(1), { status: 403, slug: 'forbidden' });
      await practice.become(other, 'viewer');
      const { body } = await practice.as(other).get(`/v1/workspaces/${other.workspaceId}/media`).expect(200);
      expectProblem(await practice.as(other).delete(`/v1/media/${body.data[0].id}`), {
        status: 403,
        slug: 'forbidden',
      });
    });
  });
});
