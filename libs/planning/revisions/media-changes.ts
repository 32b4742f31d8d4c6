import { type MediaKind } from '#media';
import { type AttachedMedia } from '../post-content.js';

/** How a file is fitted, and which image stands for it, in words; null where a person left all of it to ClickPost. */
export function fittingWords(
  { fit, focus, trim, coverAtMs, coverId }: AttachedMedia,
  filename: (id: string) => string | undefined,
): string | null {
  const words = [
    fit === 'crop' && 'edges are cut',
    fit === 'pad' && 'bars are added',
    focus && `in sight stays what is ${percent(focus.x)} from the left and ${percent(focus.y)} from the top`,
    trim && `used from ${seconds(trim.startMs)} to ${seconds(trim.endMs)}`,
    coverAtMs !== undefined && `cover at ${seconds(coverAtMs)}`,
    coverId !== undefined && `cover is ${filename(coverId) ?? 'an image of its own'}`,
  ].filter((part) => typeof part === 'string');
  return words.length === 0 ? null : words.join(', ');
}

/** What files are called together: by their kind where they have but one. */
export function collectiveName(kinds: readonly (MediaKind | undefined)[]): 'Images' | 'Videos' | 'Media' {
  const known = new Set(kinds.map((kind = 'image') => kind));
  if (known.size > 1 || known.has('document')) return 'Media';
  return known.has('video') ? 'Videos' : 'Images';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 10) / 100} s`;
}
