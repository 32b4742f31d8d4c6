import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type DraftMedia, type MediaSource, type SegmentDraft } from '#platforms/core';
import { readable } from './bytes.js';

/** An image that really is one, with its bytes at hand. */
export type PracticeImage = MediaSource;

/** Something to publish: the draft as an adapter is given it, and the files behind it. */
export interface PracticeDraft {
  draft: SegmentDraft;
  media: readonly PracticeImage[];
}

/** Paints a small picture; two of different colours have different digests. */
export async function practiceImage(
  options: { altText?: string; type?: 'jpeg' | 'png'; width?: number; height?: number; color?: string } = {},
): Promise<PracticeImage> {
  const { altText, type = 'jpeg', width = 64, height = 48, color = '#336699' } = options;
  const painted = await sharp({ create: { width, height, channels: 3, background: color } })
    .toFormat(type)
    .toBuffer();
  const bytes = Uint8Array.from(painted);
  return {
    kind: 'image',
    contentType: `image/${type}`,
    bytes: bytes.length,
    width,
    height,
    ...(altText !== undefined && { altText }),
    digest: createHash('sha256').update(bytes).digest('hex'),
    ...readable(bytes, `image/${type}`),
  };
}

/** A draft of a post, or of what `given` says. */
export function practiceDraft(
  given: Partial<Omit<SegmentDraft, 'media'>>,
  media: readonly PracticeImage[] = [],
): PracticeDraft {
  return {
    draft: {
      kind: 'post',
      text: '',
      settings: {},
      ...given,
      media: media.map(described),
    },
    media,
  };
}

/** The file without its bytes. */
function described(image: PracticeImage): DraftMedia {
  const { read: _read, open: _open, address: _address, cover: _cover, ...draft } = image;
  return draft;
}
