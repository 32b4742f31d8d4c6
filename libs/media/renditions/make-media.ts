import { renderImage } from '../run/render.js';
import { type MakeMedia } from './making.js';

/** Makes every kind of file that there is a plan for. */
export const makeMedia: MakeMedia = async (plan, facts, inputPath, outputPath) => {
  if (plan.output !== 'image' || facts.kind !== 'image' || plan.action === 'refuse') {
    throw new Error(`A ${facts.kind} cannot be made into a ${plan.output}: ${plan.action}.`);
  }
  return renderImage(plan, inputPath, outputPath);
};
