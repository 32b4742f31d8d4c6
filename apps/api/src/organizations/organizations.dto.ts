import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ORGANIZATION_ROLES, type OrganizationRole, WORKSPACE_ROLES, type WorkspaceRole } from '#accounts';
import { OrganizationDto, UserDto, WorkspaceReferenceDto } from '../auth/auth.dto.js';

/** Workspaces in one request; more than any organization has. */
export const MOST_WORKSPACES = 1000;

export class WorkspaceShareDto {
  @ApiProperty({ format: 'uuid', description: 'The workspace’s.' })
  @IsUUID()
  id: string;

  @ApiProperty({ enum: WORKSPACE_ROLES })
  @IsIn(WORKSPACE_ROLES)
  role: WorkspaceRole;
}

export class NamedWorkspaceShareDto extends WorkspaceShareDto {
  @ApiProperty()
  name: string;
}

export class MemberDto extends UserDto {
  @ApiProperty({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;
  @ApiProperty({ type: String, format: 'date-time' })
  since: Date;
  @ApiProperty({
    type: [NamedWorkspaceShareDto],
    description: 'What a member is where; empty for the other roles, who work in every workspace.',
  })
  workspaces: NamedWorkspaceShareDto[];
}

export class UpdateMemberDto {
  @ApiPropertyOptional({ enum: ORGANIZATION_ROLES })
  @ValidateIf((body: UpdateMemberDto) => body.role !== undefined)
  @IsIn(ORGANIZATION_ROLES)
  role?: OrganizationRole;

  @ApiPropertyOptional({
    type: [WorkspaceShareDto],
    description: 'All of them: a workspace that is not named is taken away. For the role member alone.',
  })
  @ValidateIf((body: UpdateMemberDto) => body.workspaces !== undefined)
  @IsArray()
  @ArrayMaxSize(MOST_WORKSPACES)
  @ValidateNested({ each: true })
  @Type(() => WorkspaceShareDto)
  workspaces?: WorkspaceShareDto[];
}

export class TransferOrganizationDto {
  @ApiProperty({ format: 'uuid', description: 'The member who becomes the owner.' })
  @IsUUID()
  userId: string;
}

export class UpdateOrganizationDto {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  name: string;
}

export class CreateOrganizationDto extends UpdateOrganizationDto {
  @ApiPropertyOptional({ example: 'Europe/Berlin', default: 'UTC', description: 'IANA time zone.' })
  @IsOptional()
  @IsString()
  timeZone?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 200,
    description: 'The name of the first workspace; the organization’s where it is left out.',
  })
  @ValidateIf((body: CreateOrganizationDto) => body.workspace !== undefined)
  @IsString()
  @Length(1, 200)
  workspace?: string;
}

export class CreatedOrganizationDto {
  @ApiProperty({ type: OrganizationDto })
  organization: OrganizationDto;
  @ApiProperty({ type: WorkspaceReferenceDto })
  workspace: WorkspaceReferenceDto;
}

export class MembershipDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ enum: ORGANIZATION_ROLES, description: 'What you are in it.' })
  role: OrganizationRole;
  @ApiProperty({ description: 'Whether you are in this one now.' })
  current: boolean;
}

export class MembershipsDto {
  @ApiProperty({ type: [MembershipDto] })
  data: MembershipDto[];
}

export class SwitchOrganizationDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  organizationId: string;
}
