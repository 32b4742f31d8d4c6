import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { videoTools } from '../run/tools.js';
import { card } from './card.js';
import { displayMatrix, skipStart } from './boxes.js';

const run = promisify(execFile);

/** What a clip is like, as a person would say it. */
export interface Clip {
  /** Pixels, as displayed. */
  width: number;
  height: number;
  framesPerSecond: number;
  /** Seconds. */
  lasting: number;
  extension: 'mp4' | 'mov' | 'webm' | 'gif';
  /** Filters between the card and the encoder. */
  filters?: readonly string[];
  /** Words for the encoder of the picture; left out = H.264 in the colours of high definition. */
  picture?: readonly string[];
  /** Words for the encoder of the sound; null = silent. Left out = AAC in stereo. */
  sound?: readonly string[] | null;
  /** Words for the file. */
  file?: readonly string[];
  /** What is changed in the bytes of the file afterwards. */
  patch?: (file: Buffer) => Buffer;
}

const HD_COLOURS = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709'];
const TO_HD = 'scale=out_color_matrix=bt709,format=yuv420p';
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '16', ...HD_COLOURS];
const UNTAGGED = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '16'];
const AAC = ['-c:a', 'aac', '-b:a', '96k', '-ar', '44100', '-ac', '2'];
const LOCATION = ['-metadata', 'location=+51.5090-000.1266/', '-metadata', 'location-eng=+51.5090-000.1266/'];

const LANDSCAPE = { width: 640, height: 360, framesPerSecond: 30, lasting: 1.2 } as const;

/** Light of high dynamic range: what is white on the card has 203 candela, as broadcasters do it. */
const hdr = (transfer: 'smpte2084' | 'arib-std-b67'): Pick<Clip, 'filters' | 'picture'> => ({
  filters: [
    TO_HD,
    'zscale=pin=bt709:tin=bt709:min=bt709:rin=tv:p=bt709:m=bt709:t=linear:npl=203',
    'format=gbrpf32le',
    `zscale=p=bt2020:t=${transfer}:m=bt2020nc:r=tv:npl=203`,
    'format=yuv420p10le',
  ],
  picture: [
    ...['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-crf', '14', '-x265-params'],
    `log-level=error:pools=2:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`,
    ...['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc'],
  ],
});

/** The clips that people upload, each about one thing. */
export const CLIPS = {
  /** As a phone that is held upright stores it: lying on its side, with a matrix that turns it. */
  portraitPhone: {
    ...LANDSCAPE,
    width: 360,
    height: 640,
    extension: 'mov',
    filters: ['transpose=cclock', TO_HD],
    file: ['-movflags', 'use_metadata_tags', ...LOCATION],
    patch: (file) => displayMatrix(file, 90, 640, 360),
  },
  landscape: { ...LANDSCAPE, extension: 'mp4', filters: [TO_HD], file: ['-movflags', '+faststart'] },
  /** A recording of a screen: frames come when something moves. */
  variableRate: {
    ...LANDSCAPE,
    height: 400,
    extension: 'mp4',
    filters: ["select='lt(n,6)+not(mod(n,5))+gt(n,28)'", 'format=yuv420p'],
    picture: [...UNTAGGED, '-vsync', 'vfr'],
  },
  hdrPq: { ...LANDSCAPE, lasting: 0.8, framesPerSecond: 24, extension: 'mp4', ...hdr('smpte2084') },
  hdrHlg: { ...LANDSCAPE, lasting: 0.8, framesPerSecond: 24, extension: 'mov', ...hdr('arib-std-b67') },
  sixtyFrames: { ...LANDSCAPE, framesPerSecond: 60, extension: 'mp4', picture: UNTAGGED, filters: ['format=yuv420p'] },
  mono: {
    ...LANDSCAPE,
    extension: 'mp4',
    filters: [TO_HD],
    sound: ['-c:a', 'aac', '-b:a', '64k', '-ar', '22050', '-ac', '1'],
  },
  silent: { ...LANDSCAPE, extension: 'mp4', filters: [TO_HD], sound: null },
  oddSize: {
    ...LANDSCAPE,
    width: 421,
    height: 237,
    extension: 'webm',
    filters: ['format=yuv420p'],
    picture: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1500k'],
    sound: ['-c:a', 'libopus', '-b:a', '64k'],
  },
  /** The first half second is in the file, and not to be shown. */
  editList: {
    ...LANDSCAPE,
    lasting: 1.7,
    extension: 'mov',
    filters: [TO_HD],
    picture: [...X264, '-g', '15'],
    patch: (file) => skipStart(file, 500),
  },
  interlaced: {
    ...LANDSCAPE,
    framesPerSecond: 50,
    extension: 'mp4',
    filters: ['interlace=scan=tff', TO_HD],
    picture: [...X264, '-flags', '+ildct+ilme', '-x264opts', 'tff=1'],
  },
  /** Pixels that are twice as wide as they are high. */
  widePixels: { ...LANDSCAPE, extension: 'mp4', filters: ['scale=320:360', 'setsar=2', TO_HD] },
  fullRange: {
    ...LANDSCAPE,
    extension: 'mp4',
    filters: ['scale=out_color_matrix=bt709:out_range=pc', 'format=yuvj420p'],
    picture: [...X264, '-color_range', 'pc'],
  },
  located: { ...LANDSCAPE, extension: 'mp4', filters: [TO_HD], file: ['-movflags', 'use_metadata_tags', ...LOCATION] },
  longGif: {
    width: 240,
    height: 180,
    framesPerSecond: 10,
    lasting: 12,
    extension: 'gif',
    picture: ['-c:v', 'gif'],
    sound: null,
    filters: ['split[a][b];[a]palettegen=max_colors=64[p];[b][p]paletteuse=dither=none'],
  },
} as const satisfies Record<string, Clip>;

