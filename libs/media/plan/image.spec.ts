import fc from 'fast-check';
import { type MediaChoices } from './choices.js';
import { CONTENT_TYPES, type ImageFacts, type ImageFormat } from './facts.js';
import { planHash } from './hash.js';
import { type ImagePlan, planImage, type RenderPlan } from './image.js';
import { type ImageLimit } from './limits.js';

const LIMIT: ImageLimit = { types: ['image/jpeg', 'image/png'], maxBytes: 1_000_000, maxWidth: 2000, maxHeight: 1000 };

function facts(changes: Partial<ImageFacts> = {}): ImageFacts {
  const format = changes.format ?? 'jpeg';
  return {
    kind: 'image',
    format,
    contentType: CONTENT_TYPES[format],
    width: 800,
    height: 600,
    bytes: 500_000,
    orientation: 1,
    pages: 1,
    hasAlpha: false,
    colourSpace: 'srgb',
    hasLocation: false,
    hasProfile: false,
    metadata: [],
    ...changes,
  };
}

/** The plan in one line: `keep`, `refuse <rule>`, or the format, size and steps that always or exceptionally happen. */
function summary(plan: ImagePlan): string {
  switch (plan.action) {
    case 'keep':
      return 'keep';
    case 'refuse':
      return `refuse ${plan.rule}`;
    case 'render':
      return `${plan.format} ${plan.width}x${plan.height} ${plan.steps.map((step) => step.kind).join(' ')}`;
  }
}

