import { type CommitContext, type Json, type MediaSource, PlatformFailure } from '#platforms/core';
import { practiceVideo, preparing } from '#platforms/testing';
import { adapter } from './adapter.js';
import { failureOf, Practice, videoPost } from './practice.fixture.js';
import { CHUNK_BYTES } from './upload.js';

let practice: Practice;
let ctx: CommitContext;
/** Three chunks, the last of which is smaller. */
const large = practiceVideo({ dataBytes: 20_000_000, width: 640, height: 360 });
/** More than one step. */
const huge = practiceVideo({ dataBytes: 75_000_000, width: 640, height: 360 });
const small = practiceVideo({ width: 640, height: 360 });
const post = videoPost();

beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(async () => {
  practice.reset();
  ctx = await practice.account();
  practice.sent.length = 0;
});
afterAll(() => practice.sandbox.close());

const isPart = ({ method, headers }: Request): boolean =>
  method === 'PUT' && /^bytes \d/.test(headers.get('content-range') ?? '');
const isProbe = ({ headers }: Request): boolean => headers.get('content-range')?.startsWith('bytes */') === true;
const isBegin = ({ method, url }: Request): boolean => method === 'POST' && url.includes('/upload/videos');
const ranges = (): string[] => practice.sent.filter(isPart).map(({ headers }) => headers.get('content-range') ?? '');
const sessions = (): number => practice.sent.filter(isBegin).length;

/** The answer to the part of this number is lost, after it arrived. */
function loseAnswer(nth: number, matches: (request: Request) => boolean = isPart): void {
  let seen = 0;
  practice.altered = (request, answer) => {
    if (!matches(request)) return answer;
    seen += 1;
    if (seen === nth) throw new TypeError('the answer was lost');
    return answer;
  };
}

async function expectOneVideo(source: MediaSource): Promise<void> {
  const videos = await practice.videos();
  expect(videos.map(({ file }) => file)).toMatchObject([{ digest: source.digest, bytes: source.bytes }]);
}

describe('an upload in parts', () => {
  it('sends chunks of 8 MB, a multiple of 256 KB, and each once', async () => {
    await practice.prepare(ctx, post, [large]);
    const end = large.bytes - 1;
    expect(CHUNK_BYTES % (256 * 1024)).toBe(0);
    expect(ranges()).toEqual([
      `bytes 0-${CHUNK_BYTES - 1}/${large.bytes}`,
      `bytes ${CHUNK_BYTES}-${2 * CHUNK_BYTES - 1}/${large.bytes}`,
      `bytes ${2 * CHUNK_BYTES}-${end}/${large.bytes}`,
    ]);
    expect(practice.sent.filter(isProbe)).toEqual([]);
    await expectOneVideo(large);
  });

  it('keeps where to send it before a single byte is sent', async () => {
    const steps = new Map<string, Json>();
    loseAnswer(1, (request) => isPart(request));
    await expect(adapter.prepare(preparing(ctx, [large], steps), post)).rejects.toThrow('the answer was lost');
    expect([...steps.keys()]).toEqual(['video:1:1:session']);
  });

  it.each([1, 2, 3])('goes on where it was after the answer to part %d is lost', async (nth) => {
    const steps = new Map<string, Json>();
    loseAnswer(nth);
    await expect(adapter.prepare(preparing(ctx, [large], steps), post)).rejects.toThrow('the answer was lost');
    practice.altered = undefined;
    await practice.prepare(ctx, post, [large], steps);
    expect(practice.sent.filter(isProbe)).toHaveLength(1);
    expect(ranges()).toHaveLength(3);
    expect(new Set(ranges()).size).toBe(3);
    expect(sessions()).toBe(1);
    await expectOneVideo(large);
  });

  it('goes on from what arrived where a part was taken in part alone', async () => {
    await practice.order('uploads', { takesOnly: 3 * 256 * 1024 });
    await practice.prepare(ctx, post, [large]);
    expect(ranges()[1]).toMatch(/^bytes 786432-/);
    await expectOneVideo(large);
  });

  it('takes an answer without a range for nothing arrived', async () => {
    await practice.order('uploads', { takesOnly: 0 });
    await practice.prepare(ctx, post, [large]);
    expect(ranges().slice(0, 2)).toEqual([ranges()[0], ranges()[0]]);
    await expectOneVideo(large);
  });

  it('leaves a fault of the server to the next try, which asks first', async () => {
    const steps = new Map<string, Json>();
    practice.sandbox.faults.add({ operation: 'prepare', kind: 'refuse-unavailable', match: 'upload_id' });
    expect(await failureOf(adapter.prepare(preparing(ctx, [large], steps), post))).toMatchObject({
      kind: 'unavailable',
    });
    await practice.prepare(ctx, post, [large], steps);
    expect(practice.sent.filter(isProbe)).toHaveLength(1);
    expect(sessions()).toBe(1);
    await expectOneVideo(large);
  });

  // https://github.com/RobinBobin/react-native-google-drive-api-wrapper/issues/102
  it.each([
    [400, 'Invalid request.  According to the Content-Range header, the upload offset is 8388608 byte(s), …'],
    [416, 'Requested range not satisfiable'],
  ])('that is out of step (HTTP %d) is asked about and goes on: no text is to blame', async (status, said) => {
    const steps = new Map<string, Json>();
    practice.altered = (request, answer) => (isPart(request) ? new Response(said, { status }) : answer);
    const failure = await failureOf(adapter.prepare(preparing(ctx, [large], steps), post));
    expect(failure).toMatchObject({ kind: 'unavailable', platformCode: String(status) });
    expect(failure.message).toMatch(/how much of the video/);
    practice.altered = undefined;
    await practice.prepare(ctx, post, [large], steps);
    expect(practice.sent.filter(isProbe)).toHaveLength(1);
    expect(sessions()).toBe(1);
    await expectOneVideo(large);
  });

  it('keeps a step for every 64 MB, and sends none of it again', async () => {
    const steps = new Map<string, Json>();
    loseAnswer(9);
    await expect(adapter.prepare(preparing(ctx, [huge], steps), post)).rejects.toThrow('the answer was lost');
    expect(steps.get('video:1:1:sent:1')).toEqual({ bytes: 64 * 1024 * 1024 });
    practice.altered = undefined;
    await practice.prepare(ctx, post, [huge], steps);
    expect(new Set(ranges()).size).toBe(ranges().length);
    await expectOneVideo(huge);
  });

  it('gives up on a server that never takes anything', async () => {
    const nothing = { status: 308 };
    practice.altered = (request, answer) => (isPart(request) ? new Response(null, nothing) : answer);
    expect(await failureOf(adapter.prepare(preparing(ctx, [small]), post))).toMatchObject({
      kind: 'unknown',
      platformMessage: 'the upload goes no further',
    });
  });
});

