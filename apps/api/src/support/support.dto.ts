import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { ATTENTION_STATES, type AttentionState } from '#publishing';
import { PageQuery } from '../http/index.js';
import { PublicationDto } from '../publications/publications.dto.js';
import { LowerCase, Omittable } from '../validators.js';

export class AttentionQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ATTENTION_STATES, description: 'Only those in this state.' })
  @Omittable()
  @IsIn(ATTENTION_STATES)
  state?: AttentionState;

  @ApiPropertyOptional({ type: 'string', format: 'uuid', description: 'Only those of this channel.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  channelId?: string;
}

export class AttentionDto extends PublicationDto {
  @ApiProperty({ example: 'bluesky' })
  platform: string;
  @ApiProperty()
  channelName: string;
  @ApiProperty({ type: String, format: 'date-time', description: 'When it came to be as it is.' })
  updatedAt: Date;
}
