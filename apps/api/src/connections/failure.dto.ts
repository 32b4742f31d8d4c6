import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FAILURE_KINDS, type Failure } from '#platforms/core';

/** Why something did not work, what to do about it, and what the platform said. */
export class FailureDto implements Failure {
  @ApiProperty({ enum: FAILURE_KINDS })
  kind: Failure['kind'];
  @ApiProperty({ description: 'What went wrong.' })
  message: string;
  @ApiProperty({ description: 'What to do about it.' })
  remedy: string;
  @ApiPropertyOptional({ description: 'The platform’s own code.' })
  platformCode?: string;
  @ApiPropertyOptional({ description: 'The platform’s own words.' })
  platformMessage?: string;
  @ApiPropertyOptional({ description: 'Names the request to the platform’s support.' })
  requestId?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Not before this time.' })
  retryAt?: string;
  @ApiPropertyOptional({ format: 'uri' })
  docs?: string;
}
