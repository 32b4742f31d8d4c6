import { renderStill } from '../run/still.js';
import { renderImage } from '../run/render.js';
import { type MakeMedia } from './making.js';

/** Makes every kind of file that there is a plan for. */
export const makeMedia: MakeMedia = async (plan, facts, inputPath, outputPath, options) => {
  if (plan.output === 'still') {
    if (facts.kind !== 'video') throw new Error(`A ${facts.kind} has no moment to show.`);
    return renderStill(facts, inputPath, outputPath, { limit: plan.limit, signal: options.signal });
  }
  if (plan.output !== 'image' || facts.kind !== 'image' || plan.action === 'refuse') {
    throw new Error(`A ${facts.kind} cannot be made into a ${plan.output}: ${plan.action}.`);
  }
  return renderImage(plan, inputPath, outputPath);
};