describe('planImage', () => {
  it.each<[string, Partial<ImageFacts>, Partial<ImageLimit>, string]>([
    ['a conforming image', {}, {}, 'keep'],
    ['a grey image', { colourSpace: 'b-w' }, {}, 'keep'],
    ['exactly at every limit', { width: 2000, height: 1000, bytes: 1_000_000 }, { maxPixels: 2_000_000 }, 'keep'],
    ['EXIF in it', { metadata: ['EXIF'] }, {}, 'jpeg 800x600 quality strip'],
    ['stored rotated', { orientation: 6, metadata: ['EXIF'] }, {}, 'jpeg 800x600 orient quality strip'],
    ['a P3 profile', { hasProfile: true }, {}, 'jpeg 800x600 toSrgb quality strip'],
    ['CMYK', { colourSpace: 'cmyk' }, {}, 'jpeg 800x600 toSrgb quality strip'],
    ['16 bits', { format: 'png', colourSpace: 'rgb16' }, {}, 'png 800x600 toSrgb quality strip'],
    ['too wide', { width: 4000, height: 1000 }, {}, 'jpeg 2000x500 resize quality strip'],
    ['too high', { width: 1000, height: 3000 }, {}, 'jpeg 333x1000 resize quality strip'],
    ['too many pixels', { width: 1000, height: 1000 }, { maxPixels: 250_000 }, 'jpeg 500x500 resize quality strip'],
    ['too many bytes', { bytes: 2_000_000 }, {}, 'jpeg 800x600 quality strip'],
    ['a PNG of too many bytes', { format: 'png', bytes: 2_000_000 }, {}, 'jpeg 800x600 format quality strip'],
    [
      'a transparent PNG of too many bytes, WebP accepted',
      { format: 'png', hasAlpha: true, bytes: 2_000_000 },
      { types: ['image/jpeg', 'image/png', 'image/webp'] },
      'webp 800x600 format quality strip',
    ],
    [
      'a PNG of too many bytes, nothing else accepted',
      { format: 'png', bytes: 2_000_000 },
      { types: ['image/png'] },
      'png 800x600 quality strip',
    ],
    ['a type that is not accepted', { format: 'webp' }, {}, 'jpeg 800x600 format quality strip'],
    ['transparency into JPEG', { format: 'webp', hasAlpha: true }, {}, 'jpeg 800x600 flatten format quality strip'],
    ['a transparent PNG', { format: 'png', hasAlpha: true }, {}, 'keep'],
    ['AVIF where accepted', { format: 'avif' }, { types: ['image/avif'] }, 'keep'],
    [
      'AVIF to change, only AVIF accepted',
      { format: 'avif', orientation: 3 },
      { types: ['image/avif'] },
      'refuse media.no-accepted-format',
    ],
    ['no type that can be written', {}, { types: ['image/heic'] }, 'refuse media.no-accepted-format'],
    ['HEIC liked best, then PNG', {}, { types: ['image/heic', 'image/png'] }, 'png 800x600 format quality strip'],
    [
      'wider than WebP can be',
      { width: 20_000, height: 10 },
      { types: ['image/webp'], maxWidth: 99_999 },
      'webp 16383x8 resize format quality strip',
    ],
    ['a GIF animation, accepted', { format: 'gif', pages: 9 }, { types: ['image/gif'] }, 'keep'],
    [
      'a GIF animation with a comment',
      { format: 'gif', pages: 9, metadata: ['comment'] },
      { types: ['image/gif'] },
      'gif 800x600 quality strip',
    ],
    ['a GIF animation, not accepted', { format: 'gif', pages: 9 }, {}, 'refuse media.animation-unsupported'],
    [
      'a WebP animation too wide',
      { format: 'webp', pages: 2, width: 3000 },
      { types: ['image/webp'] },
      'refuse media.animation-unsupported',
    ],
    [
      'a WebP animation too large',
      { format: 'webp', pages: 2, bytes: 2e6 },
      { types: ['image/webp'] },
      'refuse media.animation-unsupported',
    ],
    ['a still GIF, not accepted', { format: 'gif' }, {}, 'jpeg 800x600 format quality strip'],
  ])('%s', (_name, image, limit, expected) => {
    expect(summary(planImage(facts(image), { ...LIMIT, ...limit }))).toBe(expected);
  });

  it('gives each step a reason in words with its numbers', () => {
    const plan = planImage(
      facts({ width: 4000, height: 3000, metadata: ['EXIF'], hasLocation: true, bytes: 3_000_000 }),
      LIMIT,
    ) as RenderPlan;
    expect(Object.fromEntries(plan.steps.map((step) => [step.kind, step.reason]))).toEqual({
      resize: 'It is 4000 x 3000 pixels; allowed is a width of 2000, a height of 1000.',
      quality: 'It has 3 MB; 1 MB are allowed: the best quality that fits.',
      strip: 'It carries EXIF with the place where it was taken, which nobody should see.',
    });
  });

  it.each<[string, MediaChoices, string, string]>([
    ['bars', {}, 'jpeg 640x800 pad quality strip', '1:2 is taller than 4:5: bars are added at the sides.'],
    [
      'cut edges',
      { fit: 'crop' },
      'jpeg 400x500 crop quality strip',
      '1:2 is taller than 4:5: the top and the bottom are cut.',
    ],
  ])('gives another shape by %s', (_name, choices, expected, reason) => {
    const plan = planImage(
      facts({ width: 400, height: 800 }),
      { ...LIMIT, aspect: { min: 4 / 5, max: 1.91 } },
      choices,
    );
    expect(summary(plan)).toBe(expected);
    expect((plan as RenderPlan).steps[0]?.reason).toBe(reason);
  });

  it('enlarges what is too small', () => {
    const plan = planImage(facts({ width: 160, height: 120 }), { ...LIMIT, minWidth: 320 });
    expect(summary(plan)).toBe('jpeg 320x240 resize quality strip');
    expect((plan as RenderPlan).steps[0]?.reason).toBe(
      'It is 160 x 120 pixels; needed is a width of 320: it is enlarged.',
    );
  });

  it.each([
    ['within their own bytes', { pages: 12, bytes: 4_000_000 }, 'keep'],
    ['beyond them', { pages: 12, bytes: 4_000_001 }, 'refuse media.animation-unsupported'],
    ['with metadata', { pages: 12, bytes: 4_000_000, metadata: ['comment'] }, 'gif 800x600 quality strip'],
    ['that stand still', { pages: 1, bytes: 1_000_001 }, 'jpeg 800x600 format quality strip'],
  ])('takes animations %s', (_what, image, expected) => {
    const limit = { types: ['image/jpeg', 'image/gif'], maxBytes: 1_000_000, maxAnimationBytes: 4_000_000 };
    const plan = planImage(facts({ format: 'gif', ...image }), limit);
    expect(summary(plan)).toBe(expected);
    // What is made is held against the limit of the plan.
    expect(plan.limit.maxBytes).toBe(image.pages > 1 ? 4_000_000 : 1_000_000);
    if (plan.action === 'refuse') expect(plan.reason).toContain('It has 4,000,001 bytes; 4,000,000 bytes are allowed.');
  });

  it('says everything that keeps an animation out', () => {
    const plan = planImage(facts({ format: 'gif', pages: 3, width: 3000, bytes: 2_000_000 }), LIMIT);
    expect(plan).toMatchObject({
      action: 'refuse',
      reason: expect.stringMatching(/GIF is not among.*2 MB.*3000 x 600 pixels/) as string,
      remedy: expect.stringContaining('still image') as string,
    });
  });
});

const anyFacts = fc
  .record({
    format: fc.constantFrom<ImageFormat>('jpeg', 'png', 'webp', 'gif', 'avif'),
    width: fc.integer({ min: 1, max: 20_000 }),
    height: fc.integer({ min: 1, max: 20_000 }),
    bytes: fc.integer({ min: 1, max: 50_000_000 }),
    orientation: fc.integer({ min: 1, max: 8 }),
    pages: fc.constantFrom(1, 1, 1, 30),
    hasAlpha: fc.boolean(),
    colourSpace: fc.constantFrom('srgb', 'b-w', 'cmyk', 'rgb16'),
    hasLocation: fc.boolean(),
    hasProfile: fc.boolean(),
    metadata: fc.subarray(['EXIF', 'XMP']),
  })
  .map((record): ImageFacts => ({ kind: 'image', ...record, contentType: CONTENT_TYPES[record.format] }));

