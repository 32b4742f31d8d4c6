import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsString, Length } from 'class-validator';
import { IsTextRecord, Omittable } from '../validators.js';
import { FailureDto } from './failure.dto.js';
import { ConnectionHealthDto } from './health.dto.js';

export { FailureDto };

/** Longer than any credential that a platform gives out. */
export const MAX_CREDENTIAL_LENGTH = 10_000;

export class CreateConnectionDto {
  @ApiProperty({ example: 'bluesky', description: 'An `id` of `GET /v1/platforms`.' })
  @IsString()
  @Length(1, 64)
  platform: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description:
      'What the form of the platform asks for (`connect.fields` of its manifest). Leave it out for a platform that is ' +
      'connected on its own consent page, and with `practice`.',
  })
  @Omittable()
  @IsTextRecord(MAX_CREDENTIAL_LENGTH)
  credentials?: Record<string, string>;

  @ApiPropertyOptional({
    example: 'instagram-login',
    description:
      'The `id` of one of `connect.ways` of the manifest, for a platform with several ways to connect; the first one when ' +
      'left out. It stays with the connection.',
  })
  @Omittable()
  @IsString()
  @Length(1, 64)
  way?: string;

  @ApiPropertyOptional({ default: false, description: 'Connects a practice account; nothing leaves the installation.' })
  @Omittable()
  @IsBoolean()
  practice?: boolean;

  @ApiPropertyOptional({
    default: false,
    description: 'Say yes to publishing from this workspace to an account that another workspace publishes to as well.',
  })
  @Omittable()
  @IsBoolean()
  acceptShared?: boolean;

  @ApiPropertyOptional({
    default: false,
    description:
      'Where the account reaches more than five places, none becomes a channel until somebody chooses: see ' +
      '`GET /v1/connections/{id}/places`. Otherwise all of them do.',
  })
  @Omittable()
  @IsBoolean()
  chooseChannels?: boolean;
}

export class AccountDto {
  @ApiProperty({ description: 'The platform’s id of the account.' })
  id: string;
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
  @ApiProperty({ type: String, nullable: true })
  handle: string | null;
  @ApiProperty({ type: String, nullable: true })
  url: string | null;
}

export class ConnectedChannelDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'bluesky' })
  platform: string;
  @ApiProperty()
  name: string;
}

const STATUSES = ['authorizing', 'connected', 'disconnected'] as const;

export class ConnectionDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: STATUSES, description: '`authorizing` = the consent page has not been answered yet.' })
  status: (typeof STATUSES)[number];
  @ApiProperty({ example: 'bluesky' })
  platform: string;
  @ApiProperty({ description: 'On the practice network.' })
  practice: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Which of the ways to connect; null where there is one.' })
  way: string | null;
  @ApiProperty({ type: AccountDto, nullable: true, description: 'Whose authorization it is.' })
  account: AccountDto | null;
  @ApiProperty({ type: [String], description: 'What the platform allows.' })
  scopes: string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt: Date | null;
  @ApiProperty({ type: FailureDto, nullable: true, description: 'Why it was not connected, or no longer is.' })
  failure: FailureDto | null;
  @ApiProperty({ description: 'Somebody still has to choose which of its places become channels.' })
  choosing: boolean;
  @ApiProperty({ type: [ConnectedChannelDto], description: 'Where to publish through it.' })
  channels: ConnectedChannelDto[];
  @ApiProperty({ type: ConnectionHealthDto, description: 'How it fares, and what hangs on it.' })
  health: ConnectionHealthDto;
  @ApiPropertyOptional({ format: 'uri', description: 'Open it in a browser: the consent page. Works for 15 minutes.' })
  authorizationUrl?: string;
  @ApiPropertyOptional({
    description: 'After a consent page that reconnects: `GET /v1/connections/{id}/reconnect` shows what would change.',
  })
  awaitsConfirmation?: boolean;
}

export class ConnectionsDto {
  @ApiProperty({ type: [ConnectionDto] })
  data: ConnectionDto[];
}
