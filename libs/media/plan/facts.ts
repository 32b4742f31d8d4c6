/** The still and animated image formats that ClickPost reads; HEIC where the image library was built with it. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic';

/** The MIME type of each format. */
export const CONTENT_TYPES: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  heic: 'image/heic',
};

/** What was found in an image file, by its content and never by its name. */
export interface ImageFacts {
  kind: 'image';
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
  /** How long an animation takes once, in milliseconds; left out for stills. */
  durationMs?: number;
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

/** The containers of videos that ClickPost reads. */
export type VideoContainer = 'mp4' | 'mov' | 'webm' | 'matroska';

/** The MIME type of each container. */
export const VIDEO_TYPES: Readonly<Record<VideoContainer, string>> = {
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  matroska: 'video/x-matroska',
};

/** The sound of a video. */
export interface AudioFacts {
  /** As ffprobe names it: `aac`, `mp3`, `opus`, `pcm_s16le`. */
  codec: string;
  /** As ffprobe names it: `LC`, `HE-AAC`. */
  profile?: string;
  channels: number;
  /** Hertz. */
  sampleRate: number;
  /** Bits a second, where it is known. */
  bitRate?: number;
}

/** What was found in a video file, by its content and never by its name. */
export interface VideoFacts {
  kind: 'video';
  container: VideoContainer;
  contentType: string;
  /** Pixels, as displayed: rotation and the shape of pixels are already applied. */
  width: number;
  height: number;
  bytes: number;
  durationMs: number;
  /** As ffprobe names it: `h264`, `hevc`, `vp9`, `av1`, `prores`. */
  codec: string;
  /** As ffprobe names it: `High`, `Main 10`. */
  profile?: string;
  /** Times ten, as in the stream: 41 = level 4.1. */
  level?: number;
  /** As ffprobe names it: `yuv420p`, `yuv420p10le`. */
  pixelFormat: string;
  /** Frames a second, the average. */
  frameRate: number;
  /** Do frames come at uneven times? */
  variableFrameRate: boolean;
  interlaced: boolean;
  /** Degrees by which it is turned clockwise when shown: 0, 90, 180 or 270. */
  rotation: 0 | 90 | 180 | 270;
  /** Are pixels as wide as they are high? */
  squarePixels: boolean;
  /** The transfer of high dynamic range, where it has one. */
  hdr?: 'pq' | 'hlg';
  /** As ffprobe names it: `bt709`, `bt2020nc`; left out where the file does not say. */
  colourSpace?: string;
  /** Bits a second of all streams together. */
  bitRate: number;
  /** Left out = it is silent. */
  audio?: AudioFacts;
  /** Is the index (`moov`) before the data? Only in MP4 and MOV; true elsewhere. */
  fastStart: boolean;
  /** Does an edit list change what is shown, beyond the usual delay of the first frame? */
  editList: boolean;
  /** Is there an edit list that changes nothing, as most programs write one? */
  plainEditList?: boolean;
  hasLocation: boolean;
  /** Whatever the file carries besides picture and sound, by name: `location`, `camera`, `subtitles`, `timecode`, `second audio track`. */
  metadata: readonly string[];
}

/** A document that some network takes as it is. */
export interface DocumentFacts {
  kind: 'document';
  contentType: string;
  /** It has no size in pixels. */
  width: 0;
  height: 0;
  bytes: number;
  /** Pages, or slides; left out where they cannot be counted. */
  pages?: number;
  /** The first page, in points of 72 to the inch, where it can be drawn. */
  page?: { width: number; height: number };
}

/** What is known of an uploaded file. */
export type MediaFacts = ImageFacts | VideoFacts | DocumentFacts;
export type MediaKind = MediaFacts['kind'];
