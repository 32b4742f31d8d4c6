import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsInt, IsUUID, Max, Min } from 'class-validator';
import {
  HELD_REASONS,
  type HeldReason,
  MAX_BULK,
  PUBLICATION_STATES,
  type PublicationState,
  RESOLVED_OUTCOMES,
  type ResolvedOutcome,
  SUPPORT_ACTIONS,
  type SupportAction,
} from '#publishing';
import { IsNested, Omittable } from '../validators.js';
import { AttentionDto, AttentionFilterDto } from './attention.dto.js';

const OUTCOMES = ['done', 'skipped'] as const;

/** What to do about which publications. */
export class SupportPreviewRequestDto {
  @ApiProperty({
    enum: SUPPORT_ACTIONS,
    description:
      '`retry` tries once more and at once, `hold` keeps from going out until a person releases, `release` ends that, ' +
      '`resolve` decides about unconfirmed ones, `reconcile` looks on the platform now and sends nothing.',
  })
  @IsIn(SUPPORT_ACTIONS)
  action: SupportAction;

  @ApiPropertyOptional({ type: AttentionFilterDto, description: `All that this finds, at most ${MAX_BULK}.` })
  @Omittable()
  @IsNested(() => AttentionFilterDto)
  filter?: AttentionFilterDto;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    minItems: 1,
    maxItems: MAX_BULK,
    description: 'Instead of a filter: these publications, whatever their state.',
  })
  @Omittable()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_BULK)
  @IsUUID(undefined, { each: true })
  ids?: string[];

  @ApiPropertyOptional({
    enum: RESOLVED_OUTCOMES,
    description: 'For `resolve`: what was seen of all of them. `not-published` sends them again.',
  })
  @Omittable()
  @IsIn(RESOLVED_OUTCOMES)
  resolution?: ResolvedOutcome;
}

/** Publications to which the same happens. */
export class PreviewGroupDto {
  @ApiProperty({ enum: OUTCOMES })
  outcome: (typeof OUTCOMES)[number];
  @ApiProperty({ type: 'integer' })
  count: number;
  @ApiProperty({ description: 'What happens, or why nothing does.' })
  sentence: string;
  @ApiPropertyOptional({ example: 'bluesky' })
  platform?: string;
  @ApiPropertyOptional({ example: 'held:channel-paused', description: 'Why nothing happens, for programs.' })
  rule?: string;
}

/** What will happen to one publication. */
export class PreviewItemDto extends PickType(AttentionDto, ['platform', 'channelName', 'workspaceName', 'text']) {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: OUTCOMES })
  outcome: (typeof OUTCOMES)[number];
  @ApiProperty({ description: 'What happens, or why nothing does.' })
  sentence: string;
  @ApiProperty({ enum: PUBLICATION_STATES })
  state: PublicationState;
}

/** What a bulk action will do. */
export class SupportPreviewDto {
  @ApiProperty({ format: 'uuid', description: 'Carries it out, on exactly these publications as they are now.' })
  previewToken: string;
  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt: Date;
  @ApiProperty({ type: 'integer', description: 'How many publications were chosen.' })
  total: number;
  @ApiProperty({ type: 'integer', description: 'About how many of them something is done.' })
  done: number;
  @ApiProperty({ type: 'integer', description: 'How many are left as they are.' })
  skipped: number;
  @ApiProperty({ type: [PreviewGroupDto] })
  groups: PreviewGroupDto[];
  @ApiProperty({ type: [PreviewItemDto], description: 'The first 20 of them.' })
  items: PreviewItemDto[];
}

/** Carries out what a preview showed. */
export class SupportActionRequestDto {
  @ApiProperty({ format: 'uuid', description: 'That of the preview.' })
  @IsUUID()
  previewToken: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MAX_BULK,
    default: 0,
    description: 'The first to be done, to do it part by part.',
  })
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(MAX_BULK)
  offset: number = 0;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_BULK,
    default: MAX_BULK,
    description: 'How many are done.',
  })
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(MAX_BULK)
  limit: number = MAX_BULK;
}

/** What became of one publication. */
export class SupportResultDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: OUTCOMES })
  outcome: (typeof OUTCOMES)[number];
  @ApiPropertyOptional({ enum: PUBLICATION_STATES, description: 'As it is now; absent where it is gone.' })
  state?: PublicationState;
  @ApiPropertyOptional({ enum: HELD_REASONS })
  heldReason?: HeldReason;
  @ApiPropertyOptional({ description: 'Why it was skipped, or what still keeps it back.' })
  why?: string;
}

/** What a bulk action, or a part of it, came to. */
export class SupportResultsDto {
  @ApiProperty({ type: [SupportResultDto] })
  data: SupportResultDto[];
  @ApiProperty({ type: 'integer', description: 'How many publications the preview showed.' })
  total: number;
  @ApiProperty({ type: 'integer' })
  done: number;
  @ApiProperty({ type: 'integer' })
  skipped: number;
}
