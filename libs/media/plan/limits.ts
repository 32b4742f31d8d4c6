/** What a channel takes, in plain numbers: given by whoever asks, so that media never learns a platform's name. */
export type {
  AspectRange,
  AudioCodec,
  DocumentLimit,
  ImageLimit,
  MediaLimits,
  VideoCodec,
  VideoLimit,
} from '#platforms/core';
