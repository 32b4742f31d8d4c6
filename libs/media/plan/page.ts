import { CONTENT_TYPES, type DocumentFacts, type ImageFacts } from './facts.js';
import { type ImagePlan, renderImagePlan } from './image.js';
import { previewLimit, type PreviewWidth } from './preview.js';

/** Pixels of the longer side in which the first page of a document is drawn. */
export const PAGE_SIDE = 1600;

/** The first page of a document as a picture, at a width. Undefined where it is not known what it looks like. Pure. */
export function planPage({ page }: DocumentFacts, width: PreviewWidth): ImagePlan | undefined {
  if (!page) return undefined;
  const scale = PAGE_SIDE / Math.max(page.width, page.height);
  const drawn: ImageFacts = {
    ...{ kind: 'image', format: 'png', contentType: CONTENT_TYPES.png, bytes: 0, orientation: 1, pages: 1 },
    width: Math.max(1, Math.round(page.width * scale)),
    height: Math.max(1, Math.round(page.height * scale)),
    ...{ hasAlpha: false, colourSpace: 'srgb', hasLocation: false, hasProfile: false, metadata: [] },
  };
  return renderImagePlan(drawn, previewLimit(width), {});
}
