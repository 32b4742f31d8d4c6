import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { type ChannelUsage, type LookupAnswer } from '#platforms/core';
import { Omittable } from '../validators.js';

/** The longest that a search may be. */
const MAX_QUERY = 100;
/** Longer than any id of a platform. */
const MAX_VALUE = 200;

export class LookupQuery {
  @ApiProperty({
    maxLength: MAX_QUERY,
    description:
      'What to search for, as people type it. An empty query finds nothing, and all there is of a setting that is `listed`.',
  })
  @IsString()
  @MaxLength(MAX_QUERY)
  query: string;

  @ApiPropertyOptional({
    maxLength: MAX_VALUE,
    description:
      'The `value` that was chosen in the setting that this one depends on (`dependsOn`): a board, to find its sections.',
  })
  @Omittable()
  @IsString()
  @MaxLength(MAX_VALUE)
  of?: string;
}

/** A limit that the platform tells, and how much of it is used. */
export class ChannelUsageDto implements ChannelUsage {
  @ApiProperty({ example: 'posts in 24 hours' })
  what: string;
  @ApiProperty({ type: 'integer' })
  used: number;
  @ApiProperty({ type: 'integer' })
  limit: number;
  @ApiProperty({ type: 'integer', description: 'The window moves with the time; in milliseconds.' })
  windowMs: number;
  @ApiProperty({ format: 'uri', description: 'The page that explains it.' })
  docs: string;
}

export class ChannelUsagesDto {
  @ApiProperty({ type: [ChannelUsageDto], description: 'Empty where the platform tells none.' })
  data: ChannelUsageDto[];
}

/** One of what the platform found. `{value, label}` is what the setting holds. */
export class LookupAnswerDto implements LookupAnswer {
  @ApiProperty()
  value: string;
  @ApiProperty()
  label: string;
  @ApiPropertyOptional({
    description: 'What tells it from others of the same name: an address, a number of followers.',
  })
  detail?: string;
}

export class LookupAnswersDto {
  @ApiProperty({ type: [LookupAnswerDto], description: 'At most 20; 250 of a setting that is `listed`.' })
  data: LookupAnswerDto[];
}
