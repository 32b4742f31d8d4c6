import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { type MediaKind, type MediaPlan } from '#media';
import { type CoverPlan, type PlannedAttachment } from '#planning';
import { RenditionFailureDto } from '../renditions/renditions.dto.js';
import { IsNested, LowerCase, Omittable } from '../validators.js';

const MAX_ALT_TEXT = 10_000;
/** A day: far above what any network takes. */
const MAX_MILLISECONDS = 86_400_000;
const FITS = ['pad', 'crop'] as const;

/** A point of a picture. */
export class FocusDto {
  @ApiProperty({ minimum: 0, maximum: 1, description: 'From the left.' })
  @IsNumber()
  @Min(0)
  @Max(1)
  x: number;

  @ApiProperty({ minimum: 0, maximum: 1, description: 'From the top.' })
  @IsNumber()
  @Min(0)
  @Max(1)
  y: number;
}

/** A part of a video, in milliseconds of the original. */
export class TrimDto {
  @ApiProperty({ type: 'integer', minimum: 0 })
  @IsInt()
  @Min(0)
  @Max(MAX_MILLISECONDS)
  startMs: number;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'After the start, and not after the end of the video.' })
  @IsInt()
  @Min(1)
  @Max(MAX_MILLISECONDS)
  endMs: number;
}

/** A file of a post. Whatever is left out ClickPost decides. */
export class AttachedMediaDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  @LowerCase()
  id: string;

  @ApiPropertyOptional({ maxLength: MAX_ALT_TEXT, description: 'In place of the description given at the upload.' })
  @Omittable()
  @IsString()
  @MaxLength(MAX_ALT_TEXT)
  altText?: string;

  @ApiPropertyOptional({
    enum: FITS,
    description:
      'Where a network does not take the shape: `pad` = bars are added (the default), `crop` = edges are cut.',
  })
  @Omittable()
  @IsIn(FITS)
  fit?: (typeof FITS)[number];

  @ApiPropertyOptional({
    type: FocusDto,
    description: 'What stays in sight when edges are cut. Left out = the middle.',
  })
  @Omittable()
  @IsNested(() => FocusDto)
  focus?: FocusDto;

  @ApiPropertyOptional({ type: TrimDto, description: 'The part of a video that is used. Left out = all of it.' })
  @Omittable()
  @IsNested(() => TrimDto)
  trim?: TrimDto;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'The frame that stands for a video, in milliseconds of the original, where a network lets one choose.',
  })
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(MAX_MILLISECONDS)
  coverAtMs?: number;

  @ApiPropertyOptional({
    format: 'uuid',
    description:
      'A still image of the library that stands for a video before it is played, where a network takes one. In place of `coverAtMs`.',
  })
  @Omittable()
  @IsUUID()
  @LowerCase()
  coverId?: string;
}

const OUTPUTS: readonly MediaKind[] = ['image', 'video', 'document'];
const ACTIONS: readonly MediaPlan['action'][] = ['keep', 'remux', 'transcode', 'render', 'refuse'];
const COVER_ACTIONS: readonly CoverPlan['action'][] = ['keep', 'render', 'refuse', 'moment', 'none'];
const STATES = ['waiting', 'running', 'ready', 'failed', 'cancelled'] as const;

/** One thing that is done to a file, in words. */
export class PlannedStepDto {
  @ApiProperty({ example: 'scale' })
  kind: string;
  @ApiProperty({ description: 'Why.' })
  reason: string;
}

/** How far the making of a version is. */
export class PlannedRenditionDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: STATES })
  state: (typeof STATES)[number];
  @ApiPropertyOptional({ minimum: 0, maximum: 1 })
  progress?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'How long the rest may take, in milliseconds.' })
  remainingMs?: number;
  @ApiPropertyOptional({ type: RenditionFailureDto })
  failure?: RenditionFailureDto;
}

/** What becomes on one channel of the cover that was chosen for a video. */
export class PlannedCoverDto implements CoverPlan {
  @ApiPropertyOptional({ format: 'uuid', description: 'Of the image; left out where a moment was chosen.' })
  mediaId?: string;
  @ApiProperty({
    enum: COVER_ACTIONS,
    description:
      '`moment` = the chosen frame is shown; `none` = the network takes no such cover, and shows what it chooses itself.',
  })
  action: CoverPlan['action'];
  @ApiProperty({ type: [PlannedStepDto], description: 'What is changed of the image, in this order.' })
  steps: PlannedStepDto[];
  @ApiPropertyOptional({ description: 'Why it goes out as it is, or not at all.' })
  reason?: string;
}

/** What one channel gets of one file. */
export class PlannedMediaDto implements PlannedAttachment {
  @ApiProperty({ format: 'uuid' })
  channelId: string;
  @ApiProperty({ type: 'integer', description: 'Which message of the channel: 0 is the post itself.' })
  segment: number;
  @ApiProperty({ type: 'integer', description: 'Which file of that message.' })
  position: number;
  @ApiProperty({ format: 'uuid' })
  mediaId: string;
  @ApiProperty({ enum: OUTPUTS, description: 'What is sent: a GIF may go out as a video.' })
  output: MediaKind;
  @ApiProperty({ enum: ACTIONS, description: '`keep` = it goes out as it is; `refuse` = it cannot go out here.' })
  action: MediaPlan['action'];
  @ApiProperty({ type: 'integer', description: 'Pixels of what is sent, at the most.' })
  width: number;
  @ApiProperty({ type: 'integer' })
  height: number;
  @ApiPropertyOptional({ type: 'integer' })
  durationMs?: number;
  @ApiProperty({ type: [PlannedStepDto], description: 'What is changed, in this order; nothing for `keep`.' })
  steps: PlannedStepDto[];
  @ApiPropertyOptional({ description: 'Why it goes out as it is, or not at all.' })
  reason?: string;
  @ApiPropertyOptional({ type: PlannedCoverDto, description: 'Of a video whose cover was chosen.' })
  cover?: PlannedCoverDto;
  @ApiProperty({ type: PlannedRenditionDto, nullable: true, description: 'Null where nobody wants it yet.' })
  rendition: PlannedRenditionDto | null;
}

/** What the channels of a post get of its files. */
export class PostMediaDto {
  @ApiProperty({ type: [PlannedMediaDto] })
  media: PlannedMediaDto[];
}