export type ClipName = keyof typeof CLIPS;

/** Where the moving dot is on a clip, in shares of width and height, at so many seconds. */
export function dotAt(second: number): { x: number; y: number } {
  return { x: 0.2 + 0.3 * second, y: 0.7 };
}

/** The path of a clip. It is made once and kept beside the packages, until its description or ffmpeg changes. */
export async function clip(name: ClipName): Promise<string> {
  return cached(name, CLIPS[name]);
}

/** As {@link clip}, of any description. */
export async function cached(name: string, wanted: Clip): Promise<string> {
  const { ffmpeg, build } = await videoTools();
  const folder = join(process.cwd(), 'node_modules/.cache/clickpost-media');
  const words = wordsOf(wanted, 'card.png', 'clip');
  const key = createHash('sha256')
    .update(JSON.stringify([build.version, words, String(wanted.patch)]))
    .digest('hex');
  const path = join(folder, `${name}-${key.slice(0, 16)}.${wanted.extension}`);
  if (await exists(path)) return path;
  // Several workers may make it at the same time: each in its own place, and the last one is as good as the first.
  const own = join(folder, randomUUID());
  await mkdir(own, { recursive: true });
  try {
    const picture = join(own, 'card.png');
    const made = join(own, `clip.${wanted.extension}`);
    await card(wanted.width, wanted.height).png({ compressionLevel: 1 }).toFile(picture);
    await run(ffmpeg, wordsOf(wanted, picture, made));
    if (wanted.patch) await writeFile(made, wanted.patch(await readFile(made)));
    await rename(made, path);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return path;
}

function wordsOf(wanted: Clip, picture: string, made: string): string[] {
  const { width, height, framesPerSecond, lasting, filters = [], sound = AAC } = wanted;
  const dot = Math.max(4, Math.round(Math.min(width, height) * 0.06));
  const { y } = dotAt(0);
  const chain = [
    `[0:v][1:v]overlay=x='W*(0.2+0.3*t)-w/2':y=H*${y}-h/2:shortest=1:format=rgb,format=rgb24`,
    ...filters,
  ].join(',');
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', '-threads', '2'],
    ...['-loop', '1', '-framerate', String(framesPerSecond), '-t', String(lasting), '-i', picture],
    ...['-f', 'lavfi', '-i', `color=black:s=${dot}x${dot}:r=${framesPerSecond}`],
    ...(sound ? ['-f', 'lavfi', '-t', String(lasting), '-i', 'sine=frequency=440'] : []),
    ...['-filter_complex', `${chain}[v]`, '-map', '[v]', ...(sound ? ['-map', '2:a', ...sound] : [])],
    ...(wanted.picture ?? X264),
    ...(wanted.file ?? []),
    made,
  ];
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** An animated WebP of the test card on a transparent ground: a red, a green and a blue frame, shown for unequal times. */
export async function animatedWebp(width: number, height: number): Promise<Buffer> {
  const frames = await Promise.all(
    ['#be3232', '#3c9646', '#3246aa'].map((background) =>
      sharp({ create: { width, height, channels: 4, background: '#00000000' } })
        .composite([
          {
            input: { create: { width: width / 2, height, channels: 4, background } },
            left: 0,
            top: 0,
          },
        ])
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .webp({ delay: [300, 200, 700], loop: 0, lossless: true })
    .toBuffer();
}
