import sharp from 'sharp';
import { type TestAccount } from '../support/api.js';
import { inHours, PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

describe('threads and first comments', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let bluesky: TestChannel;
  let mastodon: TestChannel;
  let webhook: TestChannel;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp();
    bluesky = await practice.connect(account, 'bluesky');
    mastodon = await practice.connect(account, 'mastodon');
    webhook = await practice.connect(account, 'webhook');
  });
  afterAll(() => practice?.close());

  const posts = (path = '') => `/v1/workspaces/${account.workspaceId}/posts${path}`;
  const thread = [{ text: 'Two' }, { text: 'Three' }];
  const content = { text: 'One', thread, firstComment: { text: 'By the way' } };
  const body = (changes: object = {}) => ({
    content,
    channels: [{ id: bluesky.id }],
    schedule: inHours(24),
    ...changes,
  });
  const create = (changes: object = {}) => practice.as(account).post(posts()).send(body(changes));
  const publicationOf = async (id: string) => (await practice.as(account).get(`/v1/publications/${id}`)).body;
  const segmentsSent = async (id: string) => {
    const { rows } = await practice.owner.query('select content from publications where id = $1', [id]);
    return rows[0].content.segments.map(({ kind, text }: { kind: string; text: string }) => `${kind} ${text}`);
  };
  const broken = async (changes: object) => {
    const { body: answer } = await practice.as(account).post(posts('/validate')).send(body(changes)).expect(200);
    return answer.errors.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`);
  };

  describe('are written', () => {
    it('with the post, and their publication says what is out', async () => {
      const { body: post } = await create().expect(201);
      expect(post.content).toEqual(content);
      const pending = { state: 'pending', permalink: null, publishedAt: null };
      expect((await publicationOf(post.publications[0].id)).segments).toEqual([
        { position: 0, kind: 'post', ...pending },
        { position: 1, kind: 'reply', ...pending },
        { position: 2, kind: 'reply', ...pending },
        { position: 3, kind: 'comment', ...pending },
      ]);
    });

    it('for a channel in place of the common ones; empty = none there', async () => {
      const own = { text: 'Uno', thread: [{ text: 'Dos' }], firstComment: { text: 'Por cierto' } };
      const none = { thread: [], firstComment: { text: '' } };
      const channels = [{ id: bluesky.id }, { id: mastodon.id, content: own }, { id: webhook.id, content: none }];
      const { body: post } = await create({ channels }).expect(201);
      expect(post.channels).toEqual(channels);
      const sent = (channel: TestChannel) =>
        segmentsSent(post.publications.find(({ channelId }: { channelId: string }) => channelId === channel.id).id);
      expect(await sent(bluesky)).toEqual(['post One', 'reply Two', 'reply Three', 'comment By the way']);
      expect(await sent(mastodon)).toEqual(['post Uno', 'reply Dos', 'comment Por cierto']);
      expect(await sent(webhook)).toEqual(['post One']);
    });

    it('with media of their own', async () => {
      const image = await upload();
      const { body: post } = await create({ content: { text: 'One', thread: [{ text: '', media: [image] }] } });
      expect(post.content.thread).toEqual([{ text: '', media: [image] }]);
      const { rows } = await practice.owner.query(
        `select content #> '{segments,1,media}' as media from publications where id = $1`,
        [post.publications[0].id],
      );
      expect(rows[0].media).toEqual([expect.objectContaining({ assetId: image.id, altText: 'A view' })]);
    });

    it('an edit of a part is another revision, and what is scheduled follows', async () => {
      const created = await create().expect(201);
      const { id, publications } = created.body;
      const edited = { ...content, thread: [{ text: 'Two' }, { text: 'Three and a half' }, { text: 'Four' }] };
      const answer = await practice
        .as(account)
        .patch(`/v1/posts/${id}`)
        .set('if-match', created.headers['etag']!)
        .send({ content: edited })
        .expect(200);
      expect(answer.body).toMatchObject({ revision: 2, content: edited });
      expect(await segmentsSent(publications[0].id)).toEqual([
        'post One',
        'reply Two',
        'reply Three and a half',
        'reply Four',
        'comment By the way',
      ]);
      expect((await publicationOf(publications[0].id)).segments).toHaveLength(5);
      expect(await practice.logKinds(account, publications[0].id)).toEqual([
        'scheduled',
        'cleared',
        'revised',
        'cleared',
      ]);
      const { body: revisions } = await practice.as(account).get(`/v1/posts/${id}/revisions`).expect(200);
      expect(revisions.data.map((revision: { content: object }) => revision.content)).toEqual([
        expect.objectContaining({ content: edited }),
        expect.objectContaining({ content }),
      ]);
    });

    it('as the beginning of the post in the calendar', async () => {
      const at = '2031-05-05T10:00:00.000Z';
      await create({ schedule: { at, timeZone: 'UTC' } }).expect(201);
      const range = 'from=2031-05-05T00:00:00Z&to=2031-05-06T00:00:00Z';
      const { body: page } = await practice
        .as(account)
        .get(`/v1/workspaces/${account.workspaceId}/calendar?${range}`)
        .expect(200);
      expect(page.data).toEqual([expect.objectContaining({ text: 'One', mediaCount: 0 })]);
    });
  });

  describe('break the rules of the platform', () => {
    const long = 'x'.repeat(301);

    it('each part for itself, at its own field', async () => {
      const parts = { ...content, thread: [{ text: 'Two' }, { text: long }], firstComment: { text: long } };
      expect(await broken({ content: parts })).toEqual([
        'content/thread/1/text bluesky.text-too-long',
        'content/firstComment/text bluesky.text-too-long',
      ]);
    });

    it('of a channel’s own parts, at the channel’s fields', async () => {
      const own = { thread: [{ text: 'Two' }, { text: '' }], firstComment: { text: long } };
      expect(await broken({ channels: [{ id: mastodon.id }, { id: bluesky.id, content: own }] })).toEqual([
        'channels/1/content/thread/1/text bluesky.text-missing',
        'channels/1/content/firstComment/text bluesky.text-too-long',
      ]);
    });

    it('with too many images in one part', async () => {
      const image = await upload();
      const parts = { text: 'One', thread: [{ text: 'Two', media: Array.from({ length: 5 }, () => image) }] };
      expect(await broken({ content: parts })).toEqual(['content/thread/0/media bluesky.media-too-many']);
    });

    it('with settings, which count for every part and are told once', async () => {
      const settings = { langs: 'not a language' };
      const told = await broken({ channels: [{ id: bluesky.id, settings }] });
      expect(new Set(told).size).toBe(told.length);
      expect(told).toContainEqual(expect.stringMatching(/^channels\/0\/settings\/langs bluesky\./));
    });

    it('where it has no threads or first comments: one rule for each, and what to do', async () => {
      const answer = await create({ channels: [{ id: bluesky.id }, { id: webhook.id }] });
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'content/thread' });
      expect(answer.body.errors).toEqual([
        expect.objectContaining({
          field: 'content/thread',
          rule: 'webhook.thread-unsupported',
          remedy: expect.stringContaining('Leave the thread out for this channel'),
          channelId: webhook.id,
        }),
        expect.objectContaining({
          field: 'content/firstComment',
          rule: 'webhook.first-comment-unsupported',
          remedy: expect.stringContaining('Leave the first comment out for this channel'),
          channelId: webhook.id,
        }),
      ]);
      const own = { thread: [{ text: 'Two' }], firstComment: { text: 'x' } };
      expect(await broken({ content: { text: 'One' }, channels: [{ id: webhook.id, content: own }] })).toEqual([
        'channels/0/content/thread webhook.thread-unsupported',
        'channels/0/content/firstComment webhook.first-comment-unsupported',
      ]);
    });
  });

  describe('are refused', () => {
    const missing = '01890000-0000-7000-8000-000000000000';
    const part = (changes: object) => ({
      content: { text: 'One', thread: [{ text: 'Two' }, { text: 'x', ...changes }] },
    });

    it.each<[string, () => object, { status?: number; slug?: string; field: string }]>([
      [
        'more than 25 parts',
        () => ({ content: { text: 'x', thread: Array(26).fill({ text: 'x' }) } }),
        { field: 'content/thread' },
      ],
      ['parts that are no list', () => ({ content: { text: 'x', thread: {} } }), { field: 'content/thread' }],
      ['a part without text', () => part({ text: undefined }), { field: 'content/thread/1/text' }],
      [
        'a part with a field that it does not have',
        () => part({ link: 'https://example.com' }),
        { field: 'content/thread/1/link' },
      ],
      [
        'media that is not here',
        () => part({ media: [{ id: missing }] }),
        { status: 404, slug: 'not-found', field: 'content/thread/1/media/0/id' },
      ],
      [
        'a first comment without text',
        () => ({ content: { text: 'x', firstComment: {} } }),
        { field: 'content/firstComment/text' },
      ],
      [
        'null for a first comment',
        () => ({ content: { text: 'x', firstComment: null } }),
        { field: 'content/firstComment' },
      ],
      [
        'a channel’s thread of too many parts',
        () => ({ channels: [{ id: bluesky.id, content: { thread: Array(26).fill({ text: 'x' }) } }] }),
        { field: 'channels/0/content/thread' },
      ],
    ])('%s', async (_, changes, expected) => {
      const before = await practice.counts();
      expectProblem(await create(changes()), { status: 422, slug: 'validation-failed', ...expected });
      expect(await practice.counts()).toEqual(before);
    });
  });

  async function upload(): Promise<{ id: string; altText: string }> {
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    const answer = await practice
      .as(account)
      .post(`/v1/workspaces/${account.workspaceId}/media`)
      .attach('file', picture, 'view.jpg')
      .expect(201);
    return { id: answer.body.id, altText: 'A view' };
  }
});
