import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsString,
  Length,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  ORGANIZATION_ROLES,
  type OrganizationRole,
  PASSWORD_MAX,
  PASSWORD_MIN,
  WORKSPACE_ROLES,
  type WorkspaceRole,
} from '#accounts';
import { MOST_WORKSPACES, NamedWorkspaceShareDto, WorkspaceShareDto } from '../organizations/organizations.dto.js';

export class CreateInvitationDto {
  @ApiProperty({ format: 'email', maxLength: 320 })
  @IsEmail()
  email: string;

  @ApiProperty({ enum: ORGANIZATION_ROLES })
  @IsIn(ORGANIZATION_ROLES)
  role: OrganizationRole;

  @ApiPropertyOptional({
    type: [WorkspaceShareDto],
    default: [],
    description: 'What a member is to be where. For the role member alone: the others work in every workspace.',
  })
  @ValidateIf((body: CreateInvitationDto) => body.workspaces !== undefined)
  @IsArray()
  @ArrayMaxSize(MOST_WORKSPACES)
  @ValidateNested({ each: true })
  @Type(() => WorkspaceShareDto)
  workspaces?: WorkspaceShareDto[];
}

export class InvitationDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'email' })
  email: string;
  @ApiProperty({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;
  @ApiProperty({ type: [NamedWorkspaceShareDto] })
  workspaces: NamedWorkspaceShareDto[];
  @ApiProperty({ description: 'The name of whoever invited.' })
  inviter: string;
  @ApiProperty({ format: 'date-time', description: 'When its mail was last written.' })
  sentAt: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
  @ApiProperty({ description: 'Its time has run out. Sent again, it can be accepted again.' })
  expired: boolean;
}

export class InvitingOrganizationDto {
  @ApiProperty()
  name: string;
}

export class InvitedWorkspaceDto {
  @ApiProperty()
  name: string;
  @ApiProperty({ enum: WORKSPACE_ROLES })
  role: WorkspaceRole;
}

export class InvitationCardDto {
  @ApiProperty({ type: InvitingOrganizationDto })
  organization: InvitingOrganizationDto;
  @ApiProperty({ description: 'The name of whoever invited.' })
  inviter: string;
  @ApiProperty({ format: 'email' })
  email: string;
  @ApiProperty({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;
  @ApiProperty({ type: [InvitedWorkspaceDto] })
  workspaces: InvitedWorkspaceDto[];
  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt: Date;
  @ApiProperty({
    description:
      'Whether there is an account with this address: then accept with its password or signed in, else with a new one.',
  })
  hasAccount: boolean;
}

export class AcceptInvitationDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200, description: 'Your name, where there is no account yet.' })
  @ValidateIf((body: AcceptInvitationDto) => body.name !== undefined)
  @IsString()
  @Length(1, 200)
  name?: string;

  @ApiPropertyOptional({
    minLength: PASSWORD_MIN,
    maxLength: PASSWORD_MAX,
    description: 'Of the new account, where there is none yet; else of the account, from whoever is not signed in.',
  })
  @ValidateIf((body: AcceptInvitationDto) => body.password !== undefined)
  @IsString()
  @MaxLength(1000)
  password?: string;
}
