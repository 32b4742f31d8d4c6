import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsString, IsUUID, Length } from 'class-validator';
import { type Action, ACTIONS } from '#accounts';
import { PageQuery } from '../http/index.js';
import { IsInstant } from '../support/instant.validator.js';
import { Omittable } from '../validators.js';

/** More workspaces than an agency has clients are a mistake. */
const MAX_WORKSPACES = 200;

/** Ids compare by their text, and a UUID may be written in capitals. */
function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

export class CreateApiKeyDto {
  @ApiProperty({ minLength: 1, maxLength: 200, description: 'What the key is for; the publishing log names it.' })
  @IsString()
  @Length(1, 200)
  name: string;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    minItems: 1,
    maxItems: MAX_WORKSPACES,
    description: 'Only for these workspaces; for every one of yours when left out.',
  })
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_WORKSPACES)
  @IsUUID(undefined, { each: true })
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(lowerCase) : value))
  workspaces?: string[];

  @ApiPropertyOptional({
    enum: ACTIONS,
    isArray: true,
    minItems: 1,
    description:
      'Only for this; for everything that you may do when left out. `workspace.read` comes with every other permission in workspaces.',
  })
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(ACTIONS.length)
  @IsIn(ACTIONS, { each: true })
  actions?: Action[];

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'When it ends; when it is revoked, if left out.',
  })
  @Omittable()
  @IsInstant()
  expiresAt?: string;
}

/** The query of the list. */
export class ApiKeysQuery extends PageQuery {
  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Those of all members, and not only yours.' })
  @Omittable()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  all?: boolean;
}

export class NewApiKeyDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ description: 'Shown this once. Send it as `Authorization: Bearer <key>`.' })
  key: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export class ApiKeyMemberDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
}

export class ApiKeyDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty({
    type: ApiKeyMemberDto,
    nullable: true,
    description: 'Whose it is; null for somebody who has left: then it opens nothing.',
  })
  member: ApiKeyMemberDto | null;
  @ApiProperty({
    type: [String],
    format: 'uuid',
    nullable: true,
    description: 'The workspaces it is for; null = every one of its member.',
  })
  workspaces: string[] | null;
  @ApiProperty({
    enum: ACTIONS,
    isArray: true,
    nullable: true,
    description: 'What it is for; null = everything that its member may do.',
  })
  actions: Action[] | null;
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it ends; null = when it is revoked.',
  })
  expiresAt: Date | null;
  @ApiProperty({ description: 'Whether it has ended by its time.' })
  expired: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Accurate to a minute.' })
  lastUsedAt: Date | null;
}
