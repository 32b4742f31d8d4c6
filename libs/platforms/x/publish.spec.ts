import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type CommitContext, type Json, type MediaSource, StillProcessing } from '#platforms/core';
import { practiceDraft, practiceImage, practiceVideo } from '#platforms/testing';
import { adapter } from './adapter.js';
import { draft, failureOf, Practice, preparing } from './practice.fixture.js';

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

const onlyVisible = () => {
  const [post, ...more] = practice.visible();
  if (!post || more.length > 0) throw new Error(`${more.length + (post ? 1 : 0)} posts can be seen.`);
  return post;
};

// https://docs.x.com/x-api/posts/create-post
describe('a post on X', () => {
  it('is one request with what was chosen, and nothing else', async () => {
    const settings = {
      replySettings: 'mentionedUsers',
      madeWithAi: true,
      paidPartnership: true,
      withPoll: true,
      pollOptions: [' Rye ', 'Wheat'],
      pollMinutes: 60,
    };
    const receipt = await practice.publish(ctx, draft({ text: 'Rye or wheat?', settings }));
    const [sent] = practice.callsTo('POST', /\/2\/tweets$/);
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      text: 'Rye or wheat?',
      poll: { options: ['Rye', 'Wheat'], duration_minutes: 60 },
      reply_settings: 'mentionedUsers',
      made_with_ai: true,
      paid_partnership: true,
    });
    expect(receipt.permalink).toMatch(new RegExp(`/www/Practice_Person/status/${receipt.id}$`));
    expect(onlyVisible().details).toMatchObject({ format: 'post', poll: ['Rye', 'Wheat'], madeWithAi: true });
  });

  it('is for everyone where nothing is chosen', async () => {
    await practice.publish(
      ctx,
      draft({ settings: { replySettings: 'everyone', withPoll: false, pollOptions: ['Rye'] } }),
    );
    const [sent] = practice.callsTo('POST', /\/2\/tweets$/);
    expect(JSON.parse(sent?.body ?? '')).toEqual({ text: 'Fresh bread' });
  });

  it('has its link behind the text, composed as X stores it', async () => {
    const text = 'Cafe\u0301';
    await practice.publish(ctx, draft({ text, link: 'https://example.com/a' }));
    expect(onlyVisible().text).toBe('Café\n\nhttps://example.com/a');
  });

  it('sends settings of the first post with no other, but says everywhere what has to be disclosed', async () => {
    const settings = { replySettings: 'verified', withPoll: true, pollOptions: ['A', 'B'], paidPartnership: true };
    const root = await practice.publish(ctx, draft({ settings }));
    await practice.publish(ctx, draft({ kind: 'reply', text: 'Second', settings, replyTo: { root, parent: root } }));
    const [, second] = practice.callsTo('POST', /\/2\/tweets$/);
    expect(JSON.parse(second?.body ?? '')).toEqual({
      text: 'Second',
      reply: { in_reply_to_tweet_id: root.id },
      paid_partnership: true,
    });
  });

  it('quotes a post by its address, on a plan that allows it', async () => {
    const quoted = await practice.publish(ctx, draft({ text: 'The first' }));
    const settings = { quoteUrl: `https://twitter.com/anybody/status/${quoted.id}?s=20` };
    const prepared = await practice.prepare(ctx, draft({ text: 'Look', settings }));
    expect(await failureOf(adapter.commit(ctx, prepared))).toMatchObject({
      kind: 'permission',
      platformCode: 'quote-not-allowed',
    });
    await practice.order('plan', { quotes: true });
    const { id } = await adapter.commit(ctx, prepared);
    expect(practice.visible().find((post) => post.id === id)?.details).toMatchObject({ quotes: quoted.id });
  });

  it('is none where a success holds no id, whatever else it holds', async () => {
    const prepared = await practice.prepare(ctx, draft());
    const answers = [
      { errors: [{ title: 'Not Found Error', detail: 'Could not find user.' }] },
      { data: {} },
      { data: { id: 7 } },
      { data: { id: 'none' } },
    ];
    for (const answer of answers) {
      const odd = { ...ctx, fetch: async () => Response.json(answer, { status: 201 }) };
      const failure = await failureOf(adapter.commit(odd, prepared));
      expect(failure.kind).toBe('unknown');
    }
    expect(practice.spent).toEqual([]);
  });
});

