import { type VideoFacts } from '../plan/facts.js';
import { type VideoLimit } from '../plan/limits.js';
import { type RemuxPlan, type TranscodePlan, type VideoStep } from '../plan/video.js';
import { ffmpegArguments, type VideoInput, type VideoOutput } from './video-arguments.js';
import { pictureFilters, rateWords, stillFilters } from './video-filters.js';

const LIMIT: VideoLimit = { types: ['video/mp4'], videoCodecs: ['h264'], audioCodecs: ['aac'], maxBytes: 1_000_000 };
const FACTS: VideoFacts = {
  kind: 'video',
  container: 'mov',
  contentType: 'video/quicktime',
  width: 1920,
  height: 1080,
  bytes: 5_000_000,
  durationMs: 4_000,
  codec: 'hevc',
  pixelFormat: 'yuv420p',
  frameRate: 30,
  variableFrameRate: false,
  interlaced: false,
  rotation: 0,
  squarePixels: true,
  colourSpace: 'bt709',
  bitRate: 10_000_000,
  audio: { codec: 'aac', channels: 2, sampleRate: 48_000 },
  fastStart: false,
  editList: false,
  hasLocation: false,
  metadata: [],
};
const reason = 'For a test.';
const ENCODE: VideoStep = { kind: 'encode', codec: 'h264', profile: 'high', level: 41, maxBitRate: 4_000_000, reason };
const AUDIO: VideoStep = { kind: 'audio', codec: 'aac', sampleRate: 48_000, channels: 2, bitRate: 128_000, reason };
const INPUT: VideoInput = { kind: 'video', path: '/work/input', facts: FACTS };
const OUTPUT: VideoOutput = { path: '/work/output', threads: 2, endMs: 4_000 };

const transcode = (...steps: VideoStep[]): TranscodePlan => ({
  output: 'video',
  action: 'transcode',
  limit: LIMIT,
  width: 1920,
  height: 1080,
  durationMs: 4_000,
  steps,
});
const remux = (...steps: VideoStep[]): RemuxPlan => ({
  output: 'video',
  action: 'remux',
  limit: LIMIT,
  width: 1920,
  height: 1080,
  steps,
});

/** What follows a word; nothing where it is not there. */
function after(args: readonly string[], word: string): string | undefined {
  const at = args.indexOf(word);
  return at < 0 ? undefined : args[at + 1];
}

describe('ffmpegArguments', () => {
  it.each<[string, VideoInput, string]>([
    ['MOV', INPUT, '-protocol_whitelist file -f mov -enable_drefs 0 -use_absolute_path 0 -i file:/work/input'],
    [
      'WebM',
      { ...INPUT, facts: { ...FACTS, container: 'webm' } },
      '-protocol_whitelist file -f matroska -i file:/work/input',
    ],
    [
      'the frames of an animation',
      { kind: 'frames', pattern: '/work/%06d.ppm', framesPerSecond: 25, facts: FACTS },
      '-protocol_whitelist file -framerate 25 -f image2 -i file:/work/%06d.ppm',
    ],
  ])('opens %s with its own reader, from the disk alone', (_name, input, words) => {
    expect(ffmpegArguments(transcode(ENCODE, AUDIO), input, OUTPUT).join(' ')).toContain(words);
  });

  it.each<[string, TranscodePlan | RemuxPlan, VideoInput, string[]]>([
    ['picture and sound', transcode(ENCODE, AUDIO), INPUT, ['0:V:0', '0:a:0']],
    ['picture and copied sound', transcode(ENCODE), INPUT, ['0:V:0', '0:a:0']],
    ['a remux', remux(), INPUT, ['0:V:0', '0:a:0']],
    ['a silent video', transcode(ENCODE), { ...INPUT, facts: withoutSound() }, ['0:V:0']],
    [
      'a silent video that must have sound',
      transcode(ENCODE, { ...AUDIO, kind: 'silence' }),
      { ...INPUT, facts: withoutSound() },
      ['0:V:0', '1:a:0'],
    ],
  ])('takes exactly the first picture and sound, and no metadata: %s', (_name, plan, input, maps) => {
    const args = ffmpegArguments(plan, input, OUTPUT);
    expect(args.filter((_, index) => args[index - 1] === '-map')).toEqual(maps);
    expect(args).toEqual(expect.arrayContaining(['-sn', '-dn']));
    expect([after(args, '-map_metadata'), after(args, '-map_chapters')]).toEqual(['-1', '-1']);
    expect(args.filter((word) => word === '-i')).toHaveLength(maps.includes('1:a:0') ? 2 : 1);
    expect(args.join(' ')).toMatch(
      / -movflags \+faststart\+negative_cts_offsets -use_editlist 0 .* -f mp4 file:\/work\/output$/,
    );
  });

  it('copies what the plan does not encode', () => {
    const args = ffmpegArguments(remux(), INPUT, OUTPUT);
    expect([after(args, '-c:v'), after(args, '-c:a'), after(args, '-vf')]).toEqual(['copy', 'copy', undefined]);
    expect(after(args, '-tag:v')).toBe('hvc1');
    const avc: VideoInput = { ...INPUT, facts: { ...FACTS, codec: 'h264' } };
    expect(ffmpegArguments(remux(), avc, OUTPUT)).not.toContain('-tag:v');
    expect(ffmpegArguments(transcode(ENCODE), INPUT, OUTPUT)).not.toContain('-tag:v');
    const sound = ffmpegArguments(transcode(AUDIO), INPUT, OUTPUT);
    expect([after(sound, '-c:v'), after(sound, '-c:a')]).toEqual(['copy', 'aac']);
    expect([after(args, '-copypriorss:a'), after(sound, '-copypriorss:a')]).toEqual(['0', undefined]);
  });

  it('makes silence as long as the picture and of the wanted kind', () => {
    const silence: VideoStep = { kind: 'silence', sampleRate: 44_100, channels: 1, bitRate: 64_000, reason };
    const words = ffmpegArguments(transcode(ENCODE, silence), { ...INPUT, facts: withoutSound() }, OUTPUT).join(' ');
    expect(words).toContain('-f lavfi -t 4.000 -i anullsrc=r=44100:cl=mono');
    expect(words).toContain('-c:a aac -b:a 64000 -ar 44100 -ac 1');
  });

  it('encodes to a quality, never above the rate of the plan', () => {
    const args = ffmpegArguments(transcode(ENCODE, AUDIO), INPUT, OUTPUT);
    expect(args.join(' ')).toContain('-profile:v high -level:v 4.1 -crf 20 -maxrate 4000000 -bufsize 640000');
    expect(args.join(' ')).toContain('-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv');
    expect(after(args, '-pass')).toBeUndefined();
  });

  it('measures in a first pass without writing, and meets the rate in the second', () => {
    const pass = (number: 1 | 2) =>
      ffmpegArguments(transcode(ENCODE, AUDIO), INPUT, {
        ...OUTPUT,
        maxBitRate: 300_000,
        pass: { number, log: '/work/pass' },
      });
    expect(pass(1).slice(-3)).toEqual(['-f', 'null', '-']);
    expect(pass(1)).toContain('-an');
    expect(pass(2).join(' ')).toContain('-b:v 300000 -pass 2 -passlogfile /work/pass -maxrate 300000');
    expect(pass(2)).not.toContain('-crf');
  });

  it('reads only the part that is used', () => {
    const trim: VideoStep = { kind: 'trim', startMs: 500, endMs: 1_750, reason };
    const words = ffmpegArguments(transcode(trim, ENCODE, AUDIO), INPUT, { ...OUTPUT, endMs: 1_250 }).join(' ');
    expect(words).toMatch(/-ss 0\.500 -t 1\.250 -protocol_whitelist.* -t 1\.250 -movflags/);
  });
});

