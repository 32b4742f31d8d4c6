import { type CommitContext, type JsonObject } from '#platforms/core';
import { practiceDraft, practiceImage } from '#platforms/testing';
import { adapter } from './adapter.js';
import { accountOf } from './api.js';
import { normalText, readText } from './compare.js';
import { draft, failureOf, Practice } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  practice.reset();
  ctx = await practice.account();
});
afterAll(() => practice.sandbox.close());

const reads = () => practice.callsTo('GET', /\/tweets$/);

// https://docs.x.com/x-api/users/get-posts
describe('looking for a post on X', () => {
  it.each([
    ['links, with and without a scheme', { text: 'Read https://example.com/a?b=1&c=2 and Example.com' }],
    ['a link behind the text', { text: 'Read', link: 'https://example.com/path/' }],
    ['a link alone', { link: 'https://example.com' }],
    ['characters of HTML', { text: 'Rye & <wheat> &amp; "spelt"' }],
    ['letters that were typed in two parts', { text: 'Cafe\u0301 A\u030angstro\u0308m' }],
    ['line ends of another system, and blanks at the end', { text: 'One\r\n\r\nTwo  ' }],
    ['emoji beside a link', { text: '👩‍👩‍👧‍👦 https://example.com/👋 👋🏽' }],
  ])('finds it by its text with %s', async (_name, change) => {
    const prepared = await practice.prepare(ctx, draft({ text: '', ...change }));
    const { id, permalink } = await adapter.commit(ctx, prepared);
    expect(await practice.look(ctx, prepared)).toMatchObject({
      outcome: 'published',
      confidence: 'matched',
      receipt: { id, permalink },
    });
  });

  it('finds it by its text with images and a quote, whose links X adds', async () => {
    await practice.order('plan', { quotes: true });
    const quoted = await practice.publish(ctx, draft({ text: 'The first' }));
    const given = draft({ text: 'Look', settings: { quoteUrl: `https://x.com/a/status/${quoted.id}` } });
    const prepared = await practice.prepare(ctx, given);
    const { id } = await adapter.commit(ctx, prepared);
    expect(await practice.look(ctx, prepared)).toMatchObject({ outcome: 'published', receipt: { id } });
    const pictured = practiceDraft({ text: 'Two' }, [await practiceImage(), await practiceImage({ color: '#111111' })]);
    const second = await practice.prepare(ctx, pictured.draft, pictured.media);
    const receipt = await adapter.commit(ctx, second);
    expect(await practice.look(ctx, second)).toMatchObject({
      outcome: 'published',
      receipt: { id: receipt.id, extra: receipt.extra },
    });
  });

  it('finds a long post of a subscriber by its whole text', async () => {
    const subscriber = await practice.account({ person: 'Anna', subscription: 'Premium' });
    const beginning = 'bread '.repeat(100);
    const prepared = await practice.prepare(subscriber, draft({ text: `${beginning}one https://example.com` }));
    await practice.publish(subscriber, draft({ text: `${beginning}two https://example.com` }));
    const { id } = await adapter.commit(subscriber, prepared);
    expect(await practice.look(subscriber, prepared)).toMatchObject({ outcome: 'published', receipt: { id } });
  });

  it('tells a reply from the same words elsewhere by the post above', async () => {
    const root = await practice.publish(ctx, draft({ text: 'The first' }));
    const below = draft({ kind: 'reply', text: 'Second', replyTo: { root, parent: root } });
    const prepared = await practice.prepare(ctx, below);
    const { id } = await adapter.commit(ctx, prepared);
    expect(await practice.look(ctx, prepared)).toMatchObject({ outcome: 'published', receipt: { id } });
    expect(await practice.look(ctx, { ...prepared, replyTo: '1' })).toMatchObject({ outcome: 'absent' });
    const { replyTo: _none, ...alone } = prepared;
    expect(await practice.look(ctx, alone)).toMatchObject({ outcome: 'absent' });
  });

  it('does not take a post with other files for its own', async () => {
    const prepared = await practice.prepare(ctx, draft());
    await adapter.commit(ctx, prepared);
    expect(await practice.look(ctx, { ...prepared, mediaIds: ['1'] })).toMatchObject({ outcome: 'absent' });
  });

  it('says that it is not there where nothing like it is, or only something older', async () => {
    const prepared = await practice.prepare(ctx, draft());
    expect(await practice.look(ctx, prepared)).toMatchObject({ outcome: 'absent' });
    await adapter.commit(ctx, prepared);
    practice.pass(60_000);
    expect(await practice.look(ctx, prepared)).toMatchObject({ outcome: 'absent' });
  });

  it('cannot tell where there are several', async () => {
    const prepared = await practice.prepare(ctx, draft());
    await adapter.commit(ctx, prepared);
    const twice = twinned();
    expect(await practice.look(twice, prepared)).toMatchObject({ outcome: 'unknown' });
    const [first] = practice.visible();
    expect(await practice.look(twice, prepared, { claimed: new Set([first?.id ?? '']) })).toMatchObject({
      outcome: 'published',
      receipt: { id: '2' },
    });
  });

  it('reads on to the end where there is much', async () => {
    const prepared = await practice.prepare(ctx, draft({ text: 'The one' }));
    const since = practice.now();
    const { id } = await adapter.commit(ctx, prepared);
    for (let n = 1; n <= 7; n += 1) await practice.publish(ctx, draft({ text: `Another, the ${n}th` }));
    expect(await practice.look(ctx, prepared, { since })).toMatchObject({ outcome: 'published', receipt: { id } });
    expect(reads()).toHaveLength(2);
  });

  it('gives up where there is more than anybody would pay for', async () => {
    const prepared = await practice.prepare(ctx, draft());
    const endless = answering(() => ({ data: [], meta: { result_count: 0, next_token: 'more' } }));
    expect(await practice.look(endless, prepared)).toMatchObject({ outcome: 'unknown' });
  });

  it('does not take nonsense for an empty account', async () => {
    const prepared = await practice.prepare(ctx, draft());
    for (const body of [{}, { data: 'none' }, { data: [{ id: '1' }], meta: {} }]) {
      expect(
        await failureOf(
          practice.look(
            answering(() => body),
            prepared,
          ),
        ),
      ).toMatchObject({ kind: 'unknown' });
    }
  });
});