// https://docs.x.com/x-api/posts/manage-tweets/integrate#post-creation-restrictions-self-serve
describe('what X holds back from self-serve apps', () => {
  it('names the option where threads are refused', async () => {
    const root = await practice.publish(ctx, draft());
    await practice.order('plan', { selfThreads: false });
    const below = draft({ kind: 'reply', text: 'Second', replyTo: { root, parent: root } });
    const failure = await failureOf(practice.publish(ctx, below));
    expect(failure).toMatchObject({ kind: 'permission', platformCode: 'reply-not-allowed' });
    expect(failure.remedy).toContain('X_SELF_THREADS');
  });

  it('says that credits have run out, to the app as a whole', async () => {
    await practice.order('plan', { credits: false });
    const failure = await failureOf(practice.publish(ctx, draft()));
    expect(failure).toMatchObject({ kind: 'rate-limit', scope: 'app', platformCode: 'credits' });
    expect(failure.remedy).toContain('console.x.com');
    expect(practice.spent).toEqual([]);
  });
});

// https://docs.x.com/x-api/getting-started/pricing
describe('what is charged', () => {
  it.each([
    ['a post', draft(), 'post'],
    ['a post with a link behind it', draft({ link: 'https://example.com' }), 'post-with-link'],
    ['a post with a bare address in it', draft({ text: 'Come to example.com' }), 'post-with-link'],
  ])('for %s, as it was foreseen', async (_name, given, price) => {
    expect(adapter.cost?.(given)).toEqual([{ price, count: 1 }]);
    await practice.publish(ctx, given);
    expect(practice.spent).toEqual([{ price, count: 1 }]);
  });

  it('for descriptions of images, and for deleting', async () => {
    const images = [await practiceImage({ altText: 'A loaf' }), await practiceImage({ color: '#993333' })];
    const { draft: given, media } = practiceDraft({ text: 'Two' }, images);
    expect(adapter.cost?.(given)).toEqual([
      { price: 'post', count: 1 },
      { price: 'alt-text', count: 1 },
    ]);
    const receipt = await practice.publish(ctx, given, media);
    await adapter.remove?.(ctx, receipt);
    await adapter.remove?.(ctx, receipt);
    expect(practice.spent.map(({ price }) => price)).toEqual(['alt-text', 'post', 'delete']);
  });
});

