import { type AudioFacts, VIDEO_TYPES, type VideoContainer, type VideoFacts } from '../plan/facts.js';
import { damagedVideo, PROBE_LIMITS, refuse, tooManyTracks } from './probe-limits.js';
import { extrasOf, isPicture, saysPlace } from './video-probe-extras.js';

/** A stream as ffprobe tells of it; numbers come as texts. */
export interface FfprobeStream {
  codec_type?: string;
  codec_name?: string;
  codec_tag_string?: string;
  profile?: string;
  level?: number;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  pix_fmt?: string;
  field_order?: string;
  color_transfer?: string;
  color_space?: string;
  avg_frame_rate?: string;
  r_frame_rate?: string;
  sample_rate?: string;
  channels?: number;
  bit_rate?: string;
  disposition?: { attached_pic?: number };
  tags?: Readonly<Record<string, string>>;
  side_data_list?: readonly { side_data_type?: string; rotation?: number }[];
}

/** What ffprobe says of a file. */
export interface FfprobeAnswer {
  streams?: readonly FfprobeStream[];
  chapters?: readonly unknown[];
  format?: { duration?: string; bit_rate?: string; tags?: Readonly<Record<string, string>> };
}

/** What was found out otherwise. */
export interface Measured {
  container: VideoContainer;
  bytes: number;
  fastStart: boolean;
  editList: boolean;
  plainEditList: boolean;
  variableFrameRate: boolean;
  /** Frames a second of those that were looked at. */
  sampledFrameRate?: number;
  /** Where the file does not say it. */
  durationMs?: number;
}

/** Puts together what is known of a video. Pure. Throws {@link UnacceptableMediaError} for what is more than ClickPost works on. */
export function videoFactsOf(answer: FfprobeAnswer, measured: Measured): VideoFacts {
  const streams = answer.streams ?? [];
  if (streams.length > PROBE_LIMITS.tracks) throw tooManyTracks();
  const picture = streams.find(isPicture);
  const sound = streams.find(({ codec_type }) => codec_type === 'audio');
  const durationMs = measured.durationMs ?? Math.round(Number(answer.format?.duration) * 1000);
  if (!picture) throw noPicture('It has no picture');
  if (!(durationMs > 0)) throw noPicture('It lasts no time at all');
  if (!picture.pix_fmt || !picture.codec_name || !picture.width || !picture.height) throw damagedVideo();
  const tags = [answer.format?.tags ?? {}, ...streams.map((stream) => stream.tags ?? {})];
  const facts: VideoFacts = {
    kind: 'video',
    container: measured.container,
    contentType: VIDEO_TYPES[measured.container],
    ...shape(picture),
    bytes: measured.bytes,
    durationMs,
    codec: picture.codec_name,
    ...(picture.profile && picture.profile !== 'unknown' && { profile: picture.profile }),
    ...(picture.level !== undefined && picture.level > 0 && { level: picture.level }),
    pixelFormat: picture.pix_fmt,
    frameRate: frameRateOf(picture, measured),
    variableFrameRate: measured.variableFrameRate,
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(picture.field_order ?? ''),
    ...hdrOf(picture),
    ...(isTold(picture.color_space) && { colourSpace: picture.color_space }),
    bitRate: Number(answer.format?.bit_rate) || Math.round((measured.bytes * 8000) / durationMs),
    ...(sound && { audio: audioOf(sound) }),
    fastStart: measured.fastStart,
    editList: measured.editList,
    ...(measured.plainEditList && { plainEditList: true }),
    hasLocation: tags.some(saysPlace),
    metadata: extrasOf(streams, tags, (answer.chapters ?? []).length),
  };
  checkLimits(facts);
  return facts;
}

const isTold = (value: string | undefined): value is string =>
  value !== undefined && !['unknown', 'reserved', 'unspecified'].includes(value);

const noPicture = (what: string): Error =>
  refuse('media.no-picture', `The video cannot be shown. ${what}.`, 'Upload a video that has a picture.');

/** The size as displayed, and what makes it differ from the size as stored. */
function shape(picture: FfprobeStream): Pick<VideoFacts, 'width' | 'height' | 'rotation' | 'squarePixels'> {
  const { width = 0, height = 0 } = picture;
  const [across = 1, down = 1] = (picture.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  const squarePixels = !(across > 0 && down > 0) || across === down;
  const shown = squarePixels ? width : Math.max(1, Math.round((width * across) / down));
  const rotation = rotationOf(picture);
  const turned = rotation === 90 || rotation === 270;
  return { width: turned ? height : shown, height: turned ? shown : height, rotation, squarePixels };
}

/** The matrix tells degrees against the clock, the old tag with it. */
function rotationOf({ side_data_list = [], tags = {} }: FfprobeStream): VideoFacts['rotation'] {
  const matrix = side_data_list.find(({ rotation }) => rotation !== undefined)?.rotation;
  const clockwise = matrix === undefined ? Number(tags['rotate'] ?? 0) : -matrix;
  const quarters = Math.round((Number.isFinite(clockwise) ? clockwise : 0) / 90);
  return ([0, 90, 180, 270] as const)[((quarters % 4) + 4) % 4] ?? 0;
}

function frameRateOf({ avg_frame_rate, r_frame_rate }: FfprobeStream, { sampledFrameRate }: Measured): number {
  const told = [avg_frame_rate, r_frame_rate].map(fraction).find((rate) => rate > 0 && rate <= PROBE_LIMITS.frameRate);
  // WebM of browsers tells the resolution of its clock: what was seen is nearer to the truth than that.
  const rate = told ?? sampledFrameRate ?? fraction(avg_frame_rate);
  return Math.round(rate * 1000) / 1000;
}

function fraction(text = '0/0'): number {
  const [over = 0, under = 1] = text.split('/').map(Number);
  return under > 0 ? over / under : 0;
}

function hdrOf({ color_transfer }: FfprobeStream): Pick<VideoFacts, 'hdr'> {
  if (color_transfer === 'smpte2084') return { hdr: 'pq' };
  return color_transfer === 'arib-std-b67' ? { hdr: 'hlg' } : {};
}

function audioOf(sound: FfprobeStream): AudioFacts {
  const bitRate = Number(sound.bit_rate);
  return {
    codec: sound.codec_name ?? 'unknown',
    ...(sound.profile && sound.profile !== 'unknown' && { profile: sound.profile }),
    channels: sound.channels ?? 0,
    sampleRate: Number(sound.sample_rate ?? 0),
    ...(bitRate > 0 && { bitRate }),
  };
}

function checkLimits({ width, height, durationMs, frameRate }: VideoFacts): void {
  const { videoSide, videoPixels, durationMs: longest, frameRate: fastest } = PROBE_LIMITS;
  if (width > videoSide || height > videoSide || width * height > videoPixels) {
    throw refuse(
      'media.too-many-pixels',
      `The video has ${width} x ${height} pixels.`,
      `Export a smaller version: at most ${videoSide} pixels a side, and ${Math.floor(videoPixels / 1e6)} megapixels.`,
    );
  }
  if (durationMs > longest) {
    throw refuse(
      'media.video-too-long',
      `The video is ${(durationMs / 3_600_000).toFixed(1)} hours long; ${longest / 3_600_000} are allowed.`,
      'Cut it into parts and upload the one that you need.',
    );
  }
  if (frameRate > fastest || frameRate <= 0) {
    throw refuse(
      'media.frame-rate',
      `The video has ${Math.round(frameRate)} frames a second; at most ${fastest} are allowed.`,
      'Export it with fewer frames a second: 30 or 60 are usual.',
    );
  }
}
