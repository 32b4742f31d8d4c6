import { DateTime } from 'luxon';
import sharp from 'sharp';
import { clip } from '../../libs/media/testing/clips.js';
import { type TestAccount } from '../support/api.js';
import { inHours, PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

describe('posts', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let bluesky: TestChannel;
  let mastodon: TestChannel;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp({ timeZone: 'America/New_York' });
    bluesky = await practice.connect(account, 'bluesky');
    mastodon = await practice.connect(account, 'mastodon');
  });
  afterAll(() => practice?.close());

  const posts = (path = '') => `/v1/workspaces/${account.workspaceId}/posts${path}`;
  const create = (body: object) => practice.as(account).post(posts()).send(body);
  const post = (changes: object = {}) => ({
    content: { text: 'Hello' },
    channels: [{ id: mastodon.id }],
    schedule: inHours(24),
    ...changes,
  });
  const patch = (id: string, etag: string, body: object) =>
    practice.as(account).patch(`/v1/posts/${id}`).set('if-match', etag).send(body);
  const upload = async (): Promise<string> => {
    const file = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const { body } = await practice
      .as(account)
      .post(`/v1/workspaces/${account.workspaceId}/media`)
      .attach('file', file, 'red.png')
      .expect(201);
    return body.id;
  };

  describe('are written', () => {
    it('with a publication for each channel', async () => {
      const media = [{ id: await upload(), altText: 'A red field' }];
      const schedule = { at: '2031-07-01T09:00', timeZone: 'Europe/Berlin' };
      const channels = [
        { id: bluesky.id, settings: { langs: 'en' } },
        { id: mastodon.id, content: { text: 'Hello, Fediverse' } },
      ];
      const at = DateTime.utc().plus({ years: 1 }).set({ month: 7, day: 1 }).toISODate();
      schedule.at = `${at}T09:00`;
      const answer = await create({ content: { text: 'Hello' }, media, channels, schedule }).expect(201);
      expect(answer.body).toEqual({
        id: expect.any(String),
        workspaceId: account.workspaceId,
        revision: 1,
        version: 1,
        content: { text: 'Hello' },
        media,
        channels,
        publications: [bluesky, mastodon].map(({ id }) => ({
          id: expect.any(String),
          channelId: id,
          state: 'scheduled',
          // Nine in Berlin in summer.
          dueAt: `${at}T07:00:00.000Z`,
          publishedAt: null,
          permalink: null,
        })),
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      });
      expect(answer.headers['etag']).toBe('"1"');
      const read = await practice.as(account).get(`/v1/posts/${answer.body.id}`).expect(200);
      expect(read.body).toEqual(answer.body);
      expect(read.headers['etag']).toBe('"1"');
      const [publication] = answer.body.publications;
      const { body } = await practice.as(account).get(`/v1/publications/${publication.id}`).expect(200);
      expect(body).toEqual({
        ...publication,
        cost: null,
        postId: answer.body.id,
        workspaceId: account.workspaceId,
        segments: [{ position: 0, kind: 'post', state: 'pending', permalink: null, publishedAt: null }],
        revision: 1,
        timeZone: 'Europe/Berlin',
        attempts: 0,
      });
    });

    it('to go out now', async () => {
      const { body } = await create(post({ schedule: 'now' })).expect(201);
      expect(Math.abs(Date.parse(body.publications[0].dueAt) - Date.now())).toBeLessThan(60_000);
    });

    it('for a time that passed less than a minute ago', async () => {
      const at = new Date(Date.now() - 50_000).toISOString();
      await create(post({ schedule: { at, timeZone: 'UTC' } })).expect(201);
    });

    it('as drafts, which may break rules and go nowhere yet', async () => {
      const { body } = await create({ content: { text: 'x'.repeat(5_000) }, channels: [], schedule: null }).expect(201);
      expect(body.publications).toEqual([]);
      await create(post({ content: { text: '' }, schedule: null })).expect(201);
    });

    it('newest first in pages without gaps', async () => {
      const other = await practice.api.signUp();
      const ids: string[] = [];
      for (let n = 0; n < 5; n += 1) {
        const draft = { content: { text: String(n) }, channels: [], schedule: null };
        const { body } = await practice
          .as(other)
          .post(`/v1/workspaces/${other.workspaceId}/posts`)
          .send(draft)
          .expect(201);
        ids.unshift(body.id);
      }
      // Made in one instant, as by an import.
      await practice.owner.query('update posts set created_at = now() where id = any($1)', [ids]);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: 2, ...(cursor !== undefined && { cursor }) };
        const { body } = await practice
          .as(other)
          .get(`/v1/workspaces/${other.workspaceId}/posts`)
          .query(query)
          .expect(200);
        seen.push(...body.data.map((item: { id: string }) => item.id));
        cursor = body.next;
      } while (cursor !== undefined);
      expect(seen).toEqual(ids);
    });
  });

  describe('whose choices for a file fit it nowhere', () => {
    const files = { image: '', video: '' };
    beforeAll(async () => {
      files.image = await upload();
      const clips = `/v1/workspaces/${account.workspaceId}/media`;
      const { body } = await practice
        .as(account)
        .post(clips)
        .attach('file', await clip('landscape'))
        .expect(201);
      files.video = body.id;
    });

    /** Everywhere in a post where files are attached, with the path of the first one there. */
    const places = (media: object[]): [string, object][] => {
      const thread = [{ text: 'Two', media }];
      return [
        ['media/0', { media }],
        ['content/thread/0/media/0', { content: { text: 'One', thread } }],
        ['channels/0/media/0', { channels: [{ id: mastodon.id, media }] }],
        ['channels/0/content/thread/0/media/0', { channels: [{ id: mastodon.id, content: { thread } }] }],
      ];
    };

    // The clip is a second long.
    it.each<[string, keyof typeof files, object, string, string]>([
      ['a focus right of the picture', 'image', { focus: { x: 1.01, y: 0.5 } }, 'focus/x', 'max'],
      ['a focus above the picture', 'video', { focus: { x: 0.5, y: -0.01 } }, 'focus/y', 'min'],
      ['half a focus', 'image', { focus: { x: 0.5 } }, 'focus/y', 'isDefined'],
      ['an unknown fit', 'image', { fit: 'stretch' }, 'fit', 'isIn'],
      ['an unknown choice', 'image', { zoom: 2 }, 'zoom', 'whitelistValidation'],
      ['a start before the video', 'video', { trim: { startMs: -1, endMs: 500 } }, 'trim/startMs', 'min'],
      ['half a millisecond', 'video', { trim: { startMs: 0.5, endMs: 500 } }, 'trim/startMs', 'isInt'],
      ['an end before the start', 'video', { trim: { startMs: 500, endMs: 400 } }, 'trim', 'trim-empty'],
      ['an end after the video', 'video', { trim: { startMs: 0, endMs: 60_000 } }, 'trim', 'trim-outside'],
      ['a part of an image', 'image', { trim: { startMs: 0, endMs: 500 } }, 'trim', 'trim-not-video'],
      ['a cover after the video', 'video', { coverAtMs: 60_000 }, 'coverAtMs', 'cover-outside'],
      [
        'a cover outside of the part',
        ...(['video', { trim: { startMs: 200, endMs: 600 }, coverAtMs: 700 }, 'coverAtMs', 'cover-outside'] as const),
      ],
      ['the cover of an image', 'image', { coverAtMs: 0 }, 'coverAtMs', 'cover-not-video'],
    ])(
      'are refused for %s wherever it is attached, and nothing changes',
      async (_what, file, choices, choice, rule) => {
        const { id, etag } = await practice.schedule(account, [mastodon]);
        const before = await practice.counts();
        for (const [at, changes] of places([{ id: files[file], altText: 'A card', ...choices }])) {
          const field = `${at}/${choice}`;
          for (const answer of [await create(post(changes)), await patch(id, etag, changes)]) {
            expectProblem(answer, { status: 422, slug: 'validation-failed', field });
            const [error, ...others] = answer.body.errors;
            expect([error.rule, others]).toEqual([rule, []]);
            expect(error.remedy).not.toBe(error.message);
          }
        }
        expect(await practice.counts()).toEqual(before);
        const { body } = await practice.as(account).get(`/v1/posts/${id}`).expect(200);
        expect(body).toMatchObject({ revision: 1, version: 1, media: [] });
      },
    );

    it('are taken where they fit', async () => {
      const media = [{ id: files.video, focus: { x: 0, y: 1 }, trim: { startMs: 200, endMs: 700 }, coverAtMs: 700 }];
      const { body } = await create(post({ media })).expect(201);
      expect(body.media).toEqual(media);
    });
  });

  describe('with an Idempotency-Key', () => {
    const send = (key: string, body: object) => create(body).set('idempotency-key', key);

    it('are written once, however often and however much at once they come', async () => {
      const before = await practice.counts();
      const body = post();
      const requests = Array.from({ length: 4 }, () => send('posts-1', body));
      const answers = await practice.atOnce('posts', requests);
      answers.push(await send('posts-1', body));
      for (const answer of answers) {
        expect(answer.status).toBe(201);
        expect(answer.body).toEqual(answers[0]?.body);
        expect(answer.headers['etag']).toBe('"1"');
      }
      const after = await practice.counts();
      for (const table of ['posts', 'publications', 'idempotency_keys'])
        expect(after[table]).toBe((before[table] ?? 0) + 1);
    });

    it('are refused where the key belongs to another body', async () => {
      const body = post();
      await send('posts-2', body).expect(201);
      const before = await practice.counts();
      const answer = await send('posts-2', { ...body, content: { text: 'Another' } });
      expectProblem(answer, { status: 409, slug: 'idempotency-key-reused', field: 'Idempotency-Key' });
      expect(await practice.counts()).toEqual(before);
    });

    it('may be sent again with the same key after a refusal', async () => {
      await send('posts-3', post({ channels: [] })).expect(422);
      await send('posts-3', post()).expect(201);
    });
  });

  describe('that are scheduled', () => {
    it('follow an edit, and tell of it', async () => {
      const { id, etag, publications } = await practice.schedule(account, [mastodon, bluesky]);
      const answer = await patch(id, etag, { content: { text: 'Better' } }).expect(200);
      expect(answer.body).toMatchObject({ revision: 2, version: 2, content: { text: 'Better' } });
      expect(answer.headers['etag']).toBe('"2"');
      for (const publication of publications) {
        expect(await practice.logKinds(account, publication.id)).toEqual([
          'scheduled',
          'cleared',
          'revised',
          'cleared',
        ]);
      }
      const { body } = await practice.as(account).get(`/v1/posts/${id}/revisions`).expect(200);
      expect(body.data).toMatchObject([
        { number: 2, content: { content: { text: 'Better' } }, author: { type: 'user', id: account.userId } },
        { number: 1, content: { content: { text: 'Hello' } } },
      ]);
      const page = await practice.as(account).get(`/v1/posts/${id}/revisions?limit=1`).expect(200);
      const rest = await practice.as(account).get(`/v1/posts/${id}/revisions`).query({ cursor: page.body.next });
      expect([page.body.data, rest.body.data]).toEqual([[body.data[0]], [body.data[1]]]);
    });

    it('move to another time without becoming another revision', async () => {
      const { id, etag, publications } = await practice.schedule(account, [mastodon]);
      const schedule = inHours(48);
      const { body } = await patch(id, etag, { schedule }).expect(200);
      expect(body).toMatchObject({
        revision: 1,
        version: 2,
        publications: [{ dueAt: schedule.at, state: 'scheduled' }],
      });
      const log = await practice.as(account).get(`/v1/publications/${publications[0].id}/log`).expect(200);
      expect(log.body.data.at(-1)).toMatchObject({
        kind: 'rescheduled',
        actor: { type: 'user', id: account.userId, name: 'test' },
        evidence: { from: publications[0].dueAt, dueAt: schedule.at },
      });
    });

    it('go back to drafts, broken as they may be, and are scheduled again', async () => {
      const { id, etag, publications } = await practice.schedule(account, [mastodon]);
      const draft = await patch(id, etag, { schedule: null, content: { text: 'x'.repeat(501) } }).expect(200);
      expect(draft.body.publications).toMatchObject([{ id: publications[0].id, state: 'cancelled' }]);
      const edited = await patch(id, '"2"', { content: { text: 'y'.repeat(501) } }).expect(200);
      expect(edited.body.publications).toHaveLength(1);
      const refused = await patch(id, '"3"', { schedule: inHours(3) });
      expectProblem(refused, { status: 422, slug: 'validation-failed', field: 'content/text' });
      const again = await patch(id, '"3"', { schedule: inHours(3), content: { text: 'z' } }).expect(200);
      expect(again.body.publications.map((item: { state: string }) => item.state)).toEqual(['cancelled', 'scheduled']);
    });

    it('gain and lose channels', async () => {
      const { id, etag, publications } = await practice.schedule(account, [mastodon]);
      const { body } = await patch(id, etag, { channels: [{ id: bluesky.id }] }).expect(200);
      expect(body.publications).toMatchObject([
        { id: publications[0].id, channelId: mastodon.id, state: 'cancelled' },
        { channelId: bluesky.id, state: 'scheduled', dueAt: publications[0].dueAt },
      ]);
      const log = await practice.as(account).get(`/v1/publications/${publications[0].id}/log`).expect(200);
      expect(log.body.data.at(-1)).toMatchObject({
        kind: 'cancelled',
        evidence: { why: expect.stringContaining('channel') },
      });
    });

    it('are deleted; what was planned is cancelled and still tells its story', async () => {
      const { id, etag, publications } = await practice.schedule(account, [mastodon]);
      await practice.as(account).delete(`/v1/posts/${id}`).set('if-match', etag).expect(204);
      expectProblem(await practice.as(account).get(`/v1/posts/${id}`), { status: 404, slug: 'not-found' });
      const { body } = await practice.as(account).get(`/v1/publications/${publications[0].id}`).expect(200);
      expect(body.state).toBe('cancelled');
      expect(await practice.logKinds(account, body.id)).toEqual(['scheduled', 'cleared', 'cancelled']);
    });

    it.each(['patch', 'delete'] as const)('refuse a %s on a stale tag, and one without', async (method) => {
      const { id, etag } = await practice.schedule(account, [mastodon]);
      await patch(id, etag, { content: { text: 'Newer' } }).expect(200);
      const before = await practice.counts();
      const change = () => practice.as(account)[method](`/v1/posts/${id}`);
      expectProblem(await change().set('if-match', etag).send({}), { status: 412, slug: 'precondition-failed' });
      expectProblem(await change().set('if-match', '*').send({}), { status: 412, slug: 'precondition-failed' });
      expectProblem(await change().send({}), { status: 428, slug: 'precondition-required' });
      const { body } = await practice.as(account).get(`/v1/posts/${id}`).expect(200);
      expect(body).toMatchObject({ version: 2, content: { text: 'Newer' } });
      expect(await practice.counts()).toEqual(before);
    });

    it('let one of two edits at the same moment win', async () => {
      const { id, etag } = await practice.schedule(account, [mastodon]);
      const requests = ['a', 'b'].map((text) => patch(id, etag, { content: { text } }));
      const answers = await practice.atOnce('posts', requests);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
    });

    it('refuse every change while they are being published, and afterwards', async () => {
      const { id, etag, publications } = await practice.schedule(account, [mastodon]);
      await practice.bring(publications[0].id, ['preparing', 'ready', 'committing']);
      const refuse = async () => {
        const before = await practice.counts();
        const edited = await patch(id, etag, { content: { text: 'Too late' } });
        const deleted = await practice.as(account).delete(`/v1/posts/${id}`).set('if-match', etag);
        for (const answer of [edited, deleted]) expectProblem(answer, { status: 409, slug: 'already-publishing' });
        expect(await practice.counts()).toEqual(before);
      };
      await refuse();
      await practice.bring(publications[0].id, ['published']);
      await refuse();
    });
  });

  describe('that are drafts', () => {
    let other: TestAccount;
    beforeAll(async () => {
      other = await practice.api.signUp();
    });
    const list = (query: object = {}) =>
      practice.as(other).get(`/v1/workspaces/${other.workspaceId}/posts`).query(query);

    it('are listed alone, newest first and in pages: what was never scheduled, and what no longer is', async () => {
      const channel = await practice.connect(other);
      const draft = async (): Promise<string> => {
        const body = { content: { text: 'Later' }, channels: [{ id: channel.id }], schedule: null };
        return (await practice.as(other).post(`/v1/workspaces/${other.workspaceId}/posts`).send(body).expect(201)).body
          .id;
      };
      const [first, scheduled, second] = [
        await draft(),
        await practice.schedule(other, [channel]),
        await practice.schedule(other, [channel]),
      ];
      await patch(second.id, second.etag, { schedule: null })
        .set('authorization', `Bearer ${other.apiKey}`)
        .expect(200);
      const failed = await practice.schedule(other, [channel]);
      await practice.bring(failed.publications[0].id, ['preparing', 'failed']);
      const deleted = await draft();
      await practice.as(other).delete(`/v1/posts/${deleted}`).set('if-match', '"1"').expect(204);
      const third = await draft();
      const ids = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id);
      expect(ids((await list({ state: 'draft' }).expect(200)).body)).toEqual([third, second.id, first]);
      const page = await list({ state: 'draft', limit: 2 }).expect(200);
      expect(ids(page.body)).toEqual([third, second.id]);
      const rest = await list({ state: 'draft', limit: 2, cursor: page.body.next }).expect(200);
      expect(rest.body).toEqual({ data: [expect.objectContaining({ id: first, publications: [] })] });
      expect(ids((await list().expect(200)).body)).toEqual([third, failed.id, second.id, scheduled.id, first]);
    });

    it('are the only ones that can be asked for', async () => {
      expectProblem(await list({ state: 'published' }), { status: 422, slug: 'validation-failed', field: 'state' });
    });
  });
});
