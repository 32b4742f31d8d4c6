import {
  type AspectRange,
  type CountingUnit,
  type DocumentLimit,
  type ImageLimit,
  type PlatformLimits,
  type TextLimit,
  type VideoLimit,
} from '#platforms/core';

const UNITS: Readonly<Record<CountingUnit, string>> = {
  graphemes: 'characters as people see them',
  'code-points': 'Unicode characters',
  utf16: 'characters, counted in UTF-16 units',
  bytes: 'bytes of UTF-8',
  weighted: 'characters as X weighs them',
};

const TYPES: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'application/pdf': 'PDF',
  'application/msword': 'DOC',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.ms-powerpoint': 'PPT',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PPTX',
  'video/mp4': 'MP4',
  'video/quicktime': 'MOV',
  'video/webm': 'WebM',
  'video/x-m4v': 'M4V',
  h264: 'H.264',
  hevc: 'HEVC',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
};

/** All that a kind of post may contain, as the cells of a column: text, link, images, video, document, description. */
export function limitCells(limits: PlatformLimits): string[] {
  const { media, altText } = limits;
  return [
    textWords(limits.text),
    linkWords(limits),
    media.image ? sentence([countWords(media.maxCount, 'image'), ...imageWords(media.image)]) : 'none',
    media.video ? sentence([countWords(media.maxVideos ?? 1, 'video'), ...videoWords(media.video)]) : 'none',
    media.document ? sentence(['1 document', ...documentWords(media.document)]) : 'none',
    altText && altText.max > 0 ? `${number(altText.max)} ${UNITS[altText.unit]}${videoAltText(altText)}` : 'none',
  ];
}

function videoAltText({ maxForVideo }: { maxForVideo?: number }): string {
  return maxForVideo === undefined ? '' : `; ${maxForVideo === 0 ? 'none' : number(maxForVideo)} of a video`;
}

function textWords(text: TextLimit): string {
  if (text.max === 0) return 'none';
  return sentence([
    `${number(text.max)} ${UNITS[text.unit]}`,
    text.maxBytes !== undefined && `${number(text.maxBytes)} bytes`,
    text.urlLength !== undefined && `every address counts ${text.urlLength}`,
    text.encoding === 'little-text' && 'counted as it is encoded, with reserved characters and hashtags written out',
    text.emojiAsBytes === true && 'emoji count as their bytes',
    text.countsLink !== undefined && text.countsLink.onlyWith === undefined && 'the link counts',
    text.countsLink?.onlyWith !== undefined && 'the link counts where it has no field',
    text.emptyAlone ? 'may be empty' : text.emptyWithAttachment && 'may be empty beside a file or a link',
  ]);
}

function linkWords({ link }: PlatformLimits): string {
  if (!link.supported) return 'none';
  return link.withMedia ? 'yes, also beside files' : 'yes, without files';
}

function imageWords(limit: ImageLimit): string[] {
  return present([
    names(limit.types),
    size(limit.maxBytes),
    limit.maxAnimationBytes !== undefined && `${size(limit.maxAnimationBytes)} of an animation`,
    limit.maxPixels !== undefined && `${number(limit.maxPixels)} pixels`,
    between('wide', limit.minWidth, limit.maxWidth),
    between('high', limit.minHeight, limit.maxHeight),
    limit.aspect && shape(limit.aspect),
  ]);
}

function videoWords(limit: VideoLimit): string[] {
  return present([
    names(limit.types),
    `${names(limit.videoCodecs)} with ${names(limit.audioCodecs)}`,
    size(limit.maxBytes),
    duration(limit),
    frames(limit),
    between('wide', limit.minWidth, limit.maxWidth),
    between('high', limit.minHeight, limit.maxHeight),
    limit.maxLongSide !== undefined && `longer side up to ${number(limit.maxLongSide)}`,
    limit.maxShortSide !== undefined && `shorter side up to ${number(limit.maxShortSide)}`,
    limit.aspect && shape(limit.aspect),
    limit.maxVideoBitRate !== undefined && `${number(limit.maxVideoBitRate / 1_000_000)} Mbit/s`,
    limit.needsFastStart === true && 'index first',
    limit.refusesEditLists === true && 'no edit lists',
    limit.needsAudio === true && 'with sound',
    coverWords(limit),
  ]);
}

/** Where an image is taken, a moment can be chosen as well: ClickPost makes the image of it. */
function coverWords({ cover, coverMoment }: VideoLimit): string | false {
  if (cover) return `cover: an image of one's own (${imageWords(cover).join(', ')}) or a moment of the video`;
  return coverMoment === true && 'cover: a moment of the video';
}

function documentWords({ types, maxBytes, maxPages }: DocumentLimit): string[] {
  return present([names(types), size(maxBytes), maxPages !== undefined && `${maxPages} pages`]);
}

function duration({ minDurationMs: min, maxDurationMs: max }: VideoLimit): string | false {
  // Less than a second says only that it must not be empty.
  const from = min !== undefined && min >= 1_000 ? time(min) : undefined;
  if (max === undefined) return from !== undefined && `at least ${from}`;
  return from === undefined ? `up to ${time(max)}` : `${from} to ${time(max)}`;
}

function frames({ minFrameRate: min, maxFrameRate: max }: VideoLimit): string | false {
  if (max === undefined) return min !== undefined && `at least ${min} frames a second`;
  return `${min === undefined ? 'up to ' : `${min} to `}${max} frames a second`;
}

function between(what: string, min?: number, max?: number): string | false {
  if (min === undefined) return max !== undefined && `up to ${number(max)} ${what}`;
  return max === undefined ? `at least ${number(min)} ${what}` : `${number(min)} to ${number(max)} ${what}`;
}

function shape({ min, max }: AspectRange): string {
  return min === max ? ratio(min) : `${ratio(min)} to ${ratio(max)}`;
}

/** Width by height, in the numbers that people use for it. */
function ratio(value: number): string {
  const [wide, high] = [
    [9, 16],
    [16, 9],
    [4, 5],
  ].find(([width = 1, height = 1]) => Math.abs(width / height - value) < 1e-9) ?? [value, 1];
  return value < 1 && high === 1 ? `1:${number(1 / value)}` : `${wide}:${high}`;
}

function names(types: readonly string[]): string {
  return types.map((type) => TYPES[type] ?? type).join(', ');
}

function countWords(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

/** Milliseconds in words. */
export function time(ms: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1_000, 'second'],
  ] as const;
  const [length, name] = units.find(([one]) => ms >= one && ms % one === 0) ?? [1, 'millisecond'];
  const count = ms / length;
  // What is counted in hours elsewhere stays comparable: "24 hours" rather than "1 day".
  if (name === 'day' && count === 1) return '24 hours';
  return `${number(count)} ${name}${count === 1 ? '' : 's'}`;
}

function size(bytes: number): string {
  if (bytes % 1_048_576 === 0) return `${bytes / 1_048_576} MiB`;
  if (bytes >= 1_000_000_000) return `${number(bytes / 1_000_000_000)} GB`;
  return bytes >= 1_000_000 ? `${number(Math.round(bytes / 10_000) / 100)} MB` : `${number(bytes / 1_000)} kB`;
}

/** US dollars; cents at least, and their parts where there are any. */
export function money(usd: number): string {
  return `$${usd.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 4 })}`;
}

/** With commas between thousands. */
export function number(value: number): string {
  return value.toLocaleString('en-GB');
}

function present(words: readonly (string | false | undefined)[]): string[] {
  return words.filter((word) => typeof word === 'string' && word !== '') as string[];
}

function sentence(words: readonly (string | false | undefined)[]): string {
  return present(words).join('; ');
}
