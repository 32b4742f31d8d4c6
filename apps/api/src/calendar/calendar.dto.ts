import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type as Convert } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { CALENDAR_STATES, type CalendarState } from '#planning';
import { FAILURE_KINDS, type FailureKind } from '#platforms/core';
import { HELD_REASONS, type HeldReason, PUBLICATION_STATES, type PublicationState } from '#publishing';
import { WaitingDto } from '../approvals/waiting.dto.js';
import { Omittable } from '../validators.js';

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 1_000;
/** Longer than any instant is written. */
const MAX_INSTANT = 64;
const MAX_CHANNELS = 100;

/** Which part of the calendar. */
export class CalendarQuery {
  @ApiProperty({ type: 'string', format: 'date-time', description: 'The first instant.' })
  @IsString()
  @MaxLength(MAX_INSTANT)
  from: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'The instant behind the last one, at most 100 days later.',
  })
  @IsString()
  @MaxLength(MAX_INSTANT)
  to: string;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    maxItems: MAX_CHANNELS,
    description: 'Only those of these channels; repeated, or separated by commas.',
  })
  @Omittable()
  @IsListOf()
  @ArrayMaxSize(MAX_CHANNELS)
  @IsUUID(undefined, { each: true })
  channelId?: string[];

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', enum: [...CALENDAR_STATES] },
    description: 'Only those in these states; repeated, or separated by commas.',
  })
  @Omittable()
  @IsListOf()
  @ArrayMaxSize(CALENDAR_STATES.length)
  @IsIn(CALENDAR_STATES, { each: true })
  state?: CalendarState[];

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT })
  @Omittable()
  @Convert(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  limit: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({ type: 'string', description: 'The `next` of the page before.' })
  @Omittable()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}

/** What went wrong, in short; the publication tells the rest. */
export class CalendarFailureDto {
  @ApiProperty({ enum: FAILURE_KINDS })
  kind: FailureKind;
  @ApiProperty({ description: 'What went wrong.' })
  message: string;
}

/** A publication as a calendar shows it. */
export class CalendarEntryDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  postId: string;
  @ApiProperty({ type: 'integer', description: 'The version of the post, for `If-Match`.' })
  postVersion: number;
  @ApiProperty({ format: 'uuid' })
  channelId: string;
  @ApiProperty({ example: 'bluesky' })
  platform: string;
  @ApiProperty({ enum: PUBLICATION_STATES })
  state: PublicationState;
  @ApiPropertyOptional({ enum: HELD_REASONS, description: 'Why it may not go out as things stand.' })
  heldReason?: HeldReason;
  @ApiProperty({ type: String, format: 'date-time' })
  dueAt: Date;
  @ApiProperty({ example: 'Europe/Berlin', description: 'The zone in which the time was chosen.' })
  timeZone: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  publishedAt: Date | null;
  @ApiProperty({ type: String, format: 'uri', nullable: true, description: 'Where the published post can be seen.' })
  permalink: string | null;
  @ApiPropertyOptional({
    description: 'What people still have to know or to do about the published post, in a sentence.',
    example: 'It waits in TikTok’s inbox until it is posted from there.',
  })
  note?: string;
  @ApiPropertyOptional({
    description:
      'What the platform is working on at the moment, in a sentence. Nothing is wrong, and nothing needs doing.',
    example: 'Instagram is processing the video.',
  })
  waitingFor?: string;
  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'When the published post was removed from the platform. Absent = it was not.',
  })
  removedAt?: Date;
  @ApiProperty({ maxLength: 280, description: 'The first 280 characters of what this channel gets.' })
  text: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The first image.' })
  mediaId: string | null;
  @ApiProperty({ type: 'integer' })
  mediaCount: number;
  @ApiPropertyOptional({ type: CalendarFailureDto, description: 'What went wrong at the last attempt.' })
  failure?: CalendarFailureDto;
  @ApiPropertyOptional({ type: WaitingDto, description: 'Of its post, where one was asked for and is not there yet.' })
  approval?: WaitingDto;
}

/** Several values of one parameter of an address: it may be repeated, and a value may be a list separated by commas. */
function IsListOf(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    const given: unknown[] = Array.isArray(value) ? value : [value];
    return given.flatMap((item) => (typeof item === 'string' ? item.toLowerCase().split(',') : [item]));
  });
}
