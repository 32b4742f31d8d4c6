import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VideoToolsError } from '../problem.js';
import { configureVideoTools, videoTools } from './tools.js';

let folder: string;
const path = process.env['PATH'];
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'clickpost-tools-')));
});
afterEach(async () => {
  process.env['PATH'] = path;
  configureVideoTools({ production: false });
  await rm(folder, { recursive: true, force: true });
});

const ENCODERS = ' V....D libx264              H.264\\n A....D aac                  AAC\\n';
const FILTERS = ' .S. tonemap           V->V  x\\n ..C zscale            V->V  x\\n';

/** A program that answers as ffmpeg does. */
async function program(name: string, encoders = ENCODERS, filters = FILTERS): Promise<string> {
  const file = join(folder, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(
    file,
    `#!/bin/sh
case "$2" in
-version) printf 'ffmpeg version 7.1 Copyright\\n';;
-encoders) printf '${encoders}';;
-filters) printf '${filters}';;
esac`,
  );
  await chmod(file, 0o755);
  return file;
}

async function missing(): Promise<VideoToolsError> {
  const error: unknown = await videoTools().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(VideoToolsError);
  return error as VideoToolsError;
}

describe('videoTools', () => {
  it('are those that are named', async () => {
    const [ffmpegPath, ffprobePath] = await Promise.all([program('a/ffmpeg'), program('b/ffprobe')]);
    configureVideoTools({ ffmpegPath, ffprobePath, production: true });
    expect(await videoTools()).toEqual({
      ffmpeg: ffmpegPath,
      ffprobe: ffprobePath,
      packaged: false,
      build: { version: '7.1', toneMapping: true },
    });
  });

  it('are the ffprobe beside the ffmpeg that is named, before any other', async () => {
    const [ffmpegPath, ffprobe] = await Promise.all([program('a/ffmpeg'), program('a/ffprobe'), program('c/ffprobe')]);
    process.env['PATH'] = join(folder, 'c');
    configureVideoTools({ ffmpegPath, production: true });
    expect(await videoTools()).toMatchObject({ ffprobe });
  });

  it('are those on the path', async () => {
    const [ffmpeg, ffprobe] = await Promise.all([program('c/ffmpeg'), program('c/ffprobe')]);
    process.env['PATH'] = join(folder, 'c');
    configureVideoTools({ production: true });
    expect(await videoTools()).toMatchObject({ ffmpeg, ffprobe, packaged: false });
  });

  it('are those of the packages for trying things out, and they can be run', async () => {
    process.env['PATH'] = folder;
    configureVideoTools({ production: false });
    expect(await videoTools()).toMatchObject({ packaged: true, build: { toneMapping: true } });
  });

  it('are missing in production although the packages are there: images work, and the operator is told what to do', async () => {
    process.env['PATH'] = folder;
    configureVideoTools({ production: true });
    const error = await missing();
    expect(error).toMatchObject({ status: 503, rule: 'media.video-tools-missing' });
    expect(error.remedy).toContain('Upload an image');
    expect(error.forOperator).toMatch(/ffmpeg was not found.*Install ffmpeg.*FFMPEG_PATH/);
  });

  it('are found once they are there, without a restart', async () => {
    process.env['PATH'] = join(folder, 'c');
    configureVideoTools({ production: true });
    await missing();
    await Promise.all([program('c/ffmpeg'), program('c/ffprobe')]);
    expect(await videoTools()).toMatchObject({ ffmpeg: join(folder, 'c/ffmpeg') });
  });

  it('are not replaced by others where one is named that cannot be run', async () => {
    configureVideoTools({ ffmpegPath: join(folder, 'none'), production: false });
    expect((await missing()).forOperator).toContain(`FFMPEG_PATH is "${join(folder, 'none')}"`);
  });

  it('are refused without libx264, and can lack tone mapping', async () => {
    await Promise.all([program('c/ffmpeg', ENCODERS.replace('libx264 ', 'h264_x  ')), program('c/ffprobe')]);
    process.env['PATH'] = join(folder, 'c');
    configureVideoTools({ production: true });
    expect((await missing()).forOperator).toMatch(/built without libx264\./);
    await program('c/ffmpeg', ENCODERS, ' .S. tonemap           V->V  x\\n');
    expect((await videoTools()).build.toneMapping).toBe(false);
  });
});