const anyLimit: fc.Arbitrary<ImageLimit> = fc.record(
  {
    types: fc.subarray([...Object.values(CONTENT_TYPES), 'image/heic'], { minLength: 1 }),
    maxBytes: fc.integer({ min: 1_000, max: 20_000_000 }),
    maxAnimationBytes: fc.integer({ min: 1_000, max: 20_000_000 }),
    maxWidth: fc.integer({ min: 1, max: 20_000 }),
    maxHeight: fc.integer({ min: 1, max: 20_000 }),
    maxPixels: fc.integer({ min: 1, max: 50_000_000 }),
  },
  { requiredKeys: ['types', 'maxBytes'] },
);

/** What a render plan promises to make. */
function planned(from: ImageFacts, plan: RenderPlan): ImageFacts {
  const { format, width, height, limit } = plan;
  return facts({
    ...{ format, width, height, pages: from.pages },
    bytes: Math.min(from.bytes, limit.maxBytes),
    hasAlpha: from.hasAlpha && format !== 'jpeg',
  });
}

describe('any plan', () => {
  it('has a result within the limits, of the same shape, never enlarged', () => {
    fc.assert(
      fc.property(anyFacts, anyLimit, (image, limit) => {
        const plan = planImage(image, limit);
        fc.pre(plan.action === 'render');
        const { width, height } = plan;
        expect(width).toBeLessThanOrEqual(Math.min(limit.maxWidth ?? Infinity, image.width));
        expect(height).toBeLessThanOrEqual(Math.min(limit.maxHeight ?? Infinity, image.height));
        expect(width * height).toBeLessThanOrEqual(limit.maxPixels ?? Infinity);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
        const off = [width - (height * image.width) / image.height, height - (width * image.height) / image.width];
        expect(Math.min(...off.map(Math.abs))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('speaks to people: of MB and PNG', () => {
    fc.assert(
      fc.property(anyFacts, anyLimit, (image, limit) => {
        const plan = planImage(image, limit);
        const words = [...('steps' in plan ? plan.steps : []), plan].flatMap((part) =>
          'reason' in part ? [part.reason] : [],
        );
        expect(words.join(' ')).not.toMatch(/image\/|\d{4} bytes/);
      }),
    );
  });

  it('uses the limit up: a pixel more on both sides would break it', () => {
    fc.assert(
      fc.property(anyFacts, anyLimit, (image, limit) => {
        const plan = planImage(
          { ...image, format: 'jpeg', contentType: 'image/jpeg', pages: 1 },
          { ...limit, types: ['image/jpeg'] },
        );
        fc.pre(plan.action === 'render' && plan.steps.some((step) => step.kind === 'resize'));
        const { width, height } = plan;
        const { maxWidth = Infinity, maxHeight = Infinity, maxPixels = Infinity } = limit;
        expect(width + 1 > maxWidth || height + 1 > maxHeight || (width + 1) * (height + 1) > maxPixels).toBe(true);
      }),
    );
  });

  it('is idempotent: the planned result is kept', () => {
    fc.assert(
      fc.property(anyFacts, anyLimit, (image, limit) => {
        const plan = planImage(image, limit);
        fc.pre(plan.action === 'render');
        expect(summary(planImage(planned(image, plan), limit))).toBe('keep');
      }),
      { numRuns: 1000 },
    );
  });

  it('never keeps metadata, a location or a rotation', () => {
    fc.assert(
      fc.property(anyFacts, anyLimit, (image, limit) => {
        const plan = planImage(image, limit);
        if (image.metadata.length > 0 || image.orientation !== 1) expect(plan.action).not.toBe('keep');
        if (plan.action === 'render') expect(plan.steps.map((step) => step.kind)).toContain('strip');
      }),
    );
  });
});

describe('planHash', () => {
  const plan = planImage(facts({ width: 4000 }), LIMIT) as RenderPlan;

  it('survives a round trip through a store that reorders keys', () => {
    const reordered = JSON.parse(
      JSON.stringify(plan, (_key, value: unknown) =>
        value !== null && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ),
    ) as RenderPlan;
    expect(Object.keys(reordered)[0]).not.toBe(Object.keys(plan)[0]);
    expect(planHash(reordered)).toBe(planHash(plan));
    expect(planHash(plan)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with what is done, and not with the words for it', () => {
    const reworded = { ...plan, steps: plan.steps.map((step) => ({ ...step, reason: 'Because.' })) };
    expect(planHash(reworded)).toBe(planHash(plan));
    const others = [facts(), facts({ width: 4000, height: 700 }), facts({ width: 4000, orientation: 6 })];
    const hashes = others.map((image) => planHash(planImage(image, LIMIT)));
    expect(new Set([...hashes, planHash(plan)]).size).toBe(4);
  });
});
