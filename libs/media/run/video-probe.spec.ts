import { readFile } from 'node:fs/promises';
import { Workbench } from '../testing/corpus.js';
import { type MediaFacts, type VideoFacts } from '../plan/facts.js';
import { runGuarded } from './guarded.js';
import { probeMedia } from './probe.js';
import { videoTools } from './tools.js';

let bench: Workbench;
let plain: Buffer;
beforeAll(async () => {
  bench = await Workbench.open();
  plain = await readFile(await make('plain.mp4', [...PICTURE, ...SOUND, ...H264]));
});
afterAll(() => bench.close());

const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=30:duration=1'];
const SOUND = ['-f', 'lavfi', '-i', 'sine=duration=1'];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-fflags', '+bitexact'];

/** A file that ffmpeg writes, and its path. */
async function make(name: string, args: readonly string[]): Promise<string> {
  const path = bench.path(name);
  const bounds = { timeMs: 60_000, memoryBytes: 4e9, fileBytes: 50e6 };
  const { ffmpeg } = await videoTools();
  await runGuarded(ffmpeg, { args: ['-v', 'error', '-y', ...args, path], bounds });
  return path;
}

async function probed(path: string): Promise<VideoFacts> {
  const facts: MediaFacts = await probeMedia(path);
  expect(facts.kind).toBe('video');
  return facts as VideoFacts;
}

/** The content with some bytes of the first box of a type replaced, counted from behind its name. */
function patched(content: Buffer, box: string, offset: number, bytes: Buffer): Buffer {
  const copy = Buffer.from(content);
  bytes.copy(copy, copy.indexOf(box) + 4 + offset);
  return copy;
}