// https://docs.x.com/x-api/getting-started/pricing: each object of an answer is charged.
describe('what a look costs', () => {
  it('is little: as few posts as X gives, nothing that is not needed', async () => {
    const prepared = await practice.prepare(ctx, draft());
    await adapter.commit(ctx, prepared);
    practice.spent.length = 0;
    await practice.look(ctx, prepared);
    const [read] = reads();
    expect(Object.fromEntries(read?.url.searchParams ?? [])).toEqual({
      start_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      max_results: '5',
      exclude: 'retweets,replies',
      'post.fields': 'attachments,created_at,entities',
    });
    expect(practice.spent).toEqual([
      { price: 'read', count: 1 },
      { price: 'post', count: 1 },
    ]);
  });

  it('is nothing where nothing is there', async () => {
    await practice.look(ctx, await practice.prepare(ctx, draft()));
    expect(practice.spent).toEqual([]);
  });

  it('is less for the account that owns the app', async () => {
    practice.options = { ...practice.options, ownerId: accountOf(ctx).userId };
    const owner = { ...ctx, options: practice.options };
    const prepared = await practice.prepare(owner, draft({ text: 'Come to example.com' }));
    await adapter.commit(owner, prepared);
    practice.spent.length = 0;
    await practice.look(owner, prepared);
    expect(practice.spent.map(({ price }) => price)).toEqual(['owned-read', 'post-with-link']);
  });

  it('includes the posts above, which tell one reply from another', async () => {
    const root = await practice.publish(ctx, draft({ text: 'The first' }));
    const prepared = await practice.prepare(
      ctx,
      draft({ kind: 'reply', text: 'Second', replyTo: { root, parent: root } }),
    );
    practice.pass(30_000);
    await adapter.commit(ctx, prepared);
    practice.spent.length = 0;
    await practice.look(ctx, prepared);
    expect(practice.spent[0]).toEqual({ price: 'read', count: 2 });
  });
});