// https://docs.x.com/x-api/media/quickstart/media-upload-chunked
describe('files', () => {
  it('go up at once where they are images, with their descriptions', async () => {
    const { draft: given, media } = practiceDraft({ text: 'Fresh' }, [
      await practiceImage({ altText: 'A loaf & a half' }),
    ]);
    await practice.publish(ctx, given, media);
    expect(practice.callsTo('POST', /media\/upload$/)).toHaveLength(1);
    expect(onlyVisible().media).toMatchObject([{ contentType: 'image/jpeg', altText: 'A loaf & a half' }]);
  });

  it('go up in segments where they are animations, and are waited for', async () => {
    const gif = await animation();
    const { draft: given, media } = practiceDraft({ text: 'It rises' }, [gif]);
    const waited = await adapter.prepare(preparing(ctx, media), given).catch((error: unknown) => error);
    expect(waited).toBeInstanceOf(StillProcessing);
    await practice.publish(ctx, given, media);
    expect(onlyVisible().media).toMatchObject([{ contentType: 'image/gif', digest: gif.digest }]);
    const [begun] = practice.callsTo('POST', /initialize$/);
    expect(JSON.parse(begun?.body ?? '')).toEqual({
      media_type: 'image/gif',
      total_bytes: gif.bytes,
      media_category: 'tweet_gif',
    });
  });

  it('go up in segments of 4 MB where they are videos, each again at its own place after a break', async () => {
    const video = practiceVideo({ dataBytes: 5_000_000 });
    const steps = new Map<string, Json>();
    const { draft: given, media } = practiceDraft({ text: 'Kneading' }, [video]);
    let segments = 0;
    const breaking: CommitContext = {
      ...ctx,
      fetch: async (input, init) => {
        if (addressOf(input).endsWith('/append') && (segments += 1) === 2) throw new TypeError('fetch failed');
        return ctx.fetch(input, init);
      },
    };
    await expect(adapter.prepare(preparing(breaking, media, steps), given)).rejects.toThrow('fetch failed');
    await adapter.commit(ctx, await practice.prepare(ctx, given, media, steps));
    expect(practice.callsTo('POST', /append$/)).toHaveLength(3);
    expect(onlyVisible().media).toMatchObject([{ contentType: 'video/mp4', digest: video.digest }]);
  });

  it('go on at the last checkpoint, of which even the largest has few', async () => {
    const segment = 4 * 1024 * 1024;
    const large = { ...practiceVideo(), bytes: 128 * segment };
    const { draft: given, media } = practiceDraft({ text: 'Kneading' }, [large]);
    const steps = new Map<string, Json>();
    const sent: string[] = [];
    let isBroken = true;
    const quick: CommitContext = {
      ...ctx,
      fetch: async (input, init) => {
        if (addressOf(input).endsWith('/append')) {
          const index = (init?.body as FormData).get('segment_index') as string;
          if (isBroken && index === '100') throw new TypeError('fetch failed');
          sent.push(index);
        }
        return Response.json({ data: { id: '1' } });
      },
    };
    await expect(adapter.prepare(preparing(quick, media, steps), given)).rejects.toThrow('fetch failed');
    isBroken = false;
    sent.length = 0;
    await adapter.prepare(preparing(quick, media, steps), given);
    expect(sent).toEqual(Array.from({ length: 128 - 96 }, (_, index) => String(96 + index)));
    expect(steps.size).toBe(18);
  });

  it('are looked at where the answer to their completion was lost', async () => {
    const { draft: given, media } = practiceDraft({ text: 'Kneading' }, [practiceVideo()]);
    const steps = new Map<string, Json>();
    const losing: CommitContext = {
      ...ctx,
      fetch: async (input, init) => {
        const answer = await ctx.fetch(input, init);
        if (addressOf(input).endsWith('/finalize')) throw new TypeError('fetch failed');
        return answer;
      },
    };
    await expect(adapter.prepare(preparing(losing, media, steps), given)).rejects.toThrow('fetch failed');
    await adapter.commit(ctx, await practice.prepare(ctx, given, media, steps));
    expect(practice.callsTo('POST', /initialize$/)).toHaveLength(1);
    expect(onlyVisible().media).toHaveLength(1);
  });

  it('are told about once where X could not process them, and go up anew after that', async () => {
    const { draft: given, media } = practiceDraft({ text: 'Kneading' }, [practiceVideo({ refusedLate: true })]);
    const steps = new Map<string, Json>();
    expect(await failureOf(practice.prepare(ctx, given, media, steps))).toMatchObject({
      kind: 'media',
      platformCode: 'media-failed',
    });
    expect(await failureOf(practice.prepare(ctx, given, media, steps))).toMatchObject({ kind: 'media' });
    expect(practice.callsTo('POST', /initialize$/)).toHaveLength(2);
  });

  it('go up again where X does not have them whole, and are told about where it never has', async () => {
    const { draft: given, media } = practiceDraft({ text: 'Kneading' }, [practiceVideo()]);
    const lost = (generation: number): [string, Json] => [`media:0:${generation}:segments:0-0`, 1];
    const never = new Map<string, Json>([lost(1), lost(2), lost(3)]);
    expect(await failureOf(practice.prepare(ctx, given, media, never))).toMatchObject({ kind: 'media' });
    await adapter.commit(ctx, await practice.prepare(ctx, given, media, new Map([lost(1)])));
    expect(onlyVisible().media).toHaveLength(1);
  });

  it('are waited for as long as X asks', async () => {
    const { draft: given, media } = practiceDraft({ text: 'Kneading' }, [practiceVideo()]);
    const slow: CommitContext = {
      ...ctx,
      fetch: async (input, init) => {
        if (addressOf(input).includes('STATUS')) {
          return Response.json({ data: { id: '1', processing_info: { state: 'in_progress', check_after_secs: 17 } } });
        }
        return ctx.fetch(input, init);
      },
    };
    const error: unknown = await adapter.prepare(preparing(slow, media), given).catch((reason: unknown) => reason);
    if (!(error instanceof StillProcessing)) throw new Error(String(error));
    const seconds = (error.checkAt.getTime() - practice.now().getTime()) / 1000;
    expect(seconds).toBeGreaterThan(15);
    expect(seconds).toBeLessThan(18);
  });

  it('expire a day after they are complete, which what is prepared heeds', async () => {
    const { draft: given, media } = practiceDraft({ text: 'Fresh' }, [await practiceImage()]);
    const prepared = await practice.prepare(ctx, given, media);
    practice.pass(adapter.manifest.preparedTtlMs);
    const renewed = await adapter.refresh?.(ctx);
    const later = { ...ctx, ...(renewed && { credentials: renewed.credentials }) };
    expect((await adapter.commit(later, prepared)).id).toBe(onlyVisible().id);
    practice.pass(4 * 3_600_000);
    const again = await adapter.refresh?.(later);
    const latest = { ...later, ...(again && { credentials: again.credentials }) };
    const expired = { ...prepared, body: { ...prepared.body, text: 'Fresh again' } };
    expect(await failureOf(adapter.commit(latest, expired))).toMatchObject({
      kind: 'media',
      platformCode: 'media-invalid',
    });
  });
});

