import { randomUUID } from 'node:crypto';
import { type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const UNCONFIRMED = ['preparing', 'ready', 'committing', 'unconfirmed'];

describe('doing the same about many publications', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let mastodon: TestChannel;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
    mastodon = await practice.connect(account);
  });
  afterAll(() => practice?.close());

  const publication = async (states: string[] = [], where = mastodon, who = account): Promise<string> => {
    const { publications } = await practice.schedule(who, [where]);
    await practice.bring(publications[0].id, states);
    return publications[0].id;
  };
  const failed = (where = mastodon): Promise<string> => publication(['preparing', 'failed'], where);
  const set = (id: string, columns: string) =>
    practice.owner.query(`update publications set version = version + 1, ${columns} where id = $1`, [id]);
  const past = (id: string) => set(id, `due_at = now() - interval '1 hour'`);
  const sent = (id: string) =>
    practice.owner.query(
      `update segments set fences = 1, first_fenced_at = now() - interval '1 hour', fenced_at = now() - interval '1 hour',
              settled_at = now() - interval '1 hour', set_id = gen_random_uuid(), set_hash = 'x', prepared = '{}',
              prepared_until = now() where publication_id = $1`,
      [id],
    );
  const find = async (id: string, who = account) =>
    (await practice.as(who).get(`/v1/publications/${id}`).expect(200)).body;
  const preview = (body: object, who = account) => practice.as(who).post('/v1/support/actions/preview').send(body);
  const previewed = async (body: object, who = account) => (await preview(body, who).expect(200)).body;
  const carryOut = (body: object, who = account) => practice.as(who).post('/v1/support/actions').send(body);
  const lastEntry = async (id: string) => {
    const { body } = await practice.as(account).get(`/v1/publications/${id}/log?limit=100`).expect(200);
    return body.data.at(-1);
  };

  it('says in words what a retry will do, and then does exactly that', async () => {
    const bluesky = await practice.connect(account, 'bluesky');
    const ids = [await failed(), await failed(), await failed(bluesky), await publication(['held'])];
    await sent(ids[1] ?? '');
    const before = await practice.counts();
    const shown = await previewed({ action: 'retry', filter: {} });
    expect(shown).toMatchObject({ total: 4, done: 3, skipped: 1, previewToken: expect.any(String) });
    expect(shown.groups).toEqual([
      {
        outcome: 'done',
        count: 2,
        platform: 'mastodon',
        sentence:
          '2 failed publications on Mastodon will be tried again now; 1 of them was sent before and is looked up first.',
      },
      {
        outcome: 'done',
        count: 1,
        platform: 'bluesky',
        sentence: '1 failed publication on Bluesky will be tried again now.',
      },
      {
        outcome: 'skipped',
        count: 1,
        rule: 'held:channel-paused',
        sentence: '1 cannot be tried again. The channel is paused. Resume the channel; the post goes out by itself.',
      },
    ]);
    expect(shown.items.map(({ id }: { id: string }) => id)).toEqual(ids.toSorted());
    // A preview changes nothing.
    expect(await practice.counts()).toEqual(before);
    for (const id of ids.slice(0, 3)) expect(await find(id)).toMatchObject({ state: 'failed' });

    const { body } = await carryOut({ previewToken: shown.previewToken }).expect(200);
    expect(body).toMatchObject({ total: 4, done: 3, skipped: 1 });
    for (const { id, outcome, state, why } of body.data) {
      expect((await find(id)).state).toBe(state);
      if (id === ids[3]) expect({ outcome, why }).toEqual({ outcome: 'skipped', why: expect.stringMatching(/paused/) });
      else expect({ outcome, state, why }).toEqual({ outcome: 'done', state: 'scheduled', why: undefined });
    }
    expect(await lastEntry(ids[0] ?? '')).toMatchObject({
      kind: 'released',
      actor: { type: 'user', id: account.userId },
    });
  });

  it('foresees that what is retried on a paused channel is held at once', async () => {
    const id = await failed();
    await practice.as(account).post(`/v1/channels/${mastodon.id}/pause`).expect(200);
    const shown = await previewed({ action: 'retry', ids: [id] });
    expect(shown.groups).toEqual([
      {
        outcome: 'done',
        count: 1,
        sentence:
          '1 is scheduled and held at once. The channel is paused. Resume the channel; the post goes out by itself.',
      },
    ]);
    const { body } = await carryOut({ previewToken: shown.previewToken }).expect(200);
    expect(body.data).toEqual([
      { id, outcome: 'done', state: 'held', heldReason: 'channel-paused', why: 'The channel is paused.' },
    ]);
  });

  it('holds what is scheduled until a person releases it, one by one and many at once', async () => {
    const ids = [await publication(), await publication(['preparing']), await failed()];
    const shown = await previewed({ action: 'hold', ids });
    expect(shown).toMatchObject({ done: 2, skipped: 1 });
    await carryOut({ previewToken: shown.previewToken }).expect(200);
    for (const id of ids.slice(0, 2)) {
      expect(await find(id)).toMatchObject({
        state: 'held',
        heldReason: 'held-by-person',
        held: { message: 'A person holds it.', remedy: expect.stringMatching(/^Release it/) },
      });
    }
    const [one = '', other = ''] = ids;
    expectProblem(await practice.as(account).post(`/v1/publications/${one}/retry`), { status: 409, slug: 'conflict' });
    expectProblem(await practice.as(account).post(`/v1/publications/${one}/hold`), { status: 409, slug: 'conflict' });
    await past(one);
    const due = (await find(other)).dueAt;
    const released = await previewed({ action: 'release', filter: { cause: 'held:held-by-person' } });
    expect(released.groups[0].sentence).toBe(
      '2 held publications on Mastodon will be released: 1 out now, since their time has passed, the others at their time.',
    );
    await carryOut({ previewToken: released.previewToken }).expect(200);
    expect(Date.parse((await find(one)).dueAt)).toBeGreaterThan(Date.now() - 60_000);
    expect(await find(other)).toMatchObject({ state: 'scheduled', dueAt: due });
    expectProblem(await practice.as(account).post(`/v1/publications/${other}/release`), {
      status: 409,
      slug: 'conflict',
    });
    await practice.as(account).post(`/v1/publications/${other}/hold`).expect(200);
    await practice.as(account).post(`/v1/publications/${other}/release`).expect(200);
    expect(await find(other)).toMatchObject({ state: 'scheduled', dueAt: due });
  });

  it('rule 9: a hold by a person outlasts an edit, another time and a resumed channel', async () => {
    const { id: postId, etag, publications } = await practice.schedule(account, [mastodon]);
    const id = publications[0].id as string;
    await practice.as(account).post(`/v1/publications/${id}/hold`).expect(200);
    await practice
      .as(account)
      .patch(`/v1/posts/${postId}`)
      .set('if-match', etag)
      .send({ content: { text: 'Another text' }, schedule: { at: '2027-05-04T09:00:00Z', timeZone: 'Europe/Berlin' } })
      .expect(200);
    expect(await find(id)).toMatchObject({
      heldReason: 'held-by-person',
      dueAt: '2027-05-04T09:00:00.000Z',
      revision: 2,
    });
  });

  it('decides about unconfirmed ones: there, or not there and sent again', async () => {
    const ids = [await publication(UNCONFIRMED), await publication(UNCONFIRMED), await failed()];
    const notThere = await previewed({ action: 'resolve', resolution: 'not-published', ids: ids.slice(0, 1) });
    expect(notThere.groups[0].sentence).toMatch(/will be sent again now.*will be there twice/);
    await carryOut({ previewToken: notThere.previewToken }).expect(200);
    expect(await find(ids[0] ?? '')).toMatchObject({ state: 'scheduled' });
    const there = await previewed({ action: 'resolve', resolution: 'published', ids: ids.slice(1) });
    expect(there).toMatchObject({ done: 1, skipped: 1 });
    await carryOut({ previewToken: there.previewToken }).expect(200);
    expect(await find(ids[1] ?? '')).toMatchObject({ state: 'published', permalink: null });
    expect(await find(ids[2] ?? '')).toMatchObject({ state: 'failed' });
  });

  it('asks for a look at what may be out, and for no second one within a minute', async () => {
    const unconfirmed = await publication(UNCONFIRMED);
    const committing = await publication(UNCONFIRMED.slice(0, -1));
    const shown = await previewed({ action: 'reconcile', ids: [unconfirmed, committing, await failed()] });
    expect(shown).toMatchObject({ done: 2, skipped: 1 });
    const { body } = await carryOut({ previewToken: shown.previewToken }).expect(200);
    expect(body).toMatchObject({ done: 2 });
    expect(await find(unconfirmed)).toMatchObject({ state: 'unconfirmed' });
    expect(await find(committing)).toMatchObject({ state: 'committing' });
    const { rows } = await practice.owner.query(
      `select payload ->> 'publicationId' as id from outbox where topic = 'publication.look-again'`,
    );
    expect(rows).toEqual([{ id: unconfirmed }]);
    expect(await lastEntry(unconfirmed)).toMatchObject({
      kind: 'retry-planned',
      actor: { type: 'user' },
      evidence: { why: 'A person asked for a look.', next: 'look' },
    });
    const again = await previewed({ action: 'reconcile', ids: [unconfirmed] });
    expect(again).toMatchObject({ done: 0, groups: [{ rule: 'looked-up-lately' }] });
    expectProblem(await practice.as(account).post(`/v1/publications/${unconfirmed}/reconcile`), {
      status: 409,
      slug: 'conflict',
    });
  });

  it('never touches what is past the fence', async () => {
    const committing = await publication(UNCONFIRMED.slice(0, -1));
    for (const order of [
      { action: 'retry' },
      { action: 'hold' },
      { action: 'release' },
      { action: 'resolve', resolution: 'not-published' },
    ]) {
      const shown = await previewed({ ...order, ids: [committing] });
      expect(shown).toMatchObject({ done: 0, skipped: 1 });
      const { body } = await carryOut({ previewToken: shown.previewToken }).expect(200);
      expect(body.data).toEqual([expect.objectContaining({ outcome: 'skipped', state: 'committing' })]);
    }
  });

  it('skips what changed since the preview, and says so', async () => {
    const ids = [await failed(), await failed()];
    const shown = await previewed({ action: 'retry', ids });
    await practice.as(account).post(`/v1/publications/${ids[0]}/cancel`).expect(200);
    const later = await failed();
    const { body } = await carryOut({ previewToken: shown.previewToken }).expect(200);
    expect(body.data).toEqual([
      {
        id: ids[0],
        outcome: 'skipped',
        state: 'cancelled',
        why: 'It changed since the preview: it is cancelled now. Look at it once more.',
      },
      { id: ids[1], outcome: 'done', state: 'scheduled' },
    ]);
    // What came after the preview is no part of it.
    expect(await find(later)).toMatchObject({ state: 'failed' });
  });

  it('does it part by part, and nothing twice when it is sent again', async () => {
    const ids = [];
    for (let count = 0; count < 5; count += 1) ids.push(await failed());
    const { previewToken } = await previewed({ action: 'retry', ids });
    const first = await carryOut({ previewToken, limit: 2 }).set('idempotency-key', 'one').expect(200);
    expect(first.body).toMatchObject({ total: 5, done: 2, skipped: 0 });
    const again = await carryOut({ previewToken, limit: 2 }).set('idempotency-key', 'one').expect(200);
    expect(again.body).toEqual(first.body);
    const reused = await carryOut({ previewToken, limit: 3 }).set('idempotency-key', 'one');
    expectProblem(reused, { status: 409, slug: 'idempotency-key-reused', field: 'Idempotency-Key' });
    const all = await carryOut({ previewToken }).expect(200);
    expect(all.body).toMatchObject({ total: 5, done: 5, skipped: 0 });
    expect(all.body.data.slice(0, 2)).toEqual(first.body.data);
    for (const id of ids) {
      expect((await practice.logKinds(account, id)).filter((kind) => kind === 'released')).toHaveLength(1);
    }
  });

  it('two at once do each publication once, and neither waits for the other for ever', async () => {
    const ids = [];
    for (let count = 0; count < 60; count += 1) ids.push(await failed());
    const previews = [
      await previewed({ action: 'retry', ids }),
      await previewed({ action: 'retry', ids: ids.toReversed() }),
    ];
    const answers = await Promise.all(previews.map(({ previewToken }) => carryOut({ previewToken }).expect(200)));
    const [one, other] = answers.map(({ body }) => body);
    expect(one.done + other.done).toBe(60);
    expect(one.skipped + other.skipped).toBe(60);
    for (const id of ids) {
      expect((await practice.logKinds(account, id)).filter((kind) => kind === 'released')).toHaveLength(1);
    }
  });

  it('knows nothing of another organization, nor of another person’s preview', async () => {
    const id = await failed();
    const stranger = await practice.api.signUp();
    expectProblem(await preview({ action: 'retry', ids: [id] }, stranger), { status: 404, slug: 'not-found' });
    expect(await previewed({ action: 'retry', filter: { publicationId: id } }, stranger)).toMatchObject({ total: 0 });
    const { previewToken } = await previewed({ action: 'retry', ids: [id] });
    expectProblem(await carryOut({ previewToken }, stranger), { status: 404, slug: 'not-found' });
    expectProblem(await carryOut({ previewToken: randomUUID() }), { status: 404, slug: 'not-found' });
    expect(await find(id)).toMatchObject({ state: 'failed' });
  });

  it('forgets a preview after an hour', async () => {
    const { previewToken } = await previewed({ action: 'retry', ids: [await failed()] });
    await practice.owner.query(`update support_previews set created_at = now() - interval '61 minutes' where id = $1`, [
      previewToken,
    ]);
    expectProblem(await carryOut({ previewToken }), { status: 404, slug: 'not-found' });
  });

  it.each(['owner', 'admin', 'support', 'manager', 'author'] as const)('is open to every %s', async (role) => {
    const id = await failed();
    await practice.become(account, role);
    const { previewToken } = await previewed({ action: 'retry', ids: [id] });
    expect((await carryOut({ previewToken }).expect(200)).body).toMatchObject({ done: 1 });
  });

  it.each(['approver', 'viewer'] as const)('is not for an %s', async (role) => {
    const id = await failed();
    await practice.become(account, role);
    expectProblem(await preview({ action: 'retry', ids: [id] }), { status: 403, slug: 'forbidden' });
    expectProblem(await practice.as(account).post(`/v1/publications/${id}/retry`), { status: 403, slug: 'forbidden' });
  });

  it('refuses more than a thousand, and says how many there are', async () => {
    const id = await failed();
    await practice.owner.query(
      `insert into publications (id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
              cleared_hash, due_at, time_zone, local_due, state, failure, version, next_check_at)
       select gen_random_uuid(), organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
              cleared_hash, due_at, time_zone, local_due, state, failure, 1, next_check_at
         from publications, generate_series(1, 1000) where id = $1`,
      [id],
    );
    const answer = await preview({ action: 'retry', filter: {} });
    expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'filter' });
    expect(answer.text).toMatch(/1001 publications; at most 1000/);
    const ids = Array.from({ length: 1001 }, () => randomUUID());
    expectProblem(await preview({ action: 'retry', ids }), { status: 422, slug: 'validation-failed', field: 'ids' });
  });

  it.each([
    [{ action: 'explode', filter: {} }, 'action'],
    [{ filter: {} }, 'action'],
    [{ action: 'retry' }, 'filter'],
    [{ action: 'retry', filter: {}, ids: [randomUUID()] }, 'ids'],
    [{ action: 'retry', ids: [] }, 'ids'],
    [{ action: 'retry', ids: ['x'] }, 'ids'],
    [{ action: 'retry', filter: { colour: 'red' } }, 'filter/colour'],
    [{ action: 'retry', filter: { from: 'now' } }, 'filter/from'],
    [{ action: 'retry', filter: { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' } }, 'filter/to'],
    [{ action: 'resolve', filter: {} }, 'resolution'],
    [{ action: 'resolve', resolution: 'maybe', filter: {} }, 'resolution'],
    [{ action: 'retry', resolution: 'published', filter: {} }, 'resolution'],
  ])('refuses to preview %j and says why', async (body, field) => {
    expectProblem(await preview(body), { status: 422, slug: 'validation-failed', field });
  });

  it.each([
    [{}, 'previewToken'],
    [{ previewToken: 'x' }, 'previewToken'],
    [{ previewToken: randomUUID(), limit: 0 }, 'limit'],
    [{ previewToken: randomUUID(), offset: -1 }, 'offset'],
  ])('refuses to carry out %j and says why', async (body, field) => {
    expectProblem(await carryOut(body), { status: 422, slug: 'validation-failed', field });
  });
});
