import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { type ChannelTerms, type LookupAnswer, type SettingTerms } from '#platforms/core';
import { type UsageEntry } from '#publishing';
import { FormOptionDto } from '../platforms/form-field.dto.js';
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

/** A limit, and how much of it is used. */
export class ChannelUsageDto implements UsageEntry {
  @ApiProperty({ example: 'posts in 24 hours' })
  what: string;
  @ApiProperty({ type: 'integer' })
  used: number;
  @ApiProperty({ type: 'integer' })
  limit: number;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The window moves with the time; in milliseconds. Null where it is counted by the day (`resetsAt`).',
  })
  windowMs: number | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'It is counted from nothing again then. Null where the window moves.',
  })
  resetsAt: Date | null;
  @ApiProperty({ format: 'uri', description: 'The page that explains it.' })
  docs: string;
}

export class ChannelUsagesDto {
  @ApiProperty({
    type: [ChannelUsageDto],
    description: 'The channel’s own limits, as the platform tells them, and what everybody here shares. May be empty.',
  })
  data: ChannelUsageDto[];
}

/** As whom a post will appear. */
export class TermsAccountDto implements NonNullable<ChannelTerms['account']> {
  @ApiProperty()
  name: string;
  @ApiPropertyOptional()
  handle?: string;
  @ApiPropertyOptional({ format: 'uri' })
  avatarUrl?: string;
}

/** What the platform says of one setting of a post right now. */
export class SettingTermsDto implements SettingTerms {
  @ApiPropertyOptional({ type: [FormOptionDto], description: 'Only these may be chosen.' })
  options?: readonly FormOptionDto[];
  @ApiPropertyOptional({ description: 'Why it may not be chosen at all.' })
  unavailable?: string;
}

/** What the platform says right now about posting as this account. */
@ApiExtraModels(SettingTermsDto)
export class ChannelTermsDto implements ChannelTerms {
  @ApiPropertyOptional({ type: TermsAccountDto })
  account?: TermsAccountDto;
  @ApiPropertyOptional({ description: 'Why nothing can be posted right now.' })
  closed?: string;
  @ApiPropertyOptional({ type: 'integer', description: 'The longest video, in milliseconds.' })
  maxVideoMs?: number;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(SettingTermsDto) },
    description: 'By the names of settings; what is not named is as the platform’s form says.',
  })
  settings?: Record<string, SettingTermsDto>;
}

export class ChannelTermsAnswerDto {
  @ApiProperty({ type: ChannelTermsDto, nullable: true, description: 'Null where the platform has none.' })
  terms: ChannelTermsDto | null;
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