function withoutSound(): VideoFacts {
  const { audio: _, ...silent } = FACTS;
  return silent;
}

describe('pictureFilters', () => {
  const HD = 'in_color_matrix=bt709:out_color_matrix=bt709:out_range=tv';
  it.each<[string, VideoStep[], { [K in keyof VideoFacts]?: VideoFacts[K] | undefined }, string[]]>([
    ['nothing to do', [], {}, [`scale=${HD}`, 'fps=30:start_time=0']],
    [
      'fewer frames, which come first',
      [{ kind: 'frameRate', framesPerSecond: 30, reason }],
      { frameRate: 60 },
      ['fps=30:start_time=0', `scale=${HD}`],
    ],
    ['uneven frames', [], { variableFrameRate: true, frameRate: 12 }, [`scale=${HD}`, 'fps=30:start_time=0']],
    [
      'cut, made smaller and put on bars',
      [
        { kind: 'crop', x: 10, y: 20, width: 1000, height: 800, reason },
        { kind: 'scale', width: 500, height: 400, reason },
        { kind: 'pad', width: 500, height: 600, colour: '#102030', reason },
      ],
      {},
      [
        'crop=1000:800:10:20',
        `scale=500:400:flags=lanczos:${HD}`,
        'pad=500:600:trunc((ow-iw)/4)*2:trunc((oh-ih)/4)*2:color=0x102030',
        'fps=30:start_time=0',
      ],
    ],
    [
      'colours of standard definition, where nothing is said',
      [],
      { colourSpace: undefined, width: 640, height: 360 },
      ['scale=in_color_matrix=smpte170m:out_color_matrix=bt709:out_range=tv', 'fps=30:start_time=0'],
    ],
    [
      'fields and wide pixels',
      [{ kind: 'deinterlace', reason }],
      { interlaced: true, squarePixels: false },
      [
        'yadif=mode=send_frame:parity=auto:deint=all',
        'scale=1920:1080',
        'setsar=1',
        `scale=${HD}`,
        'fps=30:start_time=0',
      ],
    ],
  ])('%s', (_name, steps, facts, expected) => {
    const filters = pictureFilters(steps, { ...FACTS, ...facts } as VideoFacts);
    expect(filters).toEqual([...expected, 'setsar=1', 'format=yuv420p']);
  });

  it.each(['pq', 'hlg'] as const)('turns %s into standard range, after making it smaller', (hdr) => {
    const filters = pictureFilters(
      [
        { kind: 'tonemap', from: hdr, reason },
        { kind: 'scale', width: 1280, height: 720, reason },
      ],
      { ...FACTS, hdr, colourSpace: 'bt2020nc' },
    );
    const names = filters.map((filter) => filter.split('=')[0]);
    expect(names).toEqual([
      ...['scale', 'zscale', 'format', 'zscale', 'tonemap', 'zscale', 'format', 'fps', 'setsar', 'format'],
    ]);
    expect(filters[0]).toBe('scale=1280:720:flags=lanczos');
    expect(filters[1]).toContain(hdr === 'pq' ? 'tin=smpte2084' : 'tin=arib-std-b67');
    expect(stillFilters({ ...FACTS, hdr })).toContain('tonemap=tonemap=hable:desat=0');
  });

  it.each([
    [30, '30'],
    [29.97, '30000/1001'],
    [23.976, '24000/1001'],
    [59.94, '60000/1001'],
    [12.5, '12.5'],
    [25, '25'],
  ])('writes %d frames a second as %s', (rate, words) => {
    expect(rateWords(rate)).toBe(words);
  });
});
