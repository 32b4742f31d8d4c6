/** The still and animated image formats that ClickPost reads. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';

/** The MIME type of each format. */
export const CONTENT_TYPES: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
};

/** What was found in an image file, by its content and never by its name. */
export interface ImageFacts {
  format: ImageFormat;
  contentType: string;
  /** Pixels, as displayed: the orientation is already applied. */
  width: number;
  /** Pixels of one page, as displayed. */
  height: number;
  bytes: number;
  /** The EXIF orientation, 1 to 8; 1 = stored as displayed. */
  orientation: number;
  /** Frames; more than one = an animation. */
  pages: number;
  hasAlpha: boolean;
  /** As libvips names it: `srgb`, `b-w`, `cmyk`, `rgb16`, `grey16`. */
  colourSpace: string;
  /** Does it say where it was taken (GPS in EXIF or XMP)? */
  hasLocation: boolean;
  /** Is a colour profile embedded, other than sRGB? */
  hasProfile: boolean;
  /** Whatever the file carries besides the picture, by name: `EXIF`, `XMP`, `comment`, `data after the image`. */
  metadata: readonly string[];
}
