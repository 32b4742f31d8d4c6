import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath, PartialType } from '@nestjs/swagger';
import {
  type ApiVersion,
  type Appearance,
  type Budget,
  type ConnectMethod,
  type ConnectWay,
  type CountingUnit,
  type PlatformLimits,
  type PlatformManifest,
  type PostFormat,
  type Price,
  type ReconcilePolicy,
  type TextLimit,
} from '#platforms/core';
import { FormFieldDto } from './form-field.dto.js';
import { MediaLimitDto } from './media-limits.dto.js';

const COUNTING_UNITS: readonly CountingUnit[] = ['graphemes', 'code-points', 'utf16', 'bytes', 'weighted'];
const TEXT_ENCODINGS = ['little-text'] as const satisfies NonNullable<TextLimit['encoding']>[];
const RECONCILE_METHODS: readonly ReconcilePolicy['method'][] = ['exact', 'match', 'repeat', 'none'];

/** The account is connected by a form. */
export class CredentialsConnectDto {
  @ApiProperty({ enum: ['credentials'] })
  type: 'credentials';
  @ApiProperty({ type: [FormFieldDto] })
  fields: readonly FormFieldDto[];
}

/** One of several ways to connect, each with a consent page of its own. */
export class ConnectWayDto implements ConnectWay {
  @ApiProperty()
  id: string;
  @ApiProperty()
  label: string;
  @ApiProperty({ description: 'When to choose it.' })
  help: string;
  @ApiProperty({ description: 'Under which name the operator entered the app.' })
  app: string;
  @ApiProperty({ type: [String] })
  scopes: readonly string[];
  @ApiProperty({ type: [String] })
  requiredScopes: readonly string[];
  @ApiPropertyOptional({
    description: 'How the person takes the permission away on the platform, where it takes none back from a program.',
  })
  revokeByHand?: string;
}

/** The account is connected on the platform's own consent page. */
export class OauthConnectDto {
  @ApiProperty({ enum: ['oauth'] })
  type: 'oauth';
  @ApiProperty({ type: [String], description: 'What is asked for.' })
  scopes: readonly string[];
  @ApiProperty({ type: [String], description: 'Without these nothing can be published.' })
  requiredScopes: readonly string[];
  @ApiPropertyOptional({ description: 'Under which name the operator entered the app. Absent = the platform’s id.' })
  app?: string;
  @ApiPropertyOptional({ type: [ConnectWayDto], description: 'Where there are several; the first is offered first.' })
  ways?: readonly ConnectWayDto[];
}

/** Beside what a platform has no field for a link. */
export class LinkInTextDto {
  @ApiProperty({ description: 'Beside files.' })
  media: boolean;
  @ApiProperty({ type: [String], description: 'Names of settings: while one of them is filled in.' })
  settings: readonly string[];
}

/** The platform has no field for a link: it is sent behind the text. */
export class CountedLinkDto {
  @ApiProperty({ description: 'What is sent between text and link.' })
  separator: string;
  @ApiPropertyOptional({ type: LinkInTextDto, description: 'Only beside these; absent = always.' })
  onlyWith?: LinkInTextDto;
}

/** How long a text may be, and what counts towards it. */
export class TextLimitDto implements TextLimit {
  @ApiProperty({ type: 'integer' })
  max: number;
  @ApiProperty({ enum: COUNTING_UNITS, enumName: 'CountingUnit' })
  unit: CountingUnit;
  @ApiPropertyOptional({ type: 'integer', description: 'Where a video is attached.' })
  maxWithVideo?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Every URL counts as this many, however long it is.' })
  urlLength?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'A second limit, in UTF-8 bytes.' })
  maxBytes?: number;
  @ApiPropertyOptional({
    type: CountedLinkDto,
    description: 'The link is sent behind the text and counts with it, unless the text holds it already.',
  })
  countsLink?: CountedLinkDto;
  @ApiPropertyOptional({ type: [String], description: 'Names of settings whose text counts as well.' })
  countsSettings?: readonly string[];
  @ApiPropertyOptional({ description: 'An emoji counts as its bytes in UTF-8.' })
  emojiAsBytes?: boolean;
  @ApiPropertyOptional({ description: 'Of a mention `@name@server` only `@name` counts.' })
  shortMentions?: boolean;
  @ApiPropertyOptional({
    enum: TEXT_ENCODINGS,
    description: 'What counts is the text as it is written for the platform, with its reserved characters escaped.',
  })
  encoding?: (typeof TEXT_ENCODINGS)[number];
  @ApiProperty({ description: 'May the text be empty when there is media or a link?' })
  emptyWithAttachment: boolean;
  @ApiProperty({ description: 'May the text be empty with nothing else at all?' })
  emptyAlone: boolean;
}

