import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type AspectRange,
  type DocumentLimit,
  type ImageLimit,
  type PostMediaLimits,
  type VideoLimit,
} from '#platforms/core';

const VIDEO_CODECS = ['h264', 'hevc', 'vp8', 'vp9', 'av1'] as const satisfies VideoLimit['videoCodecs'];
const AUDIO_CODECS = ['aac', 'mp3', 'opus', 'vorbis'] as const satisfies VideoLimit['audioCodecs'];

/** The shapes that are accepted. */
export class AspectRangeDto implements AspectRange {
  @ApiProperty({ description: 'Width divided by height.' })
  min: number;
  @ApiProperty({ description: 'Width divided by height.' })
  max: number;
}

/** What one image may be. Another one is changed before it is sent. */
export class ImageLimitDto implements ImageLimit {
  @ApiProperty({ type: [String], example: ['image/jpeg'] })
  types: readonly string[];
  @ApiProperty({ type: 'integer' })
  maxBytes: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Of an animation, where that is another number.' })
  maxAnimationBytes?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In pixels.' })
  maxWidth?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In pixels.' })
  maxHeight?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Width times height.' })
  maxPixels?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In pixels.' })
  minWidth?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In pixels.' })
  minHeight?: number;
  @ApiPropertyOptional({ type: AspectRangeDto, description: 'Absent = any shape.' })
  aspect?: AspectRangeDto;
}

/** What one video may be. Another one is changed before it is sent. */
export class VideoLimitDto implements VideoLimit {
  @ApiProperty({ type: [String], example: ['video/mp4'] })
  types: readonly string[];
  @ApiProperty({ enum: VIDEO_CODECS, isArray: true })
  videoCodecs: VideoLimit['videoCodecs'];
  @ApiProperty({ enum: AUDIO_CODECS, isArray: true })
  audioCodecs: VideoLimit['audioCodecs'];
  @ApiProperty({ type: 'integer' })
  maxBytes: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In milliseconds.' })
  minDurationMs?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In milliseconds.' })
  maxDurationMs?: number;
  @ApiPropertyOptional({ description: 'Frames a second.' })
  minFrameRate?: number;
  @ApiPropertyOptional({ description: 'Frames a second.' })
  maxFrameRate?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In pixels.' })
  minWidth?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In pixels.' })
  minHeight?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In pixels.' })
  maxWidth?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In pixels.' })
  maxHeight?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Of the longer side, in pixels.' })
  maxLongSide?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Of the shorter side, in pixels.' })
  maxShortSide?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Width times height.' })
  maxPixels?: number;
  @ApiPropertyOptional({ type: AspectRangeDto, description: 'Absent = any shape.' })
  aspect?: AspectRangeDto;
  @ApiPropertyOptional({ type: 'integer', description: 'Bits a second.' })
  maxVideoBitRate?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Bits a second.' })
  maxAudioBitRate?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Hertz.' })
  maxAudioSampleRate?: number;
  @ApiPropertyOptional({ type: 'integer' })
  maxAudioChannels?: number;
  @ApiPropertyOptional({ description: 'A silent track is added where there is no sound.' })
  needsAudio?: boolean;
  @ApiPropertyOptional({ description: 'The index has to come before the data.' })
  needsFastStart?: boolean;
  @ApiPropertyOptional({ description: 'Edit lists are refused.' })
  refusesEditLists?: boolean;
  @ApiPropertyOptional({ description: 'Absent = high dynamic range is turned into standard range.' })
  acceptsHdr?: boolean;
  @ApiPropertyOptional({ type: ImageLimitDto, description: 'What an image may be that is the cover.' })
  cover?: ImageLimitDto;
  @ApiPropertyOptional({ description: 'A moment of the video can be named as the cover.' })
  coverMoment?: boolean;
}

/** What one document may be. It is sent as it is. */
export class DocumentLimitDto implements DocumentLimit {
  @ApiProperty({ type: [String], example: ['application/pdf'] })
  types: readonly string[];
  @ApiProperty({ type: 'integer' })
  maxBytes: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Only of those types whose pages can be counted.' })
  maxPages?: number;
}

/** What may be attached. */
export class MediaLimitDto implements PostMediaLimits {
  @ApiProperty({ type: 'integer' })
  maxCount: number;
  @ApiPropertyOptional({ type: 'integer', description: 'How many of them may be videos. Absent = one.' })
  maxVideos?: number;
  @ApiPropertyOptional({ description: 'Whether videos and images may stand in one post.' })
  mixed?: boolean;
  @ApiPropertyOptional({
    description: 'Whether the platform is told what should stay in sight where it cuts an image itself.',
  })
  focusPoint?: boolean;
  @ApiPropertyOptional({ type: ImageLimitDto, description: 'Absent = no images.' })
  image?: ImageLimitDto;
  @ApiPropertyOptional({ type: VideoLimitDto, description: 'Absent = no videos.' })
  video?: VideoLimitDto;
  @ApiPropertyOptional({ type: DocumentLimitDto, description: 'Absent = no documents.' })
  document?: DocumentLimitDto;
}
