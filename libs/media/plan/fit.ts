/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Rounding down must not lose the pixel that floating point took: 49 * (1/49) < 1. */
const EPSILON = 1e-9;

/** The largest size of the same shape (to within a pixel) inside the limits; never larger than the size itself. */
export function fitWithin(
  { width, height }: Size,
  limit: { maxWidth?: number; maxHeight?: number; maxPixels?: number },
): Size {
  const { maxWidth = Infinity, maxHeight = Infinity, maxPixels = Infinity } = limit;
  const scale = Math.min(1, maxWidth / width, maxHeight / height, Math.sqrt(maxPixels / (width * height)));
  const fitted = {
    width: Math.max(1, Math.floor(width * scale + EPSILON)),
    height: Math.max(1, Math.floor(height * scale + EPSILON)),
  };
  // A side cannot shrink below one pixel; then the other one alone has to meet the number of pixels.
  return {
    width: Math.max(1, Math.min(fitted.width, Math.floor(maxPixels / fitted.height))),
    height: Math.max(1, Math.min(fitted.height, Math.floor(maxPixels / fitted.width))),
  };
}
