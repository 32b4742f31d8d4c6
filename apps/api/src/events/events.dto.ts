import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import {
  LOG_KINDS,
  type LogKind,
  PUBLICATION_STATES,
  type PublicationChange,
  type PublicationState,
} from '#publishing';

export class EventsQuery {
  @ApiPropertyOptional({ description: 'Goes on behind this event id, as the header `Last-Event-ID` does.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  after?: string;
}

/** The data of an event `publication`. */
export class PublicationEventDto implements PublicationChange {
  @ApiProperty({ format: 'uuid' })
  publicationId: string;
  @ApiProperty({ format: 'uuid' })
  postId: string;
  @ApiProperty({ format: 'uuid' })
  workspaceId: string;
  @ApiProperty({ format: 'uuid' })
  channelId: string;
  @ApiProperty({ enum: PUBLICATION_STATES, description: 'The state after the change.' })
  state: PublicationState;
  @ApiProperty({ type: 'integer', description: 'Counts the changes of the publication: a smaller one is older news.' })
  version: number;
  @ApiProperty({ enum: LOG_KINDS, description: 'What happened, as in the publishing log.' })
  kind: LogKind;
  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;
}
