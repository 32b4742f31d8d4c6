import { type Media } from '../api/queries.js';
import { type Schema } from '../api/client.js';
import { bytesInWords, durationInWords, pagesInWords } from '../media/words.js';

/** One thing that is known of a file. */
export interface Fact {
  label: string;
  value: string;
}

const CODECS: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'H.265 (HEVC)',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  mpeg4: 'MPEG-4',
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  gif: 'GIF',
  avif: 'AVIF',
};

/** What a file is, in the order in which people ask. */
export function factsOf(media: Media): Fact[] {
  const { facts, kind } = media;
  const found: (Fact | false)[] = [
    { label: 'Kind', value: kindInWords(media) },
    media.width > 0 && { label: 'Size', value: `${media.width} × ${media.height} px` },
    kind === 'document' && {
      label: 'Pages',
      value: media.pages === undefined ? 'Not known: this kind of file does not say' : media.pages.toLocaleString('en'),
    },
    media.durationMs !== undefined && { label: 'Duration', value: durationInWords(media.durationMs) },
    facts.frameRate !== undefined && {
      label: 'Frame rate',
      value: `${Number(facts.frameRate.toFixed(2))} a second${facts.variableFrameRate ? ', uneven' : ''}`,
    },
    kind === 'video' && { label: 'Sound', value: facts.sound ? 'Yes' : 'None' },
    facts.hdr && { label: 'Range', value: 'High dynamic range (HDR)' },
    facts.transparent && { label: 'Background', value: 'See-through in places' },
    { label: 'File size', value: bytesInWords(media.bytes) },
    kind !== 'document' && {
      label: 'Location',
      value: facts.locationFound ? 'In the file. What is published does not have it.' : 'Not in the file',
    },
  ];
  return found.filter((fact) => fact !== false);
}

const DOCUMENTS: Readonly<Record<string, string>> = {
  'application/pdf': 'Document, PDF',
  'application/msword': 'Text document, DOC',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Text document, DOCX',
  'application/vnd.ms-powerpoint': 'Presentation, PPT',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'Presentation, PPTX',
};

/** `Image, JPEG`, `Animation, GIF`, `Video, H.264`, `Document, PDF`, `Presentation, PPTX` */
export function kindInWords({ kind, facts, contentType }: Pick<Media, 'kind' | 'facts' | 'contentType'>): string {
  const codec = facts.codec === undefined ? undefined : (CODECS[facts.codec] ?? facts.codec.toUpperCase());
  const word = kind === 'video' ? 'Video' : kind === 'document' ? 'Document' : facts.animated ? 'Animation' : 'Image';
  if (kind === 'document') return DOCUMENTS[contentType] ?? word;
  return codec === undefined ? word : `${word}, ${codec}`;
}

/** How a post stands that uses a file. */
export const USE_WORDS: Readonly<Record<Schema<'MediaUseDto'>['state'], string>> = {
  failed: 'Failed',
  unconfirmed: 'Unconfirmed',
  held: 'Held',
  publishing: 'Publishing',
  scheduled: 'Scheduled',
  draft: 'Draft',
  published: 'Published',
};

/** `1 file`, `12 files` */
export function filesInWords(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}

/** `Not used`, `Used in 1 post`, `Used in 3 posts` */
export function usedInWords(count: number): string {
  return count === 0 ? 'Not used' : `Used in ${count} ${count === 1 ? 'post' : 'posts'}`;
}

/** How a picture is described to those who do not see it, here in the library. */
export function pictureInWords({ altText, filename }: Pick<Media, 'altText' | 'filename'>): string {
  return altText ?? filename;
}

/** `2.3 MB`, of a document `12 pages, 2.3 MB` */
export function sizeInWords({ pages, bytes }: Pick<Media, 'pages' | 'bytes'>): string {
  return pages === undefined ? bytesInWords(bytes) : `${pagesInWords(pages)}, ${bytesInWords(bytes)}`;
}