// The answer is X's own: https://github.com/akrherz/iembot/issues/163
describe('a duplicate', () => {
  it('is evidence, and no listed refusal', async () => {
    const prepared = await practice.prepare(ctx, draft());
    await adapter.commit(ctx, prepared);
    const failure = await failureOf(adapter.commit(ctx, prepared));
    expect(failure).toMatchObject({ kind: 'duplicate', platformCode: 'duplicate' });
    expect(adapter.manifest.refusals.some(({ codes, status }) => status === 403 && !codes)).toBe(false);
    expect(adapter.manifest.refusals.flatMap(({ codes = [] }) => codes)).not.toContain('duplicate');
  });

  it('is ours where it came after the fence', async () => {
    const prepared = await practice.prepare(ctx, draft());
    const { id } = await adapter.commit(ctx, prepared);
    expect(await practice.look(ctx, prepared, { duplicate: {} })).toMatchObject({
      outcome: 'published',
      receipt: { id },
    });
  });

  it('is refused in words where it is older, or another publication’s', async () => {
    const prepared = await practice.prepare(ctx, draft());
    const { id } = await adapter.commit(ctx, prepared);
    const claimed = await practice.look(ctx, prepared, { duplicate: {}, claimed: new Set([id]) });
    expect(claimed).toMatchObject({ outcome: 'refused', failure: { kind: 'duplicate' } });
    practice.pass(60_000);
    const older = await practice.look(ctx, prepared, { duplicate: {} });
    if (older.outcome !== 'refused' || claimed.outcome !== 'refused') throw new Error(older.outcome);
    expect(older.failure.message).not.toBe(claimed.failure.message);
    expect(older.failure.remedy).toContain('Change the text');
  });
});

describe('names of fields', () => {
  it('are those of the description, and those of the pages where X knows no other', async () => {
    const prepared = await practice.prepare(
      ctx,
      draft({ kind: 'reply', replyTo: { root: { id: '1' }, parent: { id: '1' } } }),
    );
    const asked: string[] = [];
    const older = answering((url) => {
      asked.push(url.searchParams.toString());
      if (url.searchParams.has('post.fields')) {
        return {
          title: 'Invalid Request',
          detail: 'The query parameter [post.fields] is not one of [id,tweet.fields]',
        };
      }
      const post = { id: '9', text: 'Fresh bread', created_at: practice.now().toISOString() };
      return { data: [{ ...post, referenced_tweets: [{ type: 'replied_to', id: '1' }] }], meta: { result_count: 1 } };
    });
    expect(await practice.look(older, prepared)).toMatchObject({ outcome: 'published', receipt: { id: '9' } });
    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain('tweet.fields');
  });
});

describe('texts', () => {
  it('are compared as they are seen', () => {
    const links = [
      { short: 'https://t.co/a', expanded: 'http://example.com/' },
      { short: 'https://t.co/b', expanded: 'https://x.com/anna/status/5/photo/1' },
    ];
    const read = readText('Rye &amp; &lt;wheat&gt; https://t.co/a now https://t.co/b', links);
    expect(read).toBe('Rye & <wheat> http://example.com/ now');
    expect(normalText(read)).toBe(normalText('Rye & <wheat> example.com now '));
    expect(normalText('https://Example.com/A')).not.toBe(normalText('https://example.com/a'));
  });
});

/** The account as it is, with a second post of the same words. */
function twinned(): CommitContext {
  return {
    ...ctx,
    fetch: async (input, init) => {
      const answer = await ctx.fetch(input, init);
      const body = (await answer.json()) as { data?: JsonObject[] };
      const [first] = body.data ?? [];
      return Response.json({ ...body, data: first ? [first, { ...first, id: '2' }] : [] });
    },
  };
}

/** An account that is answered by `answer` alone; what has a `detail` is refused. */
function answering(answer: (url: URL) => JsonObject): CommitContext {
  return {
    ...ctx,
    fetch: async (input, init) => {
      const body = answer(new URL(new Request(input, init).url));
      return Response.json(body, { status: 'detail' in body ? 400 : 200 });
    },
  };
}