// https://docs.x.com/x-api/fundamentals/edit-posts
describe('edits', () => {
  const premium = () => practice.account({ person: 'Anna', subscription: 'Premium' });

  it('give the post another id, and keep its files and what it discloses', async () => {
    const subscriber = await premium();
    const settings = { paidPartnership: true, replySettings: 'verified' };
    const image = await practiceImage({ altText: 'A loaf' });
    const { draft: given, media } = practiceDraft({ text: 'Frehs', settings }, [image]);
    const before = await practice.publish(subscriber, given, media);
    const after = await adapter.edit?.(subscriber, before, 'Fresh');
    expect(after?.id).not.toBe(before.id);
    expect(onlyVisible()).toMatchObject({
      ...{ id: after?.id, text: 'Fresh', media: [{ altText: 'A loaf' }] },
      details: { paidPartnership: true, replySettings: 'verified' },
    });
    const third = after && (await adapter.edit?.(subscriber, after, 'Fresh bread'));
    expect(third?.extra).toEqual(before.extra);
    expect(third?.permalink).toContain(third?.id);
  });

  it('are taken away with the post by any of its ids', async () => {
    const subscriber = await premium();
    const before = await practice.publish(subscriber, draft());
    await adapter.edit?.(subscriber, before, 'Fresher bread');
    await adapter.remove?.(subscriber, before);
    expect(practice.visible()).toEqual([]);
  });

  it.each([
    ['after half an hour', 31 * 60_000, 'edit-not-allowed'],
    ['within it', 29 * 60_000, undefined],
  ])('%s', async (_name, later, code) => {
    const subscriber = await premium();
    const before = await practice.publish(subscriber, draft());
    practice.pass(later);
    const edited = adapter.edit?.(subscriber, before, 'Put better') ?? Promise.resolve(undefined);
    if (code === undefined) expect(await edited).toBeDefined();
    else expect(await failureOf(edited)).toMatchObject({ kind: 'content', platformCode: code });
  });

  it('are refused to accounts without X Premium, and of polls', async () => {
    const before = await practice.publish(ctx, draft());
    expect(await failureOf(adapter.edit?.(ctx, before, 'Better') ?? Promise.resolve())).toMatchObject({
      kind: 'content',
    });
    const subscriber = await premium();
    const poll = await practice.publish(
      subscriber,
      draft({ text: 'Rye?', settings: { withPoll: true, pollOptions: ['Yes', 'No'] } }),
    );
    practice.heard.length = 0;
    const refused = await failureOf(adapter.edit?.(subscriber, poll, 'Wheat?') ?? Promise.resolve());
    expect(refused.message).toContain('poll');
    expect(practice.heard).toEqual([]);
  });
});

describe('long posts', () => {
  it('are for subscribers', async () => {
    const text = 'bread '.repeat(200).trim();
    expect(await failureOf(practice.publish(ctx, draft({ text })))).toMatchObject({
      kind: 'content',
      platformCode: 'too-long',
    });
    const subscriber = await practice.account({ person: 'Anna', subscription: 'Basic' });
    await practice.publish(subscriber, draft({ text }));
    expect(onlyVisible().text).toBe(text);
  });
});

function addressOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : String(input);
}

async function animation(): Promise<MediaSource> {
  const frame = (background: string) =>
    sharp({ create: { width: 32, height: 32, channels: 3, background } })
      .png()
      .toBuffer();
  const frames = await Promise.all([frame('#aa3333'), frame('#3333aa')]);
  const bytes = Uint8Array.from(
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer(),
  );
  const image = await practiceImage();
  return {
    ...image,
    contentType: 'image/gif',
    bytes: bytes.length,
    width: 32,
    height: 32,
    digest: createHash('sha256').update(bytes).digest('hex'),
    read: async () => bytes,
    open: async ({ start, end } = { start: 0 }) => {
      const { Readable } = await import('node:stream');
      return Readable.from([bytes.subarray(start, end === undefined ? undefined : end + 1)]);
    },
  };
}
