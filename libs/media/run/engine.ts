import sharp, { type SharpOptions } from 'sharp';

/** Pixels of a still image, or of one frame. */
export const MAX_PIXELS = 100_000_000;
/** Pixels a side. */
export const MAX_SIDE = 20_000;
/** Pixels of all frames of an animation together; they are decoded one after the other. */
export const MAX_ANIMATION_PIXELS = 500_000_000;

/** Untrusted files meet only the loaders that are meant for them: SVG and PDF, for example, may refer to other files. */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
  ],
});
// Hardly a file is read twice, and what is kept would be memory that nobody accounts for.
sharp.cache(false);
// One thread an image; several images run side by side, as the budget below allows.
sharp.concurrency(1);

/** How every file is opened: pixels stream through, and damage is an error. */
export function openOptions(animated: boolean): SharpOptions {
  return {
    failOn: 'error',
    sequentialRead: true,
    limitInputPixels: animated ? MAX_ANIMATION_PIXELS : MAX_PIXELS,
    ...(animated ? { animated: true } : {}),
  };
}

/** Lets tasks run side by side while their weights stay within a capacity; the others wait in order of arrival. */
export class Budget {
  #free: number;
  readonly #waiting: { weight: number; start: () => void }[] = [];

  constructor(private readonly capacity: number) {
    this.#free = capacity;
  }

  /** A task heavier than the whole capacity runs alone. Throws what the task throws. */
  async run<T>(weight: number, task: () => Promise<T>): Promise<T> {
    const share = Math.min(weight, this.capacity);
    await new Promise<void>((start) => {
      this.#waiting.push({ weight: share, start });
      this.#startWaiting();
    });
    try {
      return await task();
    } finally {
      this.#free += share;
      this.#startWaiting();
    }
  }

  #startWaiting(): void {
    for (let next = this.#waiting[0]; next && next.weight <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.weight;
      next.start();
    }
  }
}

/**
 * Bounds the memory of this process: some formats (progressive JPEG, interlaced PNG, WebP, AVIF) are decoded as a whole,
 * at up to 18 bytes a pixel, so no more pixels than one image may have are decoded at the same time.
 */
export const decoding = new Budget(MAX_PIXELS);
