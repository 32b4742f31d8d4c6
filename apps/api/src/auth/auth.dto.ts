import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import {
  type Action,
  ACTIONS,
  isInWorkspace,
  ORGANIZATION_ROLES,
  type OrganizationRole,
  PASSWORD_MAX,
  PASSWORD_MIN,
} from '#accounts';
import { WorkspaceDto } from '../workspaces/workspaces.dto.js';

export class SignUpDto {
  @ApiProperty({ format: 'email', maxLength: 320 })
  @IsEmail()
  email: string;

  @ApiProperty({ minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX, description: 'Not the e-mail address.' })
  @IsString()
  @MaxLength(1000)
  password: string;

  @ApiProperty({ minLength: 1, maxLength: 200, description: 'Your own name.' })
  @IsString()
  @Length(1, 200)
  name: string;

  @ApiProperty({ minLength: 1, maxLength: 200, description: 'Your company; also the name of the first workspace.' })
  @IsString()
  @Length(1, 200)
  organization: string;

  @ApiPropertyOptional({ example: 'Europe/Berlin', default: 'UTC', description: 'IANA time zone.' })
  @IsOptional()
  @IsString()
  timeZone?: string;
}

export class LogInDto {
  @ApiProperty({ format: 'email' })
  @IsString()
  @Length(1, 320)
  email: string;

  @ApiProperty()
  @IsString()
  @Length(1, 1000)
  password: string;
}

export class UserDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'email' })
  email: string;
  @ApiProperty()
  name: string;
}

export class OrganizationDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ description: 'Somebody stopped it: everything that is scheduled is held until it is resumed.' })
  paused: boolean;
}

export class WorkspaceReferenceDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
}

export class SignedInDto {
  @ApiProperty({ type: UserDto })
  user: UserDto;
  @ApiProperty({ type: OrganizationDto })
  organization: OrganizationDto;
}

export class LoggedInDto {
  @ApiProperty({ description: 'Whether a code is asked for before anything else.' })
  secondFactor: boolean;
  @ApiPropertyOptional({ type: UserDto, description: 'Who is signed in; not while a code is asked for.' })
  user?: UserDto;
  @ApiPropertyOptional({ type: OrganizationDto, description: 'Where; not while a code is asked for.' })
  organization?: OrganizationDto;
}

export class SecondFactorCodeDto {
  @ApiProperty({ minLength: 1, maxLength: 40, description: 'Six digits from the app, or a recovery code.' })
  @IsString()
  @Length(1, 40)
  code: string;
}

export class SignedUpDto extends SignedInDto {
  @ApiProperty({ type: WorkspaceReferenceDto })
  workspace: WorkspaceReferenceDto;
}

export class InstallationDto {
  @ApiProperty({ description: 'The operator stopped everything: what is scheduled is held until it is resumed.' })
  paused: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Why, in the operator’s words.' })
  reason: string | null;
}

export class MeDto extends SignedInDto {
  @ApiProperty({ type: InstallationDto })
  installation: InstallationDto;
  @ApiProperty({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;
  @ApiProperty({ description: 'Whether you run this installation, and may enter its apps at the networks.' })
  operator: boolean;
  @ApiProperty({
    enum: ACTIONS.filter((action) => !isInWorkspace(action)),
    isArray: true,
    description: 'What you may do in the organization; what in a workspace, each of them says.',
  })
  may: Action[];
  @ApiProperty({ type: [WorkspaceDto] })
  workspaces: WorkspaceDto[];
}
