import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type MediaKind,
  RENDITION_STATES,
  type RenditionFailure,
  type RenditionState,
  type RenditionView,
} from '#media';

export class RenditionFailureDto implements RenditionFailure {
  @ApiProperty({ example: 'media.rendition-failed' })
  rule: string;
  @ApiProperty()
  message: string;
  @ApiProperty({ description: 'What to do about it.' })
  remedy: string;
}

/** A version of a file that goes out, or is looked at. */
export class RenditionDto implements RenditionView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: RENDITION_STATES })
  state: RenditionState;
  @ApiProperty({ type: [String], description: 'What it is made of, as far as you may see it.' })
  mediaIds: string[];
  @ApiProperty({ type: [String], description: 'Where those lie.' })
  workspaceIds: string[];
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the first publication that sends it is due: the sooner, the earlier it is made.',
  })
  neededAt: Date | null;
  @ApiPropertyOptional({ description: 'From 0 to 1, while it is made.' })
  progress?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'How long the rest may take, in milliseconds.' })
  remainingMs?: number;
  @ApiPropertyOptional({ type: RenditionFailureDto, description: 'Why it could not be made.' })
  failure?: RenditionFailureDto;
  @ApiPropertyOptional({ enum: ['image', 'video', 'document'], description: 'Of the file, once it is ready.' })
  kind?: MediaKind;
  @ApiPropertyOptional({ example: 'video/mp4' })
  contentType?: string;
  @ApiPropertyOptional({ type: 'integer', description: 'In pixels.' })
  width?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'In pixels.' })
  height?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Of videos and animations, in milliseconds.' })
  durationMs?: number;
  @ApiPropertyOptional({ type: 'integer' })
  bytes?: number;
}
