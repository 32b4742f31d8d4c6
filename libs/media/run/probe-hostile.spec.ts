import { open, readFile, truncate } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { UnacceptableMediaError } from '../problem.js';
import { EMPTY_ZIP, isoMedia, PDF, photo, pngClaiming, Workbench } from '../testing/corpus.js';
import { runGuarded } from './guarded.js';
import { probeMedia } from './probe.js';
import { videoTools } from './tools.js';
import { videoFactsOf } from './video-probe-facts.js';

let bench: Workbench;
let server: Server;
let address: string;
const hits: string[] = [];
let mp4: Buffer;
let fastMp4: Buffer;
let mkv: Buffer;
beforeAll(async () => {
  bench = await Workbench.open();
  server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [mp4, fastMp4, mkv] = await Promise.all([clip('a.mp4'), clip('b.mp4', ['-movflags', '+faststart']), clip('a.mkv')]);
});
afterAll(async () => {
  await bench.close();
  await new Promise((resolve) => server.close(resolve));
});
afterEach(() => expect(hits).toEqual([]));

async function clip(name: string, more: string[] = [], source = 'size=64x48:rate=30:duration=1'): Promise<Buffer> {
  const path = bench.path(name);
  const input = ['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc=${source}`];
  const args = [...input, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', ...more, path];
  const { ffmpeg } = await videoTools();
  await runGuarded(ffmpeg, { args, bounds: { timeMs: 30_000, memoryBytes: 2e9, fileBytes: 1e7 } });
  return readFile(path);
}

/** The refusal, which has to come soon, and without this process growing by what the file claims. */
async function refusal(content: Buffer | string | { path: string }, name = 'holiday.mp4') {
  const path = typeof content === 'object' && 'path' in content ? content.path : await bench.file(content, name);
  const began = performance.now();
  const memory = process.memoryUsage().rss;
  const error: unknown = await probeMedia(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UnacceptableMediaError);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(process.memoryUsage().rss - memory).toBeLessThan(150e6);
  const { rule, message, remedy } = error as UnacceptableMediaError;
  expect(message).toMatch(/^[A-Z].*\.$/);
  expect(remedy).toMatch(/^[A-Z].*\.$/);
  return rule;
}

function box(type: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** The box with its head, out of a file. */
function cut(file: Buffer, type: string): Buffer {
  const at = file.indexOf(type) - 4;
  return file.subarray(at, at + file.readUInt32BE(at));
}

function element(id: string, size: string, content: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from(id + size, 'hex'), content]);
}

const EBML = element('1a45dfa3', '8b', Buffer.from('428288' + Buffer.from('matroska').toString('hex'), 'hex'));

describe('probeMedia refuses soon and in words', () => {
  it.each<[string, () => Buffer | string, string]>([
    ['an MP4 that lost its index', () => mp4.subarray(0, mp4.indexOf('moov') - 4), 'media.damaged'],
    ['an MP4 that ends within its index', () => mp4.subarray(0, -20), 'media.damaged'],
    ['an MP4 that ends within its data', () => fastMp4.subarray(0, -200), 'media.damaged'],
    [
      'an MP4 whose index points beyond its end',
      () => {
        const copy = Buffer.from(mp4);
        copy.writeUInt32BE(copy.length + 1000, copy.indexOf('stco') + 12);
        return copy;
      },
      'media.damaged',
    ],
    [
      'an MP4 whose table claims more entries than it has',
      () => {
        const copy = Buffer.from(mp4);
        copy.writeUInt32BE(0xffffffff, copy.indexOf('stco') + 8);
        return copy;
      },
      'media.damaged',
    ],
    [
      'an index that claims 4 GB',
      () => {
        const copy = Buffer.from(mp4);
        copy.writeUInt32BE(0xfffffff0, copy.indexOf('moov') - 4);
        return copy;
      },
      'media.damaged',
    ],
    [
      'a video with 10,000 tracks',
      () => {
        const index = cut(mp4, 'moov');
        const tracks = Array.from({ length: 10_000 }, () => cut(index, 'trak'));
        return Buffer.concat([mp4.subarray(0, mp4.indexOf('moov') - 4), box('moov', cut(index, 'mvhd'), ...tracks)]);
      },
      'media.too-many-tracks',
    ],
    [
      'boxes within boxes within boxes',
      () => {
        let inner = box('mdia');
        for (let depth = 0; depth < 5_000; depth += 1) inner = box('mdia', inner);
        return Buffer.concat([mp4.subarray(0, mp4.indexOf('moov') - 4), box('moov', box('trak', inner))]);
      },
      'media.damaged',
    ],
    [
      'a million empty boxes',
      () =>
        Buffer.concat([
          isoMedia('isom').subarray(0, 24),
          Buffer.alloc(8_000_000, box('free').toString('latin1'), 'latin1'),
        ]),
      'media.too-complex',
    ],
    ['a Matroska file that ends early', () => mkv.subarray(0, -200), 'media.damaged'],
    [
      'a Matroska file of huge sizes',
      () => Buffer.concat([EBML, element('18538067', '01fffffffffffffe'), element('1654ae6b', '01fffffffffffffe')]),
      'media.damaged',
    ],
    [
      'a Matroska file with 10,000 tracks',
      () => {
        const tracks = Buffer.alloc(20_000, 'ae80', 'hex');
        const list = element('1654ae6b', '10004e20', tracks);
        return Buffer.concat([EBML, element('18538067', '01ffffffffffffff', list)]);
      },
      'media.too-many-tracks',
    ],
    ['a Matroska head and nothing else', () => EBML, 'media.damaged'],
    ['an image of 50,000 x 50,000', () => pngClaiming(50_000, 50_000), 'media.too-many-pixels'],
    ['the head of an MP4', () => isoMedia('isom'), 'media.damaged'],
    ['a document that nobody asked for', () => PDF, 'media.unsupported-content'],
    ['an archive', () => EMPTY_ZIP, 'media.unsupported-content'],
    ['text', () => 'Hello, I am a film.', 'media.unsupported-content'],
  ])('%s', async (_name, content, rule) => {
    expect(await refusal(content())).toBe(rule);
  });

  it('a video of 16,000 pixels in a row', async () => {
    const wide = await clip('wide.mp4', [], 'size=16000x16:rate=10:duration=0.2');
    expect(await refusal(wide)).toBe('media.too-many-pixels');
  });

  it.each<[string, object, object, string]>([
    ['100,000 pixels wide', { width: 100_000 }, {}, 'media.too-many-pixels'],
    ['made wide by its pixels', { sample_aspect_ratio: '10000:1' }, {}, 'media.too-many-pixels'],
    ['of a thousand frames a second', { avg_frame_rate: '1000/1', r_frame_rate: '1000/1' }, {}, 'media.frame-rate'],
    ['of no frame rate', { avg_frame_rate: '0/0', r_frame_rate: '0/0' }, {}, 'media.frame-rate'],
    ['of 13 hours', {}, { duration: '46800' }, 'media.video-too-long'],
    ['of no duration', {}, { duration: '0.000' }, 'media.no-picture'],
    ['of sound alone', { codec_type: 'audio' }, {}, 'media.no-picture'],
    ['whose picture cannot be made out', { pix_fmt: undefined }, {}, 'media.damaged'],
  ])('a video %s', (_name, stream, format, rule) => {
    const usual = { codec_type: 'video', codec_name: 'h264', width: 64, height: 48, pix_fmt: 'yuv420p' };
    const streams = [{ ...usual, avg_frame_rate: '30/1', ...stream }];
    const measured = {
      container: 'mp4',
      bytes: 10,
      fastStart: true,
      editList: false,
      plainEditList: false,
      variableFrameRate: false,
    } as const;
    const find = () => videoFactsOf({ streams, format: { duration: '1', ...format } }, measured);
    expect(find).toThrow(UnacceptableMediaError);
    expect(find).toThrow(expect.objectContaining({ rule }) as Error);
  });

  it('an index of a gigabyte that is really there', async () => {
    const path = await bench.file(isoMedia('isom').subarray(0, 24), 'sparse.mp4');
    const head = Buffer.alloc(8);
    head.writeUInt32BE(1_000_000_000, 0);
    head.write('moov', 4, 'latin1');
    const handle = await open(path, 'r+');
    await handle.write(head, 0, 8, 24);
    await handle.close();
    await truncate(path, 1_000_000_024);
    expect(await refusal({ path })).toBe('media.too-complex');
  });

  it('a GIF of two gigabytes, without reading them', async () => {
    const path = await bench.file(await photo(8, 8).gif().toBuffer(), 'long.gif');
    await truncate(path, 2_000_000_000);
    expect(await refusal({ path })).toBe('media.too-many-bytes');
  });

  it('a GIF of a million tiny frames', async () => {
    const gif = await photo(1, 1).gif().toBuffer();
    const frame = gif.subarray(gif.indexOf(0x2c, 13), -1);
    const content = Buffer.concat([
      gif.subarray(0, -1),
      Buffer.alloc(frame.length * 1_000_000, frame),
      gif.subarray(-1),
    ]);
    expect(await refusal(content)).toBe('media.too-many-frames');
  });
});

describe('probeMedia opens no other file and no host', () => {
  it.each<[string, (url: string, canary: string) => string]>([
    ['m3u8', (url) => `#EXTM3U\n#EXTINF:1,\n${url}/a.ts\n#EXT-X-ENDLIST\n`],
    ['m3u8 of files', (_url, canary) => `#EXTM3U\n#EXTINF:1,\nfile://${canary}\n#EXT-X-ENDLIST\n`],
    ['ffconcat', (url, canary) => `ffconcat version 1.0\nfile '${canary}'\nfile '${url}/b.mp4'\n`],
    ['concat', (_url, canary) => `concat:${canary}|${canary}`],
    ['sdp', () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n'],
    ['mpd', (url) => `<?xml version="1.0"?><MPD><Period><BaseURL>${url}/c.mp4</BaseURL></Period></MPD>`],
  ])('for a playlist: %s', async (_name, playlist) => {
    const canary = await bench.file(mp4, 'canary.mp4');
    expect(await refusal(playlist(address, canary))).toBe('media.unsupported-content');
    // As a browser's head of MP4 before it: the reader of MP4 is all that it meets.
    expect(
      await refusal(Buffer.concat([isoMedia('isom').subarray(0, 24), Buffer.from(playlist(address, canary))])),
    ).toBe('media.damaged');
  });

  it('for a QuickTime film that has its data elsewhere', async () => {
    const canary = await bench.file(mp4, 'canary.mp4');
    const self = cut(mp4, 'url ');
    const elsewhere = Buffer.from(self);
    elsewhere.writeUInt32BE(0, 8);
    const content = Buffer.from(mp4);
    elsewhere.copy(content, content.indexOf('url ') - 4);
    expect(await refusal(content)).toBe('media.refers-elsewhere');
    expect(await readFile(canary)).toEqual(mp4);
  });
});

describe('probeMedia names what lies behind an image, so that only a new file of it goes out', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['JPEG and archive', async () => Buffer.concat([await photo(8, 8).jpeg().toBuffer(), EMPTY_ZIP])],
    ['GIF and script', async () => Buffer.concat([await photo(8, 8).gif().toBuffer(), Buffer.from('=1;alert(1)')])],
    ['PNG and video', async () => Buffer.concat([await photo(8, 8).png().toBuffer(), mp4])],
  ])('%s', async (_name, make) => {
    expect(await probeMedia(await bench.file(await make()))).toMatchObject({
      kind: 'image',
      metadata: expect.arrayContaining([expect.stringMatching(/data/)]) as unknown,
    });
  });
});
