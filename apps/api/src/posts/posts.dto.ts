import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { type JsonObject, type PricedCost } from '#platforms/core';
import { type ChannelCosts, type Change, type PreflightNotice, type Schedule, type TextPart } from '#planning';
import { TEXT_PART_SCHEMA } from '../comments/comments.dto.js';
import { WaitingDto } from '../approvals/waiting.dto.js';
import { PageQuery } from '../http/index.js';
import { ActorDto, PublicationSummaryDto } from '../publications/publications.dto.js';
import { IsNested, IsNestedList, IsSmallJsonObject, LowerCase, Omittable } from '../validators.js';
import { AttachedMediaDto, PlannedMediaDto } from './post-media.dto.js';
import { IsSchedule } from './schedule.validator.js';

// Far above what any platform takes: each channel's own limits are told by the rules of its platform.
const MAX_TEXT = 100_000;
const MAX_LINK = 8_192;
const MAX_MEDIA = 50;
const MAX_CHANNELS = 50;
const MAX_THREAD = 25;
const MAX_REVISION = 2 ** 31 - 1;

/** A further part of a thread. */
export class ThreadPartDto {
  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @MaxLength(MAX_TEXT)
  text: string;

  @ApiPropertyOptional({ type: [AttachedMediaDto], maxItems: MAX_MEDIA })
  @Omittable()
  @IsNestedList(() => AttachedMediaDto, MAX_MEDIA)
  media?: AttachedMediaDto[];
}

export class FirstCommentDto {
  @ApiProperty({ maxLength: MAX_TEXT, description: 'An empty text = no first comment.' })
  @IsString()
  @MaxLength(MAX_TEXT)
  text: string;
}

export class ContentDto {
  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @MaxLength(MAX_TEXT)
  text: string;

  @ApiPropertyOptional({ maxLength: MAX_LINK, example: 'https://example.com' })
  @Omittable()
  @IsString()
  @MaxLength(MAX_LINK)
  link?: string;

  @ApiPropertyOptional({
    type: [ThreadPartDto],
    maxItems: MAX_THREAD,
    description: 'Further parts, in order: each is published below the one before.',
  })
  @Omittable()
  @IsNestedList(() => ThreadPartDto, MAX_THREAD)
  thread?: ThreadPartDto[];

  @ApiPropertyOptional({
    type: FirstCommentDto,
    description: 'Published below the post once all of its thread is out.',
  })
  @Omittable()
  @IsNested(() => FirstCommentDto)
  firstComment?: FirstCommentDto;
}

export class ChannelContentDto {
  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @Omittable()
  @IsString()
  @MaxLength(MAX_TEXT)
  text?: string;

  @ApiPropertyOptional({ maxLength: MAX_LINK, description: 'An empty text = no link on this channel.' })
  @Omittable()
  @IsString()
  @MaxLength(MAX_LINK)
  link?: string;

  @ApiPropertyOptional({
    type: [ThreadPartDto],
    maxItems: MAX_THREAD,
    description: 'In place of the post’s thread. An empty list = no thread on this channel.',
  })
  @Omittable()
  @IsNestedList(() => ThreadPartDto, MAX_THREAD)
  thread?: ThreadPartDto[];

  @ApiPropertyOptional({
    type: FirstCommentDto,
    description: 'In place of the post’s first comment. An empty text = none on this channel.',
  })
  @Omittable()
  @IsNested(() => FirstCommentDto)
  firstComment?: FirstCommentDto;
}

export class ChannelTargetDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  @LowerCase()
  id: string;

  @ApiPropertyOptional({ type: ChannelContentDto, description: 'What differs on this channel.' })
  @Omittable()
  @IsNested(() => ChannelContentDto)
  content?: ChannelContentDto;

  @ApiPropertyOptional({ type: [AttachedMediaDto], maxItems: MAX_MEDIA, description: 'In place of the post’s media.' })
  @Omittable()
  @IsNestedList(() => AttachedMediaDto, MAX_MEDIA)
  media?: AttachedMediaDto[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Answers to the platform’s form (`settings` of its manifest).',
  })
  @Omittable()
  @IsSmallJsonObject()
  settings?: JsonObject;
}