describe('probeMedia tells of a video', () => {
  it('everything that limits are about', async () => {
    const facts = await probed(await bench.file(plain, 'named.txt'));
    expect(facts).toEqual({
      kind: 'video',
      container: 'mp4',
      contentType: 'video/mp4',
      width: 64,
      height: 48,
      bytes: plain.length,
      durationMs: expect.closeTo(1000, -2) as number,
      codec: 'h264',
      profile: 'Constrained Baseline',
      level: 10,
      pixelFormat: 'yuv420p',
      frameRate: 30,
      variableFrameRate: false,
      interlaced: false,
      rotation: 0,
      squarePixels: true,
      bitRate: expect.any(Number) as number,
      audio: { codec: 'aac', profile: 'LC', channels: 1, sampleRate: 44_100, bitRate: expect.any(Number) as number },
      fastStart: false,
      editList: false,
      // As ffmpeg writes it wherever there is sound.
      plainEditList: true,
      hasLocation: false,
      metadata: [],
    });
  });

  it.each<[string, string, string[], Partial<VideoFacts>]>([
    [
      'QuickTime with B-frames, whose usual delay is no edit',
      'a.mov',
      [...PICTURE, '-c:v', 'libx264', '-bf', '3', '-pix_fmt', 'yuv420p'],
      { container: 'mov', contentType: 'video/quicktime', editList: false, metadata: [] },
    ],
    ['an index before the data', 'a.mp4', [...PICTURE, ...H264, '-movflags', '+faststart'], { fastStart: true }],
    [
      'fragments',
      'a.mp4',
      [...PICTURE, ...H264, '-movflags', '+frag_keyframe+empty_moov'],
      { fastStart: true, variableFrameRate: false, frameRate: 30, editList: false },
    ],
    [
      'Matroska',
      'a.mkv',
      [...PICTURE, ...SOUND, ...H264],
      { container: 'matroska', contentType: 'video/x-matroska', frameRate: 30, variableFrameRate: false, metadata: [] },
    ],
    [
      'WebM',
      'a.webm',
      [...PICTURE, ...SOUND, '-c:v', 'libvpx', '-c:a', 'libvorbis'],
      { container: 'webm', codec: 'vp8', audio: expect.objectContaining({ codec: 'vorbis' }) as never, metadata: [] },
    ],
    [
      'a WebM that does not say how long it is',
      'a.webm',
      [...PICTURE, '-c:v', 'libvpx', '-f', 'webm', '-live', '1'],
      { durationMs: 1000, frameRate: 30 },
    ],
    [
      'frames at uneven times in Matroska',
      'a.mkv',
      [...PICTURE, '-vf', "setpts='N/30/TB+floor(N/5)*0.1/TB'", ...H264],
      { variableFrameRate: true },
    ],
    [
      'high dynamic range',
      'a.mp4',
      [
        ...[...PICTURE, '-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-preset', 'ultrafast', '-x265-params'],
        'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc',
      ],
      { codec: 'hevc', profile: 'Main 10', pixelFormat: 'yuv420p10le', hdr: 'pq', colourSpace: 'bt2020nc' },
    ],
    [
      'pixels that are not square',
      'a.mp4',
      [...PICTURE, '-vf', 'setsar=2/1', ...H264],
      { width: 128, height: 48, squarePixels: false },
    ],
    [
      'interlaced frames',
      'a.mp4',
      [...PICTURE, '-vf', 'setfield=tff', '-c:v', 'libx264', '-flags', '+ildct+ilme', '-pix_fmt', 'yuv420p'],
      { interlaced: true },
    ],
    [
      'the place, the camera and the time',
      'a.mov',
      [
        ...[...PICTURE, ...H264, '-movflags', 'use_metadata_tags', '-metadata', 'creation_time=2026-01-01T00:00:00Z'],
        ...['-metadata', 'com.apple.quicktime.location.ISO6709=+51.5-000.1/'],
        ...['-metadata', 'com.apple.quicktime.make=ClickCam'],
      ],
      { hasLocation: true, metadata: ['time of recording', 'location', 'camera'] },
    ],
    [
      'the place as Android says it',
      'a.mp4',
      [...PICTURE, ...H264, '-metadata', 'location=+51.5-000.1/'],
      { hasLocation: true, metadata: ['location'] },
    ],
    [
      'a second sound',
      'a.mp4',
      [...PICTURE, ...SOUND, ...H264, '-map', '0', '-map', '1', '-map', '1'],
      { metadata: ['second audio track'] },
    ],
    ['a time code', 'a.mov', [...PICTURE, ...H264, '-timecode', '01:00:00:00'], { metadata: ['timecode'] }],
    ['a title', 'a.mkv', [...PICTURE, ...H264, '-metadata', 'title=Ann'], { metadata: ['description'] }],
    [
      '1 x 1 pixels',
      'a.mkv',
      [...PICTURE, '-vf', 'format=rgb24,crop=1:1', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p'],
      { width: 1, height: 1, codec: 'mjpeg' },
    ],
  ])('%s', async (_name, file, args, expected) => {
    expect(await probed(await make(file, args))).toMatchObject(expected);
  });

  it('frames at uneven times in MP4, by its table', async () => {
    const uneven = await make('a.mkv', [...PICTURE, '-vf', "setpts='N/30/TB+floor(N/5)*0.1/TB'", ...H264]);
    expect(await probed(await make('a.mp4', ['-i', uneven, '-c', 'copy']))).toMatchObject({ variableFrameRate: true });
  });

  it.each([
    [90, [0, 1, -1, 0], 48, 64],
    [180, [-1, 0, 0, -1], 64, 48],
    [270, [0, -1, 1, 0], 48, 64],
  ] as const)('that it is turned by %i degrees', async (rotation, [a, b, c, d], width, height) => {
    const matrix = Buffer.alloc(36);
    [a, b, 0, c, d, 0, 0, 0].forEach((value, index) => matrix.writeInt32BE(value * 65_536, index * 4));
    matrix.writeInt32BE(0x40000000, 32);
    const facts = await probed(await bench.file(patched(plain, 'tkhd', 40, matrix)));
    expect(facts).toMatchObject({ rotation, width, height });
  });

  it.each<[string, boolean, (elst: Buffer) => void]>([
    ['that begins later', true, (elst) => elst.writeInt32BE(15_360 / 2, 12)],
    ['that ends sooner', true, (elst) => elst.writeUInt32BE(400, 8)],
    ['that is played at half speed', true, (elst) => elst.writeInt32BE(32_768, 16)],
    ['that delays the first frame as usual', false, (elst) => elst.writeInt32BE(1024, 12)],
  ])('an edit %s: %s', async (_name, editList, change) => {
    const at = plain.indexOf('elst') + 4;
    const elst = Buffer.from(plain.subarray(at, at + 20));
    change(elst);
    const facts = await probed(await bench.file(patched(plain, 'elst', 0, elst)));
    expect(facts).toMatchObject({ editList });
    expect(facts.plainEditList).toBe(editList ? undefined : true);
  });
});
