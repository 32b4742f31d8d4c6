import { ApiProperty } from '@nestjs/swagger';
import {
  type ConnectionHealth,
  type DatedFailure,
  type MissingScope,
  type ServedWorkspace,
  WARN_DAYS,
} from '#channels';
import { FailureDto } from './failure.dto.js';

export class MissingScopeDto implements MissingScope {
  @ApiProperty({ example: 'pages_manage_posts' })
  scope: string;
  @ApiProperty({ description: 'Without it nothing can be published.' })
  required: boolean;
  @ApiProperty({ description: 'What does not work without it.' })
  feature: string;
}

export class DatedFailureDto implements DatedFailure {
  @ApiProperty({ format: 'date-time' })
  at: Date;
  @ApiProperty({ type: FailureDto })
  failure: FailureDto;
}

class ServedChannelDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'bluesky' })
  platform: string;
  @ApiProperty()
  name: string;
}

export class ServedWorkspaceDto implements ServedWorkspace {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ type: [ServedChannelDto] })
  channels: ServedChannelDto[];
}

class HiddenDto {
  @ApiProperty()
  workspaces: number;
  @ApiProperty()
  channels: number;
}

const REVOCATIONS = ['pending', 'done', 'failed'] as const;

export class RevocationDto {
  @ApiProperty({
    enum: REVOCATIONS,
    description: '`pending` = it is being tried; `failed` = it has to be done on the platform itself.',
  })
  state: (typeof REVOCATIONS)[number];
  @ApiProperty({ format: 'date-time' })
  at: Date;
  @ApiProperty({ type: FailureDto, nullable: true, description: 'Why it did not work so far.' })
  failure: FailureDto | null;
}

const HEALTH = ['authorizing', 'healthy', 'expiring', 'disconnected'] as const;

export class ConnectionHealthDto implements ConnectionHealth {
  @ApiProperty({
    enum: HEALTH,
    description: `\`expiring\` = it ends within ${WARN_DAYS} days and only a person can renew it, or within a day and renewing it keeps failing.`,
  })
  status: (typeof HEALTH)[number];
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null = until it is withdrawn.' })
  validUntil: Date | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Facebook’s permission to read data',
    description: 'What ends at `validUntil`, where it is not the sign-in as a whole.',
  })
  expiryNote: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is renewed next without anybody’s doing; null where it is not.',
  })
  renewsAt: Date | null;
  @ApiProperty({ description: 'Tries to renew it in a row that did not succeed.' })
  renewFailures: number;
  @ApiProperty({ type: [MissingScopeDto], description: 'Permissions that were asked for and not given.' })
  missingScopes: MissingScopeDto[];
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was last good: made, renewed, or published through.',
  })
  lastSuccessAt: Date | null;
  @ApiProperty({ type: DatedFailureDto, nullable: true })
  lastFailure: DatedFailureDto | null;
  @ApiProperty({ type: [ServedWorkspaceDto], description: 'Who publishes through it, as far as you see them.' })
  workspaces: ServedWorkspaceDto[];
  @ApiProperty({ type: HiddenDto, description: 'What hangs on it beyond what you see.' })
  hidden: HiddenDto;
  @ApiProperty({
    description:
      'Whether the platform takes the permission back when the account is disconnected here; else only its person can, there.',
  })
  revocable: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'How the person takes the permission away on the platform, where it takes none back from ClickPost.',
  })
  revokeByHand: string | null;
  @ApiProperty({
    type: RevocationDto,
    nullable: true,
    description: 'Whether the permission was given back at the platform after disconnecting.',
  })
  revocation: RevocationDto | null;
}
