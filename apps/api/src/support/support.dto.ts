import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { ATTENTION_STATES, type AttentionState, type Cause, CAUSES } from '#publishing';
import { PageQuery } from '../http/index.js';
import { PublicationDto } from '../publications/publications.dto.js';
import { LowerCase, Omittable } from '../validators.js';

/** Of which place; what is left out stands for all. */
export class CausesQuery {
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
}

/** Which publications that need attention. */
export class AttentionQuery extends IntersectionType(PageQuery, CausesQuery) {
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
}

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
