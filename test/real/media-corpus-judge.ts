import { type MediaFacts } from '../../libs/media/plan/facts.js';
import { type MediaPlan } from '../../libs/media/plan/plan.js';
import { renderStill } from '../../libs/media/run/still.js';
import { cardPixels, PATCHES } from '../../libs/media/testing/card.js';
import { type Workbench } from '../../libs/media/testing/corpus.js';
import {
  colourAt,
  discSize,
  distance,
  fitted,
  type Geometry,
  type Picture,
  readPicture,
  similarity,
} from '../../libs/media/testing/judge.js';

/** What is good enough. */
export interface Standard {
  /** The largest difference of a patch in a channel. */
  tolerance: number;
  /** The least structural similarity to the card. */
  likeness: number;
}

/** One rendition and where it came from. */
export interface Judged {
  /** Left out = the file is the original itself. */
  plan?: MediaPlan;
  /** Of the original. */
  facts: MediaFacts;
  /** What came out. */
  made: MediaFacts;
  output: string;
  bench: Workbench;
}

/** How much longer than wide a disc may look: what rounding to even sizes and blur do. */
const STRETCH = 0.06;
/** Milliseconds at which a video is looked at. */
const MOMENT = 2_000;

/** Compares a rendition with the test card that the original shows. Throws with what is wrong. */
export async function judge({ plan, facts, made, output, bench }: Judged, standard: Standard): Promise<void> {
  const picture = await shown(made, output, bench);
  const { width, height } = facts;
  const ideal: Picture = { width, height, pixels: cardPixels(width, height) };
  const geometry = geometryOf(plan);
  const fit = await fitted(ideal, geometry);
  const { width: w, height: h } = picture;
  const expected = fit.width === w && fit.height === h ? fit : await fitted(fit, { scale: { width: w, height: h } });
  const likeness = similarity(expected, picture);
  if (likeness < standard.likeness) throw new Error(`It is like the original only to ${likeness.toFixed(3)}.`);
  checkPatches(picture, ideal, geometry, standard);
}

async function shown(facts: MediaFacts, output: string, bench: Workbench): Promise<Picture> {
  if (facts.kind !== 'video') return readPicture(output);
  const still = bench.path('still');
  await renderStill(facts, output, still, { atMs: MOMENT });
  return readPicture(still);
}

/** What a plan does to the shape. */
function geometryOf(plan: MediaPlan | undefined): Geometry {
  const geometry: Geometry = {};
  if (!plan || !('steps' in plan)) return geometry;
  for (const step of plan.steps) {
    if (step.kind === 'crop') geometry.crop = step;
    if (step.kind === 'scale' || step.kind === 'resize') geometry.scale = { width: step.width, height: step.height };
    if (step.kind === 'pad') geometry.pad = step;
  }
  return geometry;
}

function checkPatches(picture: Picture, ideal: Picture, geometry: Geometry, { tolerance }: Standard): void {
  const place = placing(ideal, geometry);
  let seen = 0;
  for (const patch of PATCHES) {
    const { x, y } = place(patch.x, patch.y);
    // What lies at the edge, or beyond it, was cut.
    if (x < 0.04 || x > 0.96 || y < 0.04 || y > 0.96) continue;
    seen += 1;
    const found = colourAt(picture, x, y);
    if (distance(found, patch.colour) <= tolerance) continue;
    throw new Error(`At ${x.toFixed(2)}, ${y.toFixed(2)} it is ${found.join()} instead of ${patch.colour.join()}.`);
  }
  if (seen < 2) throw new Error('Hardly anything of the picture is left.');
  const centre = place(0.5, 0.5);
  const reach = 0.25 * Math.min(ideal.width / ideal.height, ideal.height / ideal.width, 1);
  if ([centre.x, centre.y].some((share) => share < reach || share > 1 - reach)) return;
  const disc = discSize(picture, centre);
  if (Math.abs(disc.width / disc.height - 1) > STRETCH) {
    throw new Error(`The disc is ${disc.width} pixels wide and ${disc.height} high.`);
  }
}

/** Where a place of the original comes to lie, both in shares. */
function placing({ width, height }: Picture, { crop, scale, pad }: Geometry) {
  const cut = crop ?? { x: 0, y: 0, width, height };
  const size = scale ?? cut;
  const frame = pad ?? size;
  return (x: number, y: number): { x: number; y: number } => ({
    x: (((x * width - cut.x) / cut.width) * size.width + (frame.width - size.width) / 2) / frame.width,
    y: (((y * height - cut.y) / cut.height) * size.height + (frame.height - size.height) / 2) / frame.height,
  });
}
