import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { access, chmod, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { CONFIG, type Config } from '#kernel';
import { VideoToolsError } from '../problem.js';
import { type GuardedBounds, GuardedError, runGuarded } from './guarded.js';

/** Where the programs for videos are to be found. */
export interface ToolSettings {
  ffmpegPath?: string;
  ffprobePath?: string;
  /** The programs of the npm packages are not used then: they are old, and untrusted files meet them. */
  production: boolean;
}

/** What a build of ffmpeg can. */
export interface VideoBuild {
  /** As it calls itself. */
  version: string;
  /** Can high dynamic range be turned into standard range? */
  toneMapping: boolean;
}

/** The programs for videos. */
export interface VideoTools {
  /** Absolute paths. */
  ffmpeg: string;
  ffprobe: string;
  /** Does one of them come out of an npm package? */
  packaged: boolean;
  build: VideoBuild;
}

type Program = 'ffmpeg' | 'ffprobe';
const VARIABLE = { ffmpeg: 'FFMPEG_PATH', ffprobe: 'FFPROBE_PATH' } as const;

let settings: ToolSettings = { production: false };
let found: Promise<VideoTools> | undefined;

/** Says where the programs are, for the whole process. Without it those on the path are used. */
export function configureVideoTools(wanted: ToolSettings): void {
  if (JSON.stringify(wanted) === JSON.stringify(settings)) return;
  settings = wanted;
  found = undefined;
}

/**
 * The programs for videos, looked for once. What was not found is looked for again the next time.
 * @throws VideoToolsError what is missing, and what the operator has to do
 */
export async function videoTools(): Promise<VideoTools> {
  found ??= findTools(settings);
  const mine = found;
  mine.catch(() => {
    if (found === mine) found = undefined;
  });
  return mine;
}

/** Tells the operator at the start what videos are made with, or why none can be taken. Images need none of it. */
@Injectable()
export class VideoToolsCheck implements OnModuleInit {
  private readonly logger = new Logger(VideoToolsCheck.name);

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, keyof ToolSettings>) {}

  async onModuleInit(): Promise<void> {
    const { ffmpegPath, ffprobePath, production } = this.config;
    configureVideoTools({ ...(ffmpegPath && { ffmpegPath }), ...(ffprobePath && { ffprobePath }), production });
    try {
      const { packaged, build } = await videoTools();
      if (packaged) {
        this.logger.warn(
          `Videos are made with an ffmpeg that came with the packages (${build.version}), for trying things out. Install ffmpeg, or set FFMPEG_PATH.`,
        );
      }
      if (!build.toneMapping) {
        this.logger.warn('This ffmpeg was built without zscale: videos of high dynamic range cannot be converted.');
      }
    } catch (error) {
      if (!(error instanceof VideoToolsError)) throw error;
      this.logger.warn(`Videos are refused, images are taken. ${error.forOperator}`);
    }
  }
}

async function findTools(from: ToolSettings): Promise<VideoTools> {
  const ffmpeg = await findProgram('ffmpeg', from.ffmpegPath, [], from.production);
  const beside = ffmpeg.packaged ? [] : [dirname(ffmpeg.path)];
  const ffprobe = await findProgram('ffprobe', from.ffprobePath, beside, from.production);
  return {
    ffmpeg: ffmpeg.path,
    ffprobe: ffprobe.path,
    packaged: ffmpeg.packaged || ffprobe.packaged,
    build: await askBuild(ffmpeg.path),
  };
}

interface Found {
  path: string;
  packaged: boolean;
}

async function findProgram(
  program: Program,
  configured: string | undefined,
  folders: readonly string[],
  production: boolean,
): Promise<Found> {
  if (configured !== undefined) {
    if (await canRun(configured)) return { path: configured, packaged: false };
    throw new VideoToolsError(`${VARIABLE[program]} is "${configured}", where no program is that can be run.`);
  }
  const file = process.platform === 'win32' ? `${program}.exe` : program;
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of [...folders, ...onPath]) {
    const path = join(folder, file);
    if (await canRun(path)) return { path, packaged: false };
  }
  const packaged = production ? undefined : await findPackaged(program);
  if (packaged !== undefined) return { path: packaged, packaged: true };
  throw new VideoToolsError(
    `The program ${program} was not found on this server. Install ffmpeg from the packages of the system, or set ${VARIABLE[program]}.`,
  );
}

/** The program of an npm package, where that is installed and made for this machine. */
async function findPackaged(program: Program): Promise<string | undefined> {
  let path: string;
  try {
    const require = createRequire(import.meta.url);
    ({ path } = require(`@${program}-installer/${program}`) as { path: string });
  } catch {
    // Not installed, or no build for this machine: the packages throw texts for that.
    return undefined;
  }
  // It is installed so that only its owner may run it.
  if (!(await canRun(path))) await chmod(path, 0o755).catch(() => undefined);
  return (await canRun(path)) ? path : undefined;
}

const canRun = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

const ASKING: GuardedBounds = { timeMs: 20_000, memoryBytes: 2 ** 31, fileBytes: 0, outputBytes: 2 ** 20 };

/** Asks the program itself, as every distribution builds another. Throws where it lacks what every video needs. */
async function askBuild(ffmpeg: string): Promise<VideoBuild> {
  const ask = async (what: string): Promise<string> =>
    (await runGuarded(ffmpeg, { args: ['-hide_banner', what], bounds: ASKING })).stdout;
  try {
    const [version, encoders, filters] = await Promise.all([ask('-version'), ask('-encoders'), ask('-filters')]);
    const has = (list: string, name: string): boolean => new RegExp(`^ *[A-Z.|]+ +${name} `, 'm').test(list);
    const lacking = ['libx264', 'aac'].filter((encoder) => !has(encoders, encoder));
    if (lacking.length > 0) {
      throw new VideoToolsError(`${ffmpeg} was built without ${lacking.join(' and ')}. Install a build that has both.`);
    }
    return {
      version: /^ffmpeg version (\S+)/.exec(version)?.[1] ?? 'unknown',
      toneMapping: has(filters, 'zscale') && has(filters, 'tonemap'),
    };
  } catch (error) {
    if (!(error instanceof GuardedError)) throw error;
    throw new VideoToolsError(`${ffmpeg} cannot be run: ${error.stderr.trim() || error.end}.`, { cause: error });
  }
}
