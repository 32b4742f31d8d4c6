import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, IsUrl, MaxLength } from 'class-validator';
import {
  HELD_REASONS,
  type HeldReason,
  LOG_KINDS,
  type LogKind,
  PUBLICATION_STATES,
  type PublicationState,
  RESOLVED_OUTCOMES,
  type ResolvedOutcome,
  type SegmentProgress,
} from '#publishing';
import { FailureDto } from '../connections/connections.dto.js';
import { Omittable } from '../validators.js';

export class ResolvePublicationDto {
  @ApiProperty({
    enum: RESOLVED_OUTCOMES,
    description: 'What you saw on the platform. `not-published` sends it again.',
  })
  @IsIn(RESOLVED_OUTCOMES)
  outcome: ResolvedOutcome;

  @ApiPropertyOptional({ format: 'uri', maxLength: 2000, description: 'Where the post is, if it was published.' })
  @Omittable()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @MaxLength(2000)
  permalink?: string;
}

/** Longer than any platform takes; each has a limit of its own. */
const MAX_TEXT = 100_000;

export class EditPublicationDto {
  @ApiProperty({ maxLength: MAX_TEXT, description: 'What the published post says from now on.' })
  @IsString()
  @MaxLength(MAX_TEXT)
  text: string;
}

/** What has to happen before a held publication goes out. */
export class HeldDto {
  @ApiProperty()
  message: string;
  @ApiProperty()
  remedy: string;
}

/** A publication as it stands beside its post. */
export class PublicationSummaryDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  channelId: string;
  @ApiProperty({ enum: PUBLICATION_STATES })
  state: PublicationState;
  @ApiProperty({ type: String, format: 'date-time' })
  dueAt: Date;
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
  @ApiPropertyOptional({ enum: HELD_REASONS, description: 'Why it may not go out as things stand.' })
  heldReason?: HeldReason;
  @ApiPropertyOptional({ type: FailureDto, description: 'What went wrong at the last attempt.' })
  failure?: FailureDto;
}

const SEGMENT_KINDS = ['post', 'reply', 'comment'] as const satisfies SegmentProgress['kind'][];
const SEGMENT_STATES = ['published', 'pending'] as const satisfies SegmentProgress['state'][];

/** One message of a publication: the post itself, a further part of its thread, the first comment. */
export class SegmentDto {
  @ApiProperty({ type: 'integer', description: '0 = the post itself.' })
  position: number;
  @ApiProperty({ enum: SEGMENT_KINDS })
  kind: SegmentProgress['kind'];
  @ApiProperty({ enum: SEGMENT_STATES, description: '`pending` = not known to be out.' })
  state: SegmentProgress['state'];
  @ApiProperty({ type: String, format: 'uri', nullable: true })
  permalink: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  publishedAt: Date | null;
}

/** Another text that a published post was given. */
export class EditedDto {
  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;
  @ApiProperty({ description: 'What it says since then.' })
  text: string;
}

export class PublicationDto extends PublicationSummaryDto {
  @ApiProperty({ format: 'uuid' })
  postId: string;
  @ApiProperty({ format: 'uuid' })
  workspaceId: string;
  @ApiProperty({ type: 'integer', description: 'The revision of the post that goes out.' })
  revision: number;
  @ApiProperty({ example: 'Europe/Berlin', description: 'The zone in which the time was chosen.' })
  timeZone: string;
  @ApiProperty({ type: 'integer', description: 'How often it was tried.' })
  attempts: number;
  @ApiProperty({ type: [SegmentDto], description: 'What is out of it and what is not, in order.' })
  segments: SegmentDto[];
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'What it has cost so far, in US dollars; null where the platform costs nothing.',
  })
  cost: number | null;
  @ApiPropertyOptional({ type: HeldDto })
  held?: HeldDto;
  @ApiPropertyOptional({ type: EditedDto, description: 'The last change of the published text.' })
  edited?: EditedDto;
}

export class ActorDto {
  @ApiProperty({ enum: ['user', 'client', 'worker', 'platform', 'system'] })
  type: 'user' | 'client' | 'worker' | 'platform' | 'system';
  @ApiPropertyOptional()
  id?: string;
  @ApiPropertyOptional({ description: 'A user’s name, or that of an API key.' })
  name?: string;
}

export class LogEntryDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;
  @ApiProperty({ enum: LOG_KINDS })
  kind: LogKind;
  @ApiProperty({ type: ActorDto })
  actor: ActorDto;
  @ApiProperty({ type: 'integer', description: 'The attempt that it belongs to; 0 before the first.' })
  attempt: number;
  @ApiProperty({ enum: PUBLICATION_STATES, description: 'The state after it.' })
  state: PublicationState;
  @ApiPropertyOptional({ type: FailureDto })
  failure?: FailureDto;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'What was seen or done, in detail.' })
  evidence?: Record<string, unknown>;
}