/** What a link may be. */
export class LinkLimitDto {
  @ApiProperty()
  supported: boolean;
  @ApiPropertyOptional({ type: 'integer' })
  maxLength?: number;
  @ApiProperty({ description: 'Whether a post may have a link and media.' })
  withMedia: boolean;
}

/** How long the description of an image may be. */
export class AltTextLimitDto {
  @ApiProperty({ type: 'integer' })
  max: number;
  @ApiProperty({ enum: COUNTING_UNITS, enumName: 'CountingUnit' })
  unit: CountingUnit;
  @ApiPropertyOptional({
    type: 'integer',
    description: 'Of a video. Absent = as many as of an image; 0 = none is kept.',
  })
  maxForVideo?: number;
}

/** What a post may contain. */
export class PlatformLimitsDto implements PlatformLimits {
  @ApiProperty({ type: TextLimitDto })
  text: TextLimitDto;
  @ApiProperty({ type: LinkLimitDto })
  link: LinkLimitDto;
  @ApiProperty({ type: MediaLimitDto })
  media: MediaLimitDto;
  @ApiPropertyOptional({ type: AltTextLimitDto, description: 'Absent = descriptions are not counted.' })
  altText?: AltTextLimitDto;
}

/** What the platform can do beside publishing. */
export class CapabilitiesDto {
  @ApiProperty({ description: 'A published post can be removed.' })
  remove: boolean;
  @ApiProperty({ description: 'A published post can be changed.' })
  edit: boolean;
  @ApiProperty({ description: 'Several messages, each below the one before.' })
  thread: boolean;
  @ApiProperty({ description: 'A comment of its own below the post.' })
  firstComment: boolean;
}

/** Where a format can do less than the ordinary post. */
export class FormatCapabilitiesDto extends PartialType(CapabilitiesDto) {}

/** A kind of post with limits of its own. */
export class PostFormatDto implements PostFormat {
  @ApiProperty({ example: 'reel', description: 'The value of the setting `format`.' })
  id: string;
  @ApiProperty()
  label: string;
  @ApiProperty({ description: 'What it is.' })
  help: string;
  @ApiProperty({ type: PlatformLimitsDto })
  limits: PlatformLimitsDto;
  @ApiPropertyOptional({ type: FormatCapabilitiesDto, description: 'Absent = as of the ordinary post.' })
  capabilities?: FormatCapabilitiesDto;
}

/** How it is cleared up whether a post is visible when no answer came. */
export class ReconcilePolicyDto implements ReconcilePolicy {
  @ApiProperty({ enum: RECONCILE_METHODS })
  method: ReconcilePolicy['method'];
  @ApiProperty({ type: 'integer', description: 'How long a new post may stay invisible to a look, in milliseconds.' })
  settleMs: number;
  @ApiProperty()
  explanation: string;
}

/** How the platform is shown. */
export class AppearanceDto implements Appearance {
  @ApiProperty({ example: '#1185fe', pattern: '^#[0-9a-fA-F]{6}$' })
  color: string;
  @ApiPropertyOptional({
    description: 'The `d` of an SVG path in a view box of 24 by 24, filled in one colour. Absent = the first letter.',
  })
  icon?: string;
}

