import { type TestAccount } from '../support/api.js';
import { inHours, PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

describe('posts that break rules', () => {
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
  describe('leave nothing behind:', () => {
    let missing: string;
    beforeAll(async () => {
      const stranger = await practice.api.signUp();
      missing = (await practice.connect(stranger)).id;
    });

    const refused = async (
      body: object,
      expected: { status?: number; slug?: string; field: string; rule?: string },
    ) => {
      const { field, rule, status = 422, slug = 'validation-failed' } = expected;
      const before = await practice.counts();
      const answer = await create(body);
      expectProblem(answer, { status, slug, field });
      if (rule) expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, rule }));
      expect(await practice.counts()).toEqual(before);
      return answer;
    };
    const at = (text: string, timeZone = 'UTC') => post({ schedule: { at: text, timeZone } });

    it('a text that is too long for one of the channels', async () => {
      const channels = [{ id: bluesky.id }, { id: mastodon.id }];
      const answer = await refused(post({ content: { text: 'x'.repeat(400) }, channels }), {
        field: 'content/text',
        rule: 'bluesky.text-too-long',
      });
      expect(answer.body.errors).toEqual([expect.objectContaining({ channelId: bluesky.id })]);
    });
    it('a channel’s own text that is too long', () => {
      const channels = [{ id: mastodon.id }, { id: bluesky.id, content: { text: 'x'.repeat(301) } }];
      return refused(post({ channels }), { field: 'channels/1/content/text', rule: 'bluesky.text-too-long' });
    });
    it('a text that nobody takes', () =>
      refused(post({ content: { text: 'x'.repeat(100_001) } }), { field: 'content/text' }));
    it('an empty text', () => refused(post({ content: { text: '' } }), { field: 'content/text' }));
    it('an unknown zone', () => refused(at('2031-01-01T09:00', 'Mars/Olympus'), { field: 'schedule/timeZone' }));
    it('an offset for a zone', () => refused(at('2031-01-01T09:00', '+02:00'), { field: 'schedule/timeZone' }));
    it('a time that has passed', () =>
      refused(at(new Date(Date.now() - 120_000).toISOString()), { field: 'schedule/at', rule: 'past' }));
    it('a time that nobody means', () => refused(at('2199-01-01T09:00'), { field: 'schedule/at', rule: 'too-far' }));
    it.each([
      'tomorrow',
      '2031-02-30T09:00',
      '2031-02-30T09:00:00Z',
      '2031-01-01T25:00',
      '2031-01-01',
      '2031-01-01T09:00:61Z',
      '',
    ])('the time "%s"', (text) => refused(at(text), { field: 'schedule/at', rule: 'time' }));
    it('no schedule', () => refused({ ...post(), schedule: undefined }, { field: 'schedule' }));
    it.each([
      ['soon'],
      [7],
      [[]],
      [{ at: '2031-01-01T09:00' }],
      [{ at: '2031-01-01T09:00', timeZone: 'UTC', every: 'day' }],
    ])('the schedule %j', (schedule) => refused(post({ schedule }), { field: 'schedule', rule: 'isSchedule' }));
    it('the next slot where there are none', () =>
      refused(post({ schedule: 'next-slot' }), { slug: 'no-slots', field: 'schedule' }));
    it('no channels', () => refused(post({ channels: [] }), { field: 'channels', rule: 'no-channel' }));
    it('a channel twice', () =>
      refused(post({ channels: [{ id: mastodon.id }, { id: mastodon.id.toUpperCase() }] }), {
        field: 'channels/1/id',
      }));
    it('a channel of somebody else', () =>
      refused(post({ channels: [{ id: missing }] }), { status: 404, slug: 'not-found', field: 'channels/0/id' }));
    it('media that is not here', () =>
      refused(post({ media: [{ id: missing }] }), { status: 404, slug: 'not-found', field: 'media/0/id' }));
    it('a channel’s media that is not here', () => {
      const channels = [{ id: mastodon.id, media: [{ id: missing }] }];
      return refused(post({ channels }), { status: 404, slug: 'not-found', field: 'channels/0/media/0/id' });
    });
    it('an id that is none', () => refused(post({ channels: [{ id: 'abc' }] }), { field: 'channels/0/id' }));
    it('an unknown setting', () =>
      refused(post({ channels: [{ id: mastodon.id, settings: { mood: 'good' } }] }), {
        field: 'channels/0/settings/mood',
      }));
    it('a setting with no such choice', () =>
      refused(post({ channels: [{ id: mastodon.id, settings: { visibility: 'direct' } }] }), {
        field: 'channels/0/settings/visibility',
      }));
    it.each([
      ['a list', []],
      ['a text', 'x'],
      ['null', null],
      ['nested deeply', { a: { b: { c: { d: { e: {} } } } } }],
      ['very long', { a: 'x'.repeat(20_000) }],
    ])('settings that are %s', (_, settings) =>
      refused(post({ channels: [{ id: mastodon.id, settings }] }), { field: 'channels/0/settings' }),
    );
    it('nesting without end', async () => {
      const settings = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
      const before = await practice.counts();
      const answer = await practice
        .as(account)
        .post(posts())
        .type('json')
        .set('idempotency-key', 'deep')
        .send(
          JSON.stringify(post({ channels: [{ id: mastodon.id, settings: 0 }] })).replace(
            '"settings":0',
            `"settings":${settings}`,
          ),
        );
      expectProblem(answer, { status: 400, slug: 'malformed-request' });
      expect(await practice.counts()).toEqual(before);
    });
    it.each([[[]], ['x'], [null], [[{ text: 'x' }]], [7]])('the content %j', (content) =>
      refused(post({ content }), { field: 'content' }),
    );
    it.each([[[[]]], [['x']], [[null]], [{}]])('the channels %j', (channels) =>
      refused(post({ channels }), { field: 'channels' }),
    );
    it('a link that is none', () =>
      refused(post({ content: { text: 'x', link: 'nowhere' } }), { field: 'content/link' }));
    it('null for a link', () => refused(post({ content: { text: 'x', link: null } }), { field: 'content/link' }));
    it('more channels than a post may have', () => {
      const channels = Array.from({ length: 51 }, () => ({ id: mastodon.id }));
      return refused(post({ channels }), { field: 'channels', rule: 'arrayMaxSize' });
    });
    it('a field that a post does not have', () => refused(post({ titel: 'x' }), { field: 'titel' }));
    it('a text that cannot be stored', async () => {
      expectProblem(await create(post({ content: { text: 'a\u0000b' } })), { status: 400, slug: 'malformed-request' });
    });
  });

  describe('are told of them without being written:', () => {
    it('every rule of every channel, and the time', async () => {
      const before = await practice.counts();
      const body = post({
        content: { text: 'x'.repeat(600) },
        channels: [{ id: bluesky.id }, { id: mastodon.id }],
        schedule: { at: '2020-01-01T09:00', timeZone: 'UTC' },
      });
      const answer = await practice.as(account).post(posts('/validate')).send(body).expect(200);
      expect(answer.body.valid).toBe(false);
      expect(answer.body.errors.map((error: { rule: string }) => error.rule)).toEqual([
        'bluesky.text-too-long',
        'mastodon.text-too-long',
        'past',
      ]);
      expect(await practice.counts()).toEqual(before);
    });

    it('nothing stands against a good one', async () => {
      const answer = await practice.as(account).post(posts('/validate')).send(post());
      expect(answer.body).toEqual({ valid: true, errors: [], media: [], costs: [], notices: [] });
    });
  });
});
