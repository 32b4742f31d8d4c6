import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsNotEmpty, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { FAILURE_KINDS, type FailureKind } from '#platforms/core';
import { ATTENTION_STATES, type AttentionState, type Cause, CAUSES } from '#publishing';
import { PageQuery } from '../http/index.js';
import { PublicationDto } from '../publications/publications.dto.js';
import { LowerCase, Omittable } from '../validators.js';
import { IsInstant } from './instant.validator.js';

/** What platforms call a code or a request; longer is a mistake. */
const MAX_PLATFORM_TEXT = 200;
const MAX_SEARCH = 200;

/** People paste with the blanks around it. */
function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}

/** Which publications that need attention: all that is given holds together, what is left out stands for all. */
export class AttentionFilterDto {
  @ApiPropertyOptional({
    enum: ATTENTION_STATES,
    description: 'Only these. `late` = due more than five minutes ago and still on its way.',
  })
  @Omittable()
  @IsIn(ATTENTION_STATES)
  state?: AttentionState;

  @ApiPropertyOptional({ enum: CAUSES, enumName: 'Cause', description: 'Only those that have this cause.' })
  @Omittable()
  @IsIn(CAUSES)
  cause?: Cause;

  @ApiPropertyOptional({ type: 'string', format: 'uuid', description: 'Only those of this channel.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  channelId?: string;

  @ApiPropertyOptional({ type: 'string', format: 'uuid', description: 'Only those of this workspace.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  workspaceId?: string;

  @ApiPropertyOptional({ example: 'bluesky', description: 'Only those that go to this platform.' })
  @Omittable()
  @Matches(/^[a-z][a-z0-9-]{0,49}$/, { message: 'platform is no id of a platform, as in "bluesky"' })
  platform?: string;

  @ApiPropertyOptional({ enum: FAILURE_KINDS, description: 'Only those whose last failure is of this kind.' })
  @Omittable()
  @IsIn(FAILURE_KINDS)
  failureKind?: FailureKind;

  @ApiPropertyOptional({
    maxLength: MAX_PLATFORM_TEXT,
    description: 'Only those whose last failure has this code, written as the platform does: `190/463`.',
  })
  @Omittable()
  @IsString()
  @Trimmed()
  @IsNotEmpty()
  @MaxLength(MAX_PLATFORM_TEXT)
  platformCode?: string;

  @ApiPropertyOptional({
    maxLength: MAX_PLATFORM_TEXT,
    description: 'Only that of which this request failed, at the last attempt or an earlier one, or looked for it.',
  })
  @Omittable()
  @IsString()
  @Trimmed()
  @IsNotEmpty()
  @MaxLength(MAX_PLATFORM_TEXT)
  requestId?: string;

  @ApiPropertyOptional({
    maxLength: MAX_SEARCH,
    description: 'Only those whose text contains this, in whatever case.',
  })
  @Omittable()
  @IsString()
  @Trimmed()
  @IsNotEmpty()
  @MaxLength(MAX_SEARCH)
  text?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'Only those due then or later.' })
  @Omittable()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'Only those due before.' })
  @Omittable()
  @IsInstant()
  to?: string;

  @ApiPropertyOptional({ type: 'string', format: 'uuid', description: 'Only those of this post.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  postId?: string;

  @ApiPropertyOptional({ type: 'string', format: 'uuid', description: 'Only this publication.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  publicationId?: string;
}

/** A page of the publications that need attention. */
export class AttentionQuery extends IntersectionType(PageQuery, AttentionFilterDto) {}

/** A publication that needs attention. */
export class AttentionDto extends PublicationDto {
  @ApiProperty({ enum: CAUSES, enumName: 'Cause', description: 'What `GET /v1/support/causes` counts it under.' })
  cause: Cause;
  @ApiProperty({ example: 'bluesky' })
  platform: string;
  @ApiProperty()
  channelName: string;
  @ApiProperty()
  workspaceName: string;
  @ApiProperty({ maxLength: 280, description: 'The first 280 characters of what this channel gets.' })
  text: string;
  @ApiProperty({ type: String, format: 'date-time', description: 'When it came to be as it is.' })
  updatedAt: Date;
}

/** Publications that need attention for the same cause. */
export class CauseDto {
  @ApiProperty({ enum: CAUSES, enumName: 'Cause' })
  cause: Cause;
  @ApiProperty({ enum: ATTENTION_STATES })
  state: AttentionState;
  @ApiProperty({ type: 'integer' })
  count: number;
  @ApiProperty({ type: String, format: 'date-time', description: 'When the first of them was due.' })
  oldestDueAt: Date;
  @ApiProperty({ description: 'What is wrong.' })
  title: string;
  @ApiProperty({ description: 'The next step.' })
  remedy: string;
  @ApiProperty({ type: [String], example: ['bluesky'], description: 'The platforms that they go to.' })
  platforms: string[];
}

/** Everything that needs attention, by its causes. */
export class CausesDto {
  @ApiProperty({ type: [CauseDto], description: 'The worst first.' })
  data: CauseDto[];
  @ApiProperty({ type: 'integer', description: 'How many publications need attention in all.' })
  total: number;
}
