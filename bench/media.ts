import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { type ImageFacts, type VideoFacts } from '../libs/media/plan/facts.js';
import { type ImageLimit, type VideoLimit } from '../libs/media/plan/limits.js';
import { planImage, QUALITY } from '../libs/media/plan/image.js';
import { type TranscodePlan } from '../libs/media/plan/video.js';
import { probeMedia } from '../libs/media/run/probe.js';
import { renderMedia } from '../libs/media/run/render-media.js';
import { videoTools } from '../libs/media/run/tools.js';
import { ffmpegArguments } from '../libs/media/run/video-arguments.js';
import { type Measurement, median } from './report.js';

const run = promisify(execFile);

/** Each of them after one of the other, so that both have the same machine. */
const ROUNDS = 3;
const IMAGES_A_ROUND = 5;
const VIDEO_SECONDS = 8;

const VIDEO: VideoLimit = {
  types: ['video/mp4'],
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
  maxBytes: 100_000_000,
  maxLongSide: 1280,
};
const IMAGE: ImageLimit = { types: ['image/jpeg'], maxBytes: 8_000_000, maxWidth: 1440 };

/** A video and an image made by the whole pipeline, over the same made by ffmpeg and sharp alone with the same arguments. */
export async function media(): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clickpost-bench-media-'));
  try {
    return [await videos(folder), await images(folder)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function videos(folder: string): Promise<Measurement> {
  const { ffmpeg } = await videoTools();
  const input = join(folder, 'input.mp4');
  await run(ffmpeg, [
    ...['-nostdin', '-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc2=s=1920x1080:r=30:d=${VIDEO_SECONDS}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:duration=${VIDEO_SECONDS}`],
    ...['-vf', 'noise=alls=8:allf=t,format=yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', input],
  ]);
  const facts = await probeMedia(input);
  if (facts.kind !== 'video') throw new Error('The input is not a video.');
  const plan = planOf(facts);
  const output = join(folder, 'output.mp4');
  const words = ffmpegArguments(
    plan,
    { kind: 'video', path: input, facts },
    { path: join(folder, 'bare.mp4'), endMs: facts.durationMs, threads: 2 },
  );
  const pipeline: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await timed(() => run(ffmpeg, words)));
    pipeline.push(await timed(() => renderMedia(plan, facts, input, output)));
  }
  const [made, floor] = await Promise.all([stat(output), stat(join(folder, 'bare.mp4'))]);
  if (Math.abs(made.size / floor.size - 1) > 0.01) throw new Error('The two made different files.');
  return {
    what: `${VIDEO_SECONDS} s of 1080p to 720p, over bare ffmpeg`,
    figure: median(pipeline),
    floor: median(bare),
    unit: 'ms',
    aim: { ratio: 1.05, better: 'lower' },
  };
}

function planOf({ durationMs }: VideoFacts): TranscodePlan {
  const reason = 'It is measured.';
  return {
    output: 'video',
    action: 'transcode',
    limit: VIDEO,
    width: 1280,
    height: 720,
    durationMs,
    steps: [
      { kind: 'scale', width: 1280, height: 720, reason },
      { kind: 'encode', codec: 'h264', profile: 'high', level: 41, maxBitRate: 8_000_000, reason },
      { kind: 'audio', codec: 'aac', sampleRate: 48_000, channels: 2, bitRate: 128_000, reason },
      { kind: 'fastStart', reason },
    ],
  };
}

async function images(folder: string): Promise<Measurement> {
  const input = join(folder, 'input.jpg');
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  await sharp({ create: { width: 4032, height: 3024, channels: 3, background: '#808080', noise } })
    .blur(2)
    .jpeg({ quality: 90 })
    .toFile(input);
  const facts = (await probeMedia(input)) as ImageFacts;
  const plan = planImage(facts, IMAGE);
  if (plan.action !== 'render') throw new Error(`The image is not rendered but: ${plan.action}.`);
  const output = join(folder, 'output.jpg');
  const bareOutput = join(folder, 'bare.jpg');
  const { width, height } = plan;
  const pipeline: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS * IMAGES_A_ROUND; round += 1) {
    bare.push(
      await timed(() =>
        sharp(input, { sequentialRead: true, failOn: 'error' })
          .resize({ width, height, fit: 'fill' })
          .jpeg({ quality: QUALITY.best })
          .toFile(bareOutput),
      ),
    );
    pipeline.push(await timed(() => renderMedia(plan, facts, input, output)));
  }
  const [made, floor] = await Promise.all([stat(output), stat(bareOutput)]);
  if (made.size !== floor.size) throw new Error('The two made different files.');
  return {
    what: 'a photo of 12 megapixels to 1440 pixels, over bare sharp',
    figure: median(pipeline),
    floor: median(bare),
    unit: 'ms',
    aim: { ratio: 1.15, better: 'lower' },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