const POST_STATES = ['draft'] as const;

/** The query of a workspace's posts. */
export class PostsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: POST_STATES, description: '`draft` = only posts that are not scheduled anywhere.' })
  @Omittable()
  @IsIn(POST_STATES)
  state?: (typeof POST_STATES)[number];
}

export class CreatePostDto {
  @ApiProperty({ type: ContentDto })
  @IsNested(() => ContentDto)
  content: ContentDto;

  @ApiPropertyOptional({ type: [AttachedMediaDto], maxItems: MAX_MEDIA, default: [] })
  @Omittable()
  @IsNestedList(() => AttachedMediaDto, MAX_MEDIA)
  media?: AttachedMediaDto[];

  @ApiProperty({
    type: [ChannelTargetDto],
    maxItems: MAX_CHANNELS,
    description: 'Where it goes. May be empty in a draft.',
  })
  @IsNestedList(() => ChannelTargetDto, MAX_CHANNELS)
  channels: ChannelTargetDto[];

  @IsSchedule()
  schedule: Schedule;
}

/** Only what is to change; each part replaces the whole part. */
export class UpdatePostDto {
  @ApiPropertyOptional({ type: ContentDto })
  @Omittable()
  @IsNested(() => ContentDto)
  content?: ContentDto;

  @ApiPropertyOptional({ type: [AttachedMediaDto], maxItems: MAX_MEDIA })
  @Omittable()
  @IsNestedList(() => AttachedMediaDto, MAX_MEDIA)
  media?: AttachedMediaDto[];

  @ApiPropertyOptional({ type: [ChannelTargetDto], maxItems: MAX_CHANNELS })
  @Omittable()
  @IsNestedList(() => ChannelTargetDto, MAX_CHANNELS)
  channels?: ChannelTargetDto[];

  @Omittable()
  @IsSchedule({ optional: true })
  schedule?: Schedule;
}

export class PostDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  workspaceId: string;
  @ApiProperty({ type: 'integer', description: 'Counts the changes of the content.' })
  revision: number;
  @ApiProperty({ type: 'integer', description: 'Counts all changes; the ETag names it.' })
  version: number;
  @ApiProperty({ type: ContentDto })
  content: ContentDto;
  @ApiProperty({ type: [AttachedMediaDto] })
  media: AttachedMediaDto[];
  @ApiProperty({ type: [ChannelTargetDto] })
  channels: ChannelTargetDto[];
  @ApiProperty({
    type: [PublicationSummaryDto],
    description: 'One for each channel and time; none while it is a draft.',
  })
  publications: PublicationSummaryDto[];
  @ApiPropertyOptional({
    type: WaitingDto,
    description: 'In lists: where an approval was asked for and is not there yet.',
  })
  approval?: WaitingDto;
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;
  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt: Date;
}

/** What is written, without when it goes out. */
export class PostContentDto {
  @ApiProperty({ type: ContentDto })
  content: ContentDto;
  @ApiProperty({ type: [AttachedMediaDto] })
  media: AttachedMediaDto[];
  @ApiProperty({ type: [ChannelTargetDto] })
  channels: ChannelTargetDto[];
}

export class RevisionDto {
  @ApiProperty({ type: 'integer' })
  number: number;
  @ApiProperty({ type: PostContentDto })
  content: PostContentDto;
  @ApiProperty({ type: ActorDto })
  author: ActorDto;
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;
}

/** Two revisions to compare. */
export class ChangesQuery {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'The earlier revision.' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_REVISION)
  from: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'The later one; left out, it is the present one.' })
  @Omittable()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_REVISION)
  to?: number;
}

export class ChangedMediaDto {
  @ApiProperty({ type: [String], format: 'uuid' })
  before: string[];
  @ApiProperty({ type: [String], format: 'uuid' })
  after: string[];
}

