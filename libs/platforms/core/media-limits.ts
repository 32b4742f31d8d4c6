/** The shapes that are accepted, as width divided by height. */
export interface AspectRange {
  min: number;
  max: number;
}

/** What one image may be, in plain numbers. */
export interface ImageLimit {
  /** Accepted MIME types, best first: the first one that can be written is the target of a conversion. */
  types: readonly string[];
  maxBytes: number;
  /** Of an animation, where that is another number. */
  maxAnimationBytes?: number;
  /** Pixels, as are the next four. What is smaller than the smallest is enlarged. */
  maxWidth?: number;
  maxHeight?: number;
  maxPixels?: number;
  minWidth?: number;
  minHeight?: number;
  /** Left out = any. */
  aspect?: AspectRange;
}

export type VideoCodec = 'h264' | 'hevc' | 'vp8' | 'vp9' | 'av1';
export type AudioCodec = 'aac' | 'mp3' | 'opus' | 'vorbis';

/** What one video may be, in plain numbers. What is converted becomes H.264 with AAC in MP4: every network takes that. */
export interface VideoLimit {
  /** Accepted MIME types: `video/mp4` is always among them. */
  types: readonly string[];
  videoCodecs: readonly VideoCodec[];
  audioCodecs: readonly AudioCodec[];
  maxBytes: number;
  /** Milliseconds, as the next. What is too long has to be trimmed by a person, what is too short is refused. */
  minDurationMs?: number;
  maxDurationMs?: number;
  /** Frames a second. */
  minFrameRate?: number;
  maxFrameRate?: number;
  /** Pixels. */
  minWidth?: number;
  minHeight?: number;
  maxWidth?: number;
  maxHeight?: number;
  /** Pixels of the longer and of the shorter side, whichever way the video stands. */
  maxLongSide?: number;
  maxShortSide?: number;
  maxPixels?: number;
  aspect?: AspectRange;
  /** Bits a second. */
  maxVideoBitRate?: number;
  maxAudioBitRate?: number;
  /** Hertz. */
  maxAudioSampleRate?: number;
  maxAudioChannels?: number;
  /** A silent track is added where there is no sound. */
  needsAudio?: boolean;
  /** The index has to come before the data. */
  needsFastStart?: boolean;
  /** Edit lists are refused. */
  refusesEditLists?: boolean;
  /** High dynamic range is shown as it should be; left out = it is turned into standard range. */
  acceptsHdr?: boolean;
  /** An image of its own can be given as the cover. */
  cover?: ImageLimit;
  /** A moment of the video can be named as the cover. */
  coverMoment?: boolean;
}

/** What one document may be. It is sent as it is, or not at all. */
export interface DocumentLimit {
  types: readonly string[];
  maxBytes: number;
  /** Only of those types whose pages can be counted. */
  maxPages?: number;
}

/** What a channel takes; a kind that is left out it does not take. Animations become videos where only those are taken. */
export interface MediaLimits {
  image?: ImageLimit;
  video?: VideoLimit;
  document?: DocumentLimit;
}
