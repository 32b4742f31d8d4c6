import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsString, IsUUID, MaxLength } from 'class-validator';
import { type GainedChannel, type KnownChannel, type ReconnectionView, type ReconnectPreview } from '#channels';
import { IsTextRecord, Omittable } from '../validators.js';
import { AccountDto, MAX_CREDENTIAL_LENGTH } from './connections.dto.js';
import { FailureDto } from './failure.dto.js';
import { MissingScopeDto } from './health.dto.js';
import { MAX_PLACE_ID, MAX_PLACES } from './places.dto.js';

export class ReconnectDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'As for connecting. Leave it out for a platform that is connected on its own consent page.',
  })
  @Omittable()
  @IsTextRecord(MAX_CREDENTIAL_LENGTH)
  credentials?: Record<string, string>;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Which workspace gets channels that are new. Left out = the only one that the connection serves.',
  })
  @Omittable()
  @IsUUID()
  workspaceId?: string;
}

export class ConfirmReconnectDto {
  @ApiPropertyOptional({
    default: false,
    description: 'Say yes to adding channels to which another workspace publishes as well.',
  })
  @Omittable()
  @IsBoolean()
  acceptShared?: boolean;

  @ApiPropertyOptional({
    type: [String],
    description: 'Which of the channels that would be gained are added, by `externalId`. Left out = all of them.',
  })
  @Omittable()
  @IsArray()
  @ArrayMaxSize(MAX_PLACES)
  @IsString({ each: true })
  @MaxLength(MAX_PLACE_ID, { each: true })
  add?: string[];
}

export class KnownChannelDto implements KnownChannel {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ format: 'uuid' })
  workspaceId: string;
  @ApiProperty({ description: 'Publications that wait to go out on it, held ones too.' })
  scheduled: number;
}

export class GainedChannelDto implements GainedChannel {
  @ApiProperty({ description: 'The platform’s id.' })
  externalId: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ type: String, nullable: true })
  handle: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'What it is, where the platform has several kinds.' })
  kind: string | null;
  @ApiProperty({ description: 'Another workspace publishes there already: it is added only with `acceptShared`.' })
  shared: boolean;
}

export class ReconnectPreviewDto implements ReconnectPreview {
  @ApiProperty({ type: AccountDto })
  account: AccountDto;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until when the new sign-in is good.',
  })
  expiresAt: Date | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What ends then, where it is not the sign-in as a whole.',
  })
  expiryNote: string | null;
  @ApiProperty({ type: [MissingScopeDto] })
  missingScopes: MissingScopeDto[];
  @ApiProperty({ type: [GainedChannelDto], description: 'Channels that would be added.' })
  gained: GainedChannelDto[];
  @ApiProperty({ type: [KnownChannelDto], description: 'Channels that go on with all that is scheduled.' })
  kept: KnownChannelDto[];
  @ApiProperty({
    type: [KnownChannelDto],
    description:
      'Channels that this account no longer reaches. They stay, disconnected, and what is scheduled is held.',
  })
  lost: KnownChannelDto[];
}

const STATES = ['authorizing', 'ready', 'failed'] as const;

export class ReconnectionDto implements ReconnectionView {
  @ApiProperty({ format: 'uuid' })
  connectionId: string;
  @ApiProperty({ format: 'uuid', description: 'Which workspace gets channels that are new.' })
  workspaceId: string;
  @ApiProperty({
    enum: STATES,
    description:
      '`authorizing` = the consent page has not been answered; `ready` = it waits for a yes; `failed` = begin again.',
  })
  state: (typeof STATES)[number];
  @ApiProperty({ format: 'date-time', description: 'It is dropped then.' })
  until: Date;
  @ApiProperty({ type: FailureDto, nullable: true })
  failure: FailureDto | null;
  @ApiProperty({ type: ReconnectPreviewDto, nullable: true, description: 'What a yes would change.' })
  preview: ReconnectPreviewDto | null;
  @ApiPropertyOptional({ format: 'uri', description: 'Open it in a browser: the consent page. Works for 15 minutes.' })
  authorizationUrl?: string;
}
