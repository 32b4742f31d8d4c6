import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { RENDITION_STATES, type RenditionState } from '#media';
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

/** The data of an event `rendition`. */
export class RenditionEventDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: [String], description: 'The files that it is made of, as far as you may see them.' })
  mediaIds: string[];
  @ApiProperty({ type: [String], description: 'Where those lie.' })
  workspaceIds: string[];
  @ApiProperty({ enum: RENDITION_STATES })
  state: RenditionState;
  @ApiProperty({ type: Number, nullable: true, description: 'From 0 to 1, while it is made.' })
  progress: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'How long the rest may take, in milliseconds.' })
  remainingMs: number | null;
}
