import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MediaChoices } from '../../libs/media/plan/choices.js';
import { type MediaFacts } from '../../libs/media/plan/facts.js';
import { planHash } from '../../libs/media/plan/hash.js';
import { LIMIT_SETS } from '../../libs/media/plan/limits.fixture.js';
import { type MediaLimits } from '../../libs/media/plan/limits.js';
import { type MediaPlan, planMedia } from '../../libs/media/plan/plan.js';
import { type TranscodePlan } from '../../libs/media/plan/video.js';
import { probeMedia } from '../../libs/media/run/probe.js';
import { renderMedia } from '../../libs/media/run/render-media.js';
import { videoTools } from '../../libs/media/run/tools.js';
import { cached, CLIPS, type ClipName } from '../../libs/media/testing/clips.js';
import { Workbench } from '../../libs/media/testing/corpus.js';
import { PICTURES } from '../../libs/media/testing/pictures.js';
import { judge, type Standard } from './media-corpus-judge.js';

/** Seconds: long enough for every place, as one wants four. */
const LASTING = 4.2;
/** What an edit list leaves out of it is there besides. */
const HIDDEN = 0.5;

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  const { build, packaged } = await videoTools();
  process.stderr.write(`Videos of the corpus: ffmpeg ${build.version}${packaged ? ', of the npm package' : ''}.\n`);
  if (packaged && process.env['CI']) throw new Error('In CI the ffmpeg of the system has to be there, and is not.');
});
afterAll(() => bench.close());

/** A video as a still of it shows it, and for every limit set that takes this kind of file: planned, made once for equal plans, looked at again, and judged. */
async function everywhere(
  path: string,
  standard: Standard,
  choices: MediaChoices = {},
): Promise<Record<string, string>> {
  const facts = await probeMedia(path);
  if (facts.kind === 'video') await judge({ facts, made: facts, output: path, bench }, standard);
  const made = new Map<string, Promise<void>>();
  const actions: Record<string, string> = {};
  for (const { name, limits } of LIMIT_SETS) {
    const plan = planMedia(facts, limits, choices);
    actions[name] = plan.action;
    if (plan.action === 'refuse') continue;
    const key = planHash(plan);
    const work = made.get(key) ?? makeAndJudge(plan, facts, path, standard);
    made.set(key, work);
    await work.catch((error: unknown) => {
      throw new Error(`${name}: ${String(error)}\n${JSON.stringify(plan, undefined, 1)}`, { cause: error });
    });
  }
  return actions;
}

async function makeAndJudge(plan: MediaPlan, facts: MediaFacts, path: string, standard: Standard): Promise<void> {
  const output = bench.path('made');
  const { facts: made } = await renderMedia(plan, facts, path, output);
  expect(await probeMedia(output)).toEqual(made);
  if (plan.action !== 'keep') expect(made).toMatchObject({ hasLocation: false, metadata: [] });
  if (plan.action === 'transcode') expectUsual(made, plan);
  await judge({ plan, facts, made, output, bench }, standard);
}

/** What every player shows, and as long as it was planned. */
function expectUsual(made: MediaFacts, { width, height, durationMs }: TranscodePlan): void {
  if (made.kind !== 'video') throw new Error(`It became a file of the kind ${made.kind}.`);
  expect(made).toMatchObject({
    ...{ width, height, codec: 'h264', pixelFormat: 'yuv420p', colourSpace: 'bt709', rotation: 0 },
    ...{ squarePixels: true, variableFrameRate: false, interlaced: false, fastStart: true, editList: false },
  });
  expect(made).not.toHaveProperty('hdr');
  expect(Math.abs(made.durationMs - durationMs)).toBeLessThan(150);
}

const accepting = (kind: keyof MediaLimits): string[] =>
  LIMIT_SETS.filter(({ limits }) => limits[kind] !== undefined).map(({ name }) => name);

function lastingOf(name: ClipName): number {
  if (name === 'longGif') return CLIPS.longGif.lasting;
  return name === 'editList' ? LASTING + HIDDEN : LASTING;
}

describe('what people upload comes out as what each place accepts', () => {
  const standards: Partial<Record<ClipName, Standard>> = {
    // Light that is brighter than white needs room: everything else becomes a little darker.
    hdrPq: { tolerance: 60, likeness: 0.6 },
    hdrHlg: { tolerance: 60, likeness: 0.6 },
    longGif: { tolerance: 24, likeness: 0.75 },
    oddSize: { tolerance: 14, likeness: 0.8 },
    interlaced: { tolerance: 12, likeness: 0.75 },
  };
  it.each(Object.keys(CLIPS) as ClipName[])('%s', async (name) => {
    const path = await cached(`corpus-${name}`, { ...CLIPS[name], lasting: lastingOf(name) });
    const actions = await everywhere(path, standards[name] ?? { tolerance: 12, likeness: 0.85 });
    for (const place of accepting('video'))
      expect({ place, action: actions[place] }).not.toMatchObject({ action: 'refuse' });
  });

  it.each(PICTURES)('$name', async ({ make, tolerance }) => {
    const path = join(bench.directory, 'upload');
    await writeFile(path, await make(bench.directory));
    const actions = await everywhere(path, { tolerance, likeness: 0.85 });
    for (const place of accepting('image'))
      expect({ place, action: actions[place] }).not.toMatchObject({ action: 'refuse' });
  });

  it.each([
    ['portraitPhone', 0.1],
    ['landscape', 0.9],
  ] as const)('%s with its edges cut around a point', async (name, at) => {
    const path = await cached(`corpus-${name}`, { ...CLIPS[name], lasting: LASTING });
    await everywhere(path, { tolerance: 12, likeness: 0.85 }, { fit: 'crop', focus: { x: at, y: at } });
  });
});