/** The version of the platform’s API that is used. */
export class ApiVersionDto implements Pick<ApiVersion, 'version' | 'endsOn' | 'docs'> {
  @ApiProperty({ example: '202609' })
  version: string;
  @ApiPropertyOptional({
    format: 'date',
    description: 'The platform answers it no longer from that day on. Absent where the platform has not said.',
  })
  endsOn?: string;
  @ApiProperty({ format: 'uri' })
  docs: string;
}

/** What one use of the platform costs whoever runs this installation. */
export class PriceDto implements Price {
  @ApiProperty({ example: 'post-with-link' })
  id: string;
  @ApiProperty({ example: 'a post that holds a link' })
  label: string;
  @ApiProperty({ description: 'US dollars each.' })
  usd: number;
  @ApiProperty({ format: 'date', description: 'When it was last compared with the price list.' })
  asOf: string;
  @ApiProperty({ format: 'uri', description: 'The price list.' })
  docs: string;
}

/** What everybody who uses this installation's app may use of the platform's API in a day. */
export class BudgetDto implements Budget {
  @ApiProperty({ example: 'uploads' })
  id: string;
  @ApiProperty({ example: 'videos uploaded by everybody here' })
  what: string;
  @ApiProperty({ type: 'integer' })
  limit: number;
  @ApiProperty({ example: 'America/Los_Angeles', description: 'The day ends at midnight there.' })
  timeZone: string;
  @ApiProperty({ format: 'uri', description: 'The page that explains it.' })
  docs: string;
}

/** The practice network of a platform. */
export class PracticeDto {
  @ApiProperty({ description: 'Whether practice networks run here.' })
  available: boolean;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Credentials of a practice account; empty where it is connected by a consent page.',
  })
  credentials: Record<string, string>;
}

/** A manifest: everything about a platform from which forms, limits and previews are drawn. */
@ApiExtraModels(CredentialsConnectDto, OauthConnectDto)
export class PlatformDto {
  @ApiProperty({ example: 'bluesky' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty()
  summary: string;
  @ApiProperty({ format: 'uri' })
  docs: string;
  @ApiProperty({ format: 'date', description: 'When these facts were last compared with the documentation.' })
  verifiedOn: string;
  @ApiProperty({
    oneOf: [{ $ref: getSchemaPath(CredentialsConnectDto) }, { $ref: getSchemaPath(OauthConnectDto) }],
    description: 'How an account is connected; `type` tells which.',
  })
  connect: ConnectMethod;
  @ApiProperty({ type: [FormFieldDto], description: 'The form of a post’s settings.' })
  settings: PlatformManifest['settings'];
  @ApiProperty({
    type: PlatformLimitsDto,
    description: 'What a post may contain; a channel may have limits of its own.',
  })
  limits: PlatformLimitsDto;
  @ApiPropertyOptional({
    type: [PostFormatDto],
    description: 'Kinds of post; the first is the ordinary one, with the limits above. Absent = one kind alone.',
  })
  formats?: readonly PostFormatDto[];
  @ApiProperty({ type: CapabilitiesDto })
  capabilities: CapabilitiesDto;
  @ApiProperty({ type: ReconcilePolicyDto, description: 'How unknown outcomes are cleared up.' })
  reconcile: ReconcilePolicyDto;
  @ApiProperty({ type: AppearanceDto })
  appearance: AppearanceDto;
  @ApiPropertyOptional({
    description: 'What everybody has to know who publishes there for real. It does not hold on the practice network.',
  })
  notice?: string;
  @ApiPropertyOptional({ type: [PriceDto], description: 'What using it costs. Absent = nothing.' })
  prices?: readonly PriceDto[];
  @ApiPropertyOptional({
    type: [BudgetDto],
    description:
      'What of its API may be used in a day. What does not fit any more waits for the next. Absent = no limit.',
  })
  budgets?: readonly BudgetDto[];
  @ApiPropertyOptional({ type: ApiVersionDto })
  apiVersion?: ApiVersionDto;
  @ApiProperty({ type: PracticeDto })
  practice: PracticeDto;
}

/** What this installation can publish to. */
export class PlatformsDto {
  @ApiProperty({ type: [PlatformDto] })
  data: PlatformDto[];
}
