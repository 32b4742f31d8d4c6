import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type ProblemBody } from '#kernel';
import { type UploadState, type UploadView } from '#media';
import { MediaDto } from '../media/media.dto.js';

export class UploadDto implements UploadView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  workspaceId: string;
  @ApiProperty({
    enum: ['receiving', 'checking', 'done', 'refused'],
    description:
      'receiving: bytes are awaited; checking: all of them are there, and are looked at; done: it is in the library; refused: see problem.',
  })
  state: UploadState;
  @ApiProperty()
  filename: string;
  @ApiProperty({ type: 'integer', description: 'Of the whole file.' })
  bytes: number;
  @ApiProperty({ type: 'integer', description: 'Bytes that have arrived.' })
  received: number;
  @ApiPropertyOptional({ type: MediaDto, description: 'Once it is done.' })
  media?: MediaDto;
  @ApiPropertyOptional({
    allOf: [{ $ref: '#/components/schemas/Problem' }],
    description: 'Why it was refused.',
  })
  problem?: ProblemBody;
}