describe('a session that is over', () => {
  it('is begun anew', async () => {
    const steps = new Map<string, Json>();
    loseAnswer(1);
    await expect(adapter.prepare(preparing(ctx, [large], steps), post)).rejects.toThrow('the answer was lost');
    practice.altered = undefined;
    await practice.order('uploads', { end: true });
    practice.pass(1_000);
    await practice.prepare(ctx, post, [large], steps);
    expect(sessions()).toBe(2);
    expect(practice.used.get('uploads')).toBe(2);
    await expectOneVideo(large);
  });

  it('is not begun anew where the video had arrived', async () => {
    const steps = new Map<string, Json>();
    loseAnswer(3);
    await expect(adapter.prepare(preparing(ctx, [large], steps), post)).rejects.toThrow('the answer was lost');
    practice.altered = undefined;
    await practice.order('uploads', { end: true });
    const prepared = await practice.prepare(ctx, post, [large], steps);
    expect(sessions()).toBe(1);
    await expectOneVideo(large);
    expect(prepared).toMatchObject({ videoId: (await practice.videos())[0]?.id });
  });

  it('is not ended by somebody else’s video of the same title', async () => {
    const steps = new Map<string, Json>();
    loseAnswer(1);
    await expect(adapter.prepare(preparing(ctx, [large], steps), post)).rejects.toThrow('the answer was lost');
    practice.altered = undefined;
    const { id: other } = await practice.order('studio', { person: 'Practice Person', title: 'Rye at six' });
    await practice.order('uploads', { end: true });
    practice.pass(1_000);
    const prepared = await practice.prepare(ctx, post, [large], steps);
    expect(prepared).not.toMatchObject({ videoId: other });
    expect(await practice.videos()).toHaveLength(2);
  });

  it('is given up where it ends again and again', async () => {
    // Nothing of it is among the uploads either.
    practice.altered = (request, answer) => {
      if (request.url.includes('/playlistItems')) return Response.json({ items: [] });
      return isPart(request) ? new Response('Not Found', { status: 404 }) : answer;
    };
    const failure = await failureOf(adapter.prepare(preparing(ctx, [small]), post));
    expect(failure).toMatchObject({
      kind: 'unavailable',
      message: 'YouTube ended the upload of the video several times.',
    });
    expect(sessions()).toBe(2);
  });
});

describe('the address of an upload', () => {
  it.each(['https://evil.example/upload/videos?upload_id=1', 'nonsense', ''])(
    'is not believed: %j',
    async (address) => {
      practice.altered = (request, answer) =>
        isBegin(request)
          ? new Response('', { status: 200, headers: address === '' ? {} : { location: address } })
          : answer;
      const failing = adapter.prepare(preparing(ctx, [small]), post);
      await expect(failing).rejects.not.toBeInstanceOf(PlatformFailure);
      expect(await failureOf(failing)).toMatchObject({ kind: 'unknown' });
      expect(practice.sent.filter(isPart)).toEqual([]);
      expect(practice.sent.every(({ url }) => url.startsWith(practice.sandbox.origin))).toBe(true);
    },
  );
});
