import fc from 'fast-check';
import { CONTENT_TYPES, type ImageFacts, type ImageFormat } from './facts.js';
import { planPreview, PREVIEW_WIDTHS } from './preview.js';

const facts = (changes: Partial<ImageFacts> = {}): ImageFacts => {
  const format = changes.format ?? 'jpeg';
  return {
    kind: 'image',
    format,
    contentType: CONTENT_TYPES[format],
    width: 3000,
    height: 2000,
    bytes: 4_000_000,
    orientation: 1,
    pages: 1,
    hasAlpha: false,
    colourSpace: 'srgb',
    hasLocation: false,
    hasProfile: false,
    metadata: [],
    ...changes,
  };
};

describe('planPreview', () => {
  it('makes an image as wide as asked, in its shape', () => {
    expect(planPreview(facts(), 400)).toMatchObject({ action: 'render', width: 400, height: 266, format: 'jpeg' });
  });

  it('never makes one wider than it is', () => {
    expect(planPreview(facts({ width: 150, height: 100, bytes: 9_000 }), 800)).toMatchObject({ action: 'keep' });
  });

  it('turns what not every browser shows into something that it does', () => {
    expect(planPreview(facts({ format: 'avif' }), 800)).toMatchObject({ action: 'render', format: 'webp' });
  });

  it('leaves out where a photo was taken', () => {
    const photo = facts({ width: 150, height: 100, bytes: 9_000, metadata: ['EXIF'], hasLocation: true });
    expect(planPreview(photo, 200)).toMatchObject({ action: 'render', width: 150 });
  });

  const formats: ImageFormat[] = ['gif', 'webp', 'avif', 'png', 'jpeg'];
  it.each(formats)('shows a %s of any size, moving or not, as a still image', (format) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PREVIEW_WIDTHS),
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 50_000_000 }),
        fc.constantFrom(1, 24),
        fc.boolean(),
        (wanted, width, height, bytes, pages, hasAlpha) => {
          const plan = planPreview(facts({ format, width, height, bytes, pages, hasAlpha }), wanted);
          if (plan.action === 'refuse') throw new Error(plan.reason);
          if (plan.action === 'keep') return pages === 1 && width <= wanted;
          return !plan.animated && plan.width <= wanted && plan.width <= width;
        },
      ),
    );
  });
});