/** One difference, in words. */
export class ChangeDto {
  @ApiProperty({ example: 'content/thread/0/text', description: 'Where; a channel by its id.' })
  field: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null for what is written for all.' })
  channelId: string | null;
  @ApiPropertyOptional(TEXT_PART_SCHEMA)
  part?: TextPart;
  @ApiProperty({ enum: ['text', 'value', 'media', 'channel'] })
  kind: Change['kind'];
  @ApiProperty({ example: 'Part 2 of the thread on Bluesky' })
  label: string;
  @ApiProperty({ type: String, nullable: true, description: 'Null where there was nothing.' })
  before: string | null;
  @ApiProperty({ type: String, nullable: true })
  after: string | null;
  @ApiPropertyOptional({
    type: ChangedMediaDto,
    description: 'Of other images: which there were, and which there are.',
  })
  media?: ChangedMediaDto;
}

export class ChangesDto {
  @ApiProperty({ type: 'integer' })
  from: number;
  @ApiProperty({ type: 'integer' })
  to: number;
  @ApiProperty({ type: [ChangeDto], description: 'Empty where nothing differs in what goes out.' })
  changes: ChangeDto[];
}

/** A rule that stands against publishing. */
export class PreflightErrorDto {
  @ApiProperty({ example: 'content/text' })
  field: string;
  @ApiProperty({ example: 'bluesky.text-too-long' })
  rule: string;
  @ApiProperty()
  message: string;
  @ApiProperty({ description: 'What to do about it.' })
  remedy: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'The channel whose rule it is.' })
  channelId?: string;
  @ApiPropertyOptional({ format: 'uri', description: 'Where the platform says so.' })
  docs?: string;
  @ApiPropertyOptional({ format: 'date', description: 'When the rule was last compared with that page.' })
  verifiedOn?: string;
}

/** A use of a platform that has a price. */
export class PricedCostDto implements PricedCost {
  @ApiProperty({ example: 'post-with-link', description: 'Its id in the price list of the platform.' })
  price: string;
  @ApiProperty({ example: 'a post that holds a link' })
  label: string;
  @ApiProperty({ type: 'integer' })
  count: number;
  @ApiProperty({ description: 'US dollars of all of them together.' })
  usd: number;
}

/** What publishing on one channel will cost. */
export class ChannelCostsDto implements ChannelCosts {
  @ApiProperty({ format: 'uuid' })
  channelId: string;
  @ApiProperty({ description: 'A practice channel: nothing is paid, this is what it would cost.' })
  practice: boolean;
  @ApiProperty({
    type: [PricedCostDto],
    description: 'Of all messages, the first comment included. Reads of what became of them are not foreseen.',
  })
  costs: PricedCostDto[];
  @ApiProperty({ description: 'The sum of them, in US dollars.' })
  usd: number;
}

/** What should be known before it is published, and stands against nothing. */
export class PreflightNoticeDto implements PreflightNotice {
  @ApiProperty({ format: 'uuid' })
  channelId: string;
  @ApiProperty({ example: 'tiktok.terms-unknown' })
  rule: string;
  @ApiProperty()
  message: string;
  @ApiProperty({ description: 'What can be done about it.' })
  remedy: string;
}

export class PreflightDto {
  @ApiProperty()
  valid: boolean;
  @ApiProperty({ type: [PreflightErrorDto], description: 'Every broken rule of every channel.' })
  errors: PreflightErrorDto[];
  @ApiProperty({ type: [PlannedMediaDto], description: 'What each channel gets of each file, and what is changed.' })
  media: PlannedMediaDto[];
  @ApiProperty({
    type: [ChannelCostsDto],
    description:
      'Of each channel whose platform is paid for by use. Certain only where nothing stands against publishing.',
  })
  costs: ChannelCostsDto[];
  @ApiProperty({
    type: [PreflightNoticeDto],
    description:
      'What the platform could not be asked, what it takes from nobody right now, and what may have to wait for another day.',
  })
  notices: PreflightNoticeDto[];
}
