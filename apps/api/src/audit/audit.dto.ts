import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsNotEmpty, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { AUDIT_VIAS, type AuditVia } from '#accounts';
import { PageQuery } from '../http/index.js';
import { IsInstant } from '../support/instant.validator.js';
import { LowerCase, Omittable } from '../validators.js';

const MAX_SEARCH = 200;

/** Which entries: all that is given holds together, what is left out stands for all. */
export class AuditFilterDto {
  @ApiPropertyOptional({ type: 'string', format: 'uuid', description: 'Only what this user did.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  userId?: string;

  @ApiPropertyOptional({
    example: 'updateWorkspace',
    description: 'Only this, as `GET /v1/audit-log/operations` names it.',
  })
  @Omittable()
  @Matches(/^[A-Za-z]{1,100}$/, { message: 'operation is no name of an operation, as in "updateWorkspace"' })
  operation?: string;

  @ApiPropertyOptional({ type: 'string', format: 'uuid', description: 'Only what was done to the thing with this id.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  subjectId?: string;

  @ApiPropertyOptional({ type: 'string', format: 'uuid', description: 'Only what was done in this workspace alone.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  workspaceId?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'Only what was done then or later.' })
  @Omittable()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ type: 'string', format: 'date-time', description: 'Only what was done before.' })
  @Omittable()
  @IsInstant()
  to?: string;

  @ApiPropertyOptional({
    maxLength: MAX_SEARCH,
    description:
      'Only those that have this, in whatever case, in the name of who did it or of what it was done to, or in what was done; or whose whole IP address it is.',
  })
  @Omittable()
  @IsString()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsNotEmpty()
  @MaxLength(MAX_SEARCH)
  text?: string;
}

export class AuditQuery extends IntersectionType(AuditFilterDto, PageQuery) {}

export class AuditActorDto {
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null where nobody who is a user did it.' })
  userId: string | null;
  @ApiProperty({ description: 'The person’s, the API key’s or the operator’s.' })
  name: string;
  @ApiProperty({ enum: AUDIT_VIAS, description: '`operator` = support staff of this installation.' })
  via: AuditVia;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  apiKeyId: string | null;
}

export class AuditSubjectDto {
  @ApiProperty({ example: 'workspace' })
  type: string;
  @ApiProperty()
  id: string;
  @ApiProperty({ type: String, nullable: true, description: 'As it was called then.' })
  name: string | null;
}

export class AuditEntryDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;
  @ApiProperty({ type: AuditActorDto })
  actor: AuditActorDto;
  @ApiProperty({ example: 'updateWorkspace' })
  operation: string;
  @ApiProperty({ example: 'changed the workspace', description: 'The same for people: between who and what.' })
  words: string;
  @ApiProperty({ type: String, nullable: true, description: 'The permission under which it was done.' })
  permission: string | null;
  @ApiProperty({ type: AuditSubjectDto, nullable: true })
  subject: AuditSubjectDto | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'If it was done in one workspace alone.' })
  workspaceId: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { changes: { timeZone: { from: 'UTC', to: 'Europe/Berlin' } } },
    description: 'What is worth telling. `changes` = each fact before and after.',
  })
  details: Record<string, unknown>;
  @ApiProperty({ type: String, nullable: true })
  ip: string | null;
  @ApiProperty({ type: String, nullable: true })
  userAgent: string | null;
}

export class AuditOperationDto {
  @ApiProperty({ example: 'updateWorkspace' })
  operation: string;
  @ApiProperty({ example: 'changed the workspace' })
  words: string;
}

export class AuditOperationsDto {
  @ApiProperty({ type: [AuditOperationDto] })
  data: AuditOperationDto[];
}
