import { type CommitContext, isListedRefusal, type Json, type SegmentDraft, StillProcessing } from '#platforms/core';
import { practiceDraft, practiceImage, practiceVideo } from '#platforms/testing';
import { adapter } from './adapter.js';
import { GRACE_MS } from './files.js';
import { manifest } from './manifest.js';
import { draft, failureOf, Practice, practiceDocument, preparing } from './practice.fixture.js';

const PART = 4_194_304;
const image = await practiceImage({ altText: 'A loaf' });
const other = await practiceImage({ color: '#993333', type: 'png' });
const clip = practiceVideo({ durationMs: 4_000 });
const long = practiceVideo({ durationMs: 4_000, dataBytes: PART });

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.start();
});
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const shown = () => practice.sandbox.visible('linkedin');
const puts = () => practice.asked.filter(({ method }) => method === 'PUT');
const paths = (method: string) =>
  practice.asked.filter((one) => one.method === method).map(({ url }) => new URL(url).pathname + new URL(url).search);

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api
describe('a post', () => {
  it.each([
    ['member', 'share'],
    ['organization', 'share'],
  ] as const)('of a %s is named by the header of the answer, and leads to its page', async (who, kind) => {
    const ctx = await practice[who]();
    const receipt = await practice.publish(ctx, draft({ text: 'Fresh #bread (rye)' }));
    expect(receipt.id).toMatch(new RegExp(`^urn:li:${kind}:\\d{19}$`));
    expect(receipt.permalink).toMatch(/\/feed\/update\/urn:li:share:\d{19}$/);
    expect(shown()).toMatchObject([{ id: receipt.id, account: ctx.channelId, text: 'Fresh #bread (rye)' }]);
  });

  it('without an id in the header is no receipt, as it may be there', async () => {
    const ctx = await practice.member();
    const prepared = await practice.prepare(ctx, draft());
    const without: CommitContext = {
      ...ctx,
      fetch: async (input, init) => {
        const answer = await ctx.fetch(input, init);
        const headers = new Headers(answer.headers);
        headers.delete('x-restli-id');
        return new Response(await answer.text(), { status: answer.status, headers });
      },
    };
    const error: unknown = await adapter.commit(without, prepared).catch((reason: unknown) => reason);
    const failure = adapter.classify(error, new Date());
    expect(failure.kind).toBe('unknown');
    expect(isListedRefusal(error, failure, manifest)).toBe(false);
    expect(shown()).toHaveLength(1);
  });

  it('is seen by connections alone where a member says so; pages have no such choice', async () => {
    const settings = { visibility: 'CONNECTIONS', reshareDisabled: true };
    await practice.publish(await practice.member(), draft({ settings }));
    await practice.publish(await practice.organization(), draft({ settings }));
    expect(shown().map(({ details }) => [details?.visibility, details?.reshareDisabled])).toEqual([
      ['CONNECTIONS', true],
      ['PUBLIC', true],
    ]);
  });

  it('of a link is a card with what was entered and the attached image; nothing is read from the page', async () => {
    const ctx = await practice.member();
    const settings = { format: 'article', articleTitle: 'Offers', articleDescription: 'Rye' };
    const { draft: article } = practiceDraft({ text: 'Read', link: 'https://example.com/a_b', settings }, [image]);
    await practice.publish(ctx, article, [image]);
    expect(shown()).toMatchObject([
      {
        text: 'Read',
        link: 'https://example.com/a_b',
        details: { format: 'article', title: 'Offers', description: 'Rye' },
        media: [{ altText: 'A loaf', digest: image.digest }],
      },
    ]);
  });

  it('of a document has the title that was entered, or the name of the file', async () => {
    const ctx = await practice.organization();
    for (const documentTitle of ['Recipes', undefined]) {
      const file = practiceDocument(documentTitle ?? 'other');
      const settings = { format: 'document', ...(documentTitle !== undefined && { documentTitle }) };
      const { draft: post } = practiceDraft({ text: '', settings }, [file]);
      await practice.publish(ctx, post, [file]);
    }
    expect(shown().map(({ details }) => details?.title)).toEqual(['Recipes', 'bread.pdf']);
  });

  it('with a poll shows question, answers and duration', async () => {
    const ctx = await practice.member();
    const settings = { format: 'poll', pollQuestion: 'Rye?', pollOptions: ['Yes ', 'No'], pollDuration: 'SEVEN_DAYS' };
    await practice.publish(ctx, draft({ text: '', settings }));
    const details = { format: 'poll', title: 'Rye?', poll: ['Yes', 'No'], pollDuration: 'SEVEN_DAYS' };
    expect(shown()).toMatchObject([{ details }]);
  });
});

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api
describe('images and documents', () => {
  it('are sent with the token, each to an address of its own', async () => {
    const ctx = await practice.organization();
    const { draft: both } = practiceDraft({ text: 'Both' }, [image, other]);
    await practice.publish(ctx, both, [image, other]);
    expect(puts().map(({ headers }) => headers.get('authorization')?.slice(0, 9))).toEqual(['Bearer AQ', 'Bearer AQ']);
    expect(shown()[0]?.media.map(({ digest }) => digest)).toEqual([image.digest, other.digest]);
  });

  it('of a page are asked about until they are ready', async () => {
    const ctx = await practice.organization();
    const { draft: post } = practiceDraft({}, [image]);
    await expect(adapter.prepare(preparing(ctx, [image]), post)).rejects.toThrow(StillProcessing);
    expect(paths('GET').some((path) => /\/rest\/images\/urn%3Ali%3Aimage/.test(path))).toBe(true);
  });

  // `w_member_social` may not read them.
  it.each([
    ['image', image, {}],
    ['document', practiceDocument(), { format: 'document' }],
  ] as const)('of a member are given time, and never asked about: %s', async (kind, file, settings) => {
    const ctx = await practice.member();
    const { draft: post } = practiceDraft({ text: 'x', settings }, [file]);
    const steps = new Map<string, Json>();
    const waiting: unknown = await adapter
      .prepare(preparing(ctx, [file], steps), post)
      .catch((error: unknown) => error);
    expect(waiting).toBeInstanceOf(StillProcessing);
    const { checkAt } = waiting as StillProcessing;
    expect(checkAt.getTime() - practice.now().getTime()).toBeLessThanOrEqual(GRACE_MS[kind]);
    await practice.publish(ctx, post, [file]);
    expect(paths('GET').filter((path) => path.includes(`/rest/${kind}s/`))).toEqual([]);
    expect(shown()).toHaveLength(1);
  });

  it('that LinkedIn cannot work on are told of once; the next try sends them anew', async () => {
    const ctx = await practice.organization();
    const steps = new Map<string, Json>();
    const bad = { ...practiceDocument(), contentType: 'application/pdf' };
    const torn = { ...bad, open: practiceVideo().open, bytes: practiceVideo().bytes };
    const settings = { format: 'document' };
    const { draft: post } = practiceDraft({ text: 'x', settings }, [torn]);
    expect(await failureOf(practice.prepare(ctx, post, [torn], steps))).toMatchObject({
      kind: 'media',
      platformCode: 'UNSUPPORTED_FORMAT',
      docs: expect.stringContaining('documents-api') as string,
    });
    expect(puts()).toHaveLength(1);
    const prepared = await practice.prepare(ctx, post, [bad], steps);
    expect(puts()).toHaveLength(2);
    expect((await adapter.commit(ctx, prepared)).id).not.toBe('');
  });

  it.each(['https://attacker.example/upload', 'http://www.linkedin.com.attacker.example/x', 'nowhere'])(
    'are sent to LinkedIn alone, and the token with them: not to %s',
    async (uploadUrl) => {
      const ctx = await practice.organization();
      const fooled: CommitContext = {
        ...ctx,
        fetch: (input, init) =>
          new Request(input, init).url.includes('initializeUpload')
            ? Promise.resolve(Response.json({ value: { uploadUrl, image: 'urn:li:image:1' } }))
            : ctx.fetch(input, init),
      };
      expect(await failureOf(practice.prepare(fooled, practiceDraft({}, [image]).draft, [image]))).toMatchObject({
        kind: 'unknown',
      });
      expect(puts()).toEqual([]);
    },
  );
});

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api
describe('a video', () => {
  const post = (): SegmentDraft => practiceDraft({ text: 'Watch' }, [long]).draft;

  /** The connection breaks at this part, and at all behind it. */
  const breaksAt = (ctx: CommitContext, part: number): CommitContext => {
    let sent = 0;
    return {
      ...ctx,
      fetch: (input, init) => {
        const request = new Request(input, init);
        if (request.method === 'PUT' && (sent += 1) >= part) return Promise.reject(new TypeError('fetch failed'));
        return ctx.fetch(request);
      },
    };
  };

  it('goes in parts of 4 MB without the token, whose ETags put it together', async () => {
    const ctx = await practice.member();
    const receipt = await practice.publish(ctx, post(), [long]);
    expect(receipt.id).toMatch(/^urn:li:ugcPost:/);
    expect(puts()).toHaveLength(2);
    expect(puts().filter(({ headers }) => headers.has('authorization'))).toEqual([]);
    expect(shown()[0]?.media).toMatchObject([{ digest: long.digest, contentType: 'video/mp4' }]);
  });

  it('of a member is given time where LinkedIn lets nobody ask about it', async () => {
    const ctx = await practice.member();
    const refused: CommitContext = {
      ...ctx,
      fetch: (input, init) => {
        const request = new Request(input, init);
        const isAsked = request.method === 'GET' && request.url.includes('/rest/videos/');
        return isAsked ? Promise.resolve(Response.json({ status: 403 }, { status: 403 })) : ctx.fetch(request);
      },
    };
    const { draft: watch } = practiceDraft({ text: 'Watch' }, [clip]);
    await expect(adapter.prepare(preparing(refused, [clip]), watch)).rejects.toThrow(StillProcessing);
    await practice.publish(refused, watch, [clip]);
    expect(shown()).toHaveLength(1);
  });

  it('goes on at the first part that is missing', async () => {
    const ctx = await practice.organization();
    const steps = new Map<string, Json>();
    const breaking = breaksAt(ctx, 2);
    await failureOf(practice.prepare(breaking, post(), [long], steps));
    expect(puts()).toHaveLength(1);
    const prepared = await practice.prepare(ctx, post(), [long], steps);
    expect(puts()).toHaveLength(2);
    await adapter.commit(ctx, prepared);
    expect(shown()[0]?.media).toMatchObject([{ digest: long.digest }]);
  });

  it('of the largest size makes no more than a dozen steps, of no more than twelve parts each', async () => {
    const parts = Math.ceil(500_000_000 / PART);
    const names: string[] = [];
    const uploadInstructions = Array.from({ length: parts }, (_, index) => ({
      uploadUrl: `${practice.sandbox.origin}/linkedin/upload/x/${index}`,
      firstByte: index * PART,
      lastByte: Math.min(500_000_000, (index + 1) * PART) - 1,
    }));
    const huge = { ...long, bytes: 500_000_000, open: () => Promise.reject(new Error('It is not read here.')) };
    const ctx = await practice.organization();
    const preparation = {
      ...preparing(ctx, [huge]),
      step: async <T extends Json>(name: string, fn: () => T | Promise<T>): Promise<T> => {
        names.push(name);
        if (name.endsWith(':begun')) return fn();
        if (name.endsWith(':finished')) return { urn: 'urn:li:video:1', at: new Date().toISOString() } as unknown as T;
        return [] as unknown as T;
      },
      fetch: () =>
        Promise.resolve(
          Response.json({
            status: 'AVAILABLE',
            value: {
              video: 'urn:li:video:1',
              uploadToken: '',
              uploadUrlsExpireAt: Date.now() + 9e6,
              uploadInstructions,
            },
          }),
        ),
    };
    await adapter.prepare(preparation, practiceDraft({ text: 'x' }, [huge]).draft);
    expect(parts).toBe(120);
    expect(new Set(names).size).toBeLessThanOrEqual(12);
    const sizes = [...new Set(names)].flatMap((name) => {
      const [, first, last] = /:parts:(\d+)-(\d+)$/.exec(name) ?? [];
      return first === undefined ? [] : [Number(last) - Number(first) + 1];
    });
    expect(sizes).toEqual(Array.from({ length: 10 }, () => 12));
  });

  it('is begun anew where the addresses ended before all was sent', async () => {
    const ctx = await practice.organization();
    const steps = new Map<string, Json>();
    const breaking = breaksAt(ctx, 2);
    await failureOf(practice.prepare(breaking, post(), [long], steps));
    practice.pass(25 * 3_600_000);
    const prepared = await practice.prepare(ctx, post(), [long], steps);
    expect((await adapter.commit(ctx, prepared)).id).toMatch(/^urn:li:ugcPost:/);
    expect(paths('POST').filter((path) => path.endsWith('/rest/videos?action=initializeUpload'))).toHaveLength(2);
  });

  it('has the cover that a person chose, sent before the end', async () => {
    const ctx = await practice.member();
    const bytes = await other.read();
    const covered = {
      ...clip,
      coverAtMs: 500,
      cover: () => Promise.resolve({ contentType: 'image/png', bytes }),
    };
    await practice.publish(ctx, practiceDraft({ text: 'Watch' }, [covered]).draft, [covered]);
    expect(shown()).toMatchObject([{ details: { format: 'video', cover: other.digest } }]);
    expect(puts().map(({ headers }) => headers.get('media-type-family'))).toEqual([null, 'STILLIMAGE']);
  });

  it.each([
    [{ codec: 'av01' }, 'CODEC'],
    [{ durationMs: 2_000 }, 'DURATION'],
    [{ width: 2_000, height: 500 }, 'ASPECT_RATIO'],
    [{ refusedLate: true }, 'TRANSCODING'],
  ])('that LinkedIn cannot work on is a matter of the file: %j', async (options, platformCode) => {
    const bad = practiceVideo({ durationMs: 4_000, ...options });
    const failure = failureOf(
      practice.prepare(await practice.organization(), practiceDraft({ text: 'x' }, [bad]).draft, [bad]),
    );
    expect(await failure).toMatchObject({ kind: 'media', platformCode });
  });
});

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api
describe('a first comment', () => {
  const below = (root: { id: string }, text = 'More (here): #a_b') =>
    draft({ kind: 'comment', text, replyTo: { root, parent: root } });

  it.each(['member', 'organization'] as const)('of a %s is plain text, named by its own URN', async (who) => {
    const ctx = await practice[who]();
    const root = await practice.publish(ctx, draft());
    const receipt = await practice.publish(ctx, below(root));
    expect(receipt.id).toMatch(/^urn:li:comment:\(urn:li:activity:\d+,\d+\)$/);
    expect(receipt.permalink).toContain('?commentUrn=urn%3Ali%3Acomment%3A%28');
    expect((await fetch(receipt.permalink ?? '')).status).toBe(200);
    expect(shown()).toMatchObject([{}, { id: receipt.id, replyTo: root.id, text: 'More (here): #a_b' }]);
  });

  it('is changed and deleted by itself', async () => {
    const ctx = await practice.organization();
    const root = await practice.publish(ctx, draft());
    const receipt = await practice.publish(ctx, below(root));
    await adapter.edit?.(ctx, receipt, 'Better (so)');
    expect(shown()).toMatchObject([{}, { text: 'Better (so)' }]);
    await adapter.remove?.(ctx, receipt);
    await adapter.remove?.(ctx, receipt);
    expect(shown().map(({ id }) => id)).toEqual([root.id]);
  });

  // LinkedIn answers so for a moment after a post is out: nothing was written, and it can be tried again.
  it('whose post LinkedIn does not show yet is tried again, as surely nothing was written', async () => {
    const ctx = await practice.member();
    const prepared = await practice.prepare(ctx, below({ id: 'urn:li:share:7431329065766260736' }));
    const error: unknown = await adapter.commit(ctx, prepared).catch((reason: unknown) => reason);
    const failure = adapter.classify(error, new Date());
    expect(failure).toMatchObject({ kind: 'unavailable', docs: expect.stringContaining('comments-api') as string });
    expect(isListedRefusal(error, failure, manifest)).toBe(true);
  });
});

describe('what is published', () => {
  it('keeps its link when the text is changed, in LinkedIn’s form', async () => {
    const ctx = await practice.organization();
    const receipt = await practice.publish(ctx, draft({ text: 'Read', link: 'https://example.com/a_b' }));
    await adapter.edit?.(ctx, receipt, 'Read (this) #now');
    expect(shown()).toMatchObject([{ id: receipt.id, text: 'Read (this) #now\n\nhttps://example.com/a_b' }]);
  });

  it('is deleted once and stays so, and not by others', async () => {
    const ada = await practice.member({ person: 'Ada' });
    const receipt = await practice.publish(ada, draft());
    const bob = await practice.member({ person: 'Bob' });
    expect(await failureOf(adapter.remove?.(bob, receipt))).toMatchObject({ kind: 'permission' });
    expect(shown()).toHaveLength(1);
    await adapter.remove?.(ada, receipt);
    await adapter.remove?.(ada, receipt);
    expect(shown()).toEqual([]);
  });
});
