import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Length, Max, Min, ValidateIf } from 'class-validator';
import {
  type Action,
  ACTIONS,
  isInWorkspace,
  LATE_LIMIT_MAX_MINUTES,
  ORGANIZATION_ROLES,
  type Role,
  WORKSPACE_ROLES,
} from '#accounts';
import { PageQuery } from '../http/index.js';

export class ListWorkspacesQuery extends PageQuery {
  @ApiPropertyOptional({ type: 'boolean', default: false, description: 'Whether archived workspaces are listed too.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  archived: boolean = false;
}

export class CreateWorkspaceDto {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  name: string;

  @ApiPropertyOptional({ example: 'Europe/Berlin', default: 'UTC', description: 'IANA time zone.' })
  @IsOptional()
  @IsString()
  timeZone?: string;
}

export class UpdateWorkspaceDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @ValidateIf((body: UpdateWorkspaceDto) => body.name !== undefined)
  @IsString()
  @Length(1, 200)
  name?: string;

  @ApiPropertyOptional({ example: 'Europe/Berlin', description: 'IANA time zone.' })
  @ValidateIf((body: UpdateWorkspaceDto) => body.timeZone !== undefined)
  @IsString()
  timeZone?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: LATE_LIMIT_MAX_MINUTES,
    description:
      'How late a publication may go out, in minutes; later than that it is held. 0 = on time only, which leaves a minute and a half for sending.',
  })
  @ValidateIf((body: UpdateWorkspaceDto) => body.lateLimitMinutes !== undefined)
  @IsInt()
  @Min(0)
  @Max(LATE_LIMIT_MAX_MINUTES)
  lateLimitMinutes?: number;
}

export class WorkspaceDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ example: 'Europe/Berlin' })
  timeZone: string;
  @ApiProperty({
    type: 'integer',
    example: 1440,
    description: 'How late a publication may go out, in minutes; later than that it is held.',
  })
  lateLimitMinutes: number;
  @ApiProperty({ description: 'Somebody stopped it: everything that is scheduled is held until it is resumed.' })
  paused: boolean;
  @ApiProperty({ description: 'It is put away: nothing is written or published in it until it is restored.' })
  archived: boolean;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ enum: ACTIONS.filter(isInWorkspace), isArray: true, description: 'What you may do in it.' })
  may: Action[];
}

export class ColleagueDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty({
    enum: [...ORGANIZATION_ROLES, ...WORKSPACE_ROLES],
    description: 'The role in the workspace, or in the organization where that one counts everywhere.',
  })
  role: Role;
}
