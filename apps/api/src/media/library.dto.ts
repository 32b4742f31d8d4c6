import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import {
  type FolderView,
  MAX_FOLDER_DEPTH,
  MAX_FOLDER_NAME,
  MAX_TAGS,
  MEDIA_ORDERS,
  type MediaKind,
  type MediaOrder,
} from '#media';
import { PageQuery } from '../http/index.js';
import { LowerCase, Omittable } from '../validators.js';
import { MediaDto, MediaUseDto, OrNull } from './media.dto.js';

const KINDS: readonly MediaKind[] = ['image', 'video', 'document'];
/** In a query: what lies in no folder. */
const NO_FOLDER = 'none';
const MAX_BULK = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What stands in the address as text. */
function AsBoolean(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));
}

export class ListMediaQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 200, description: 'Words that begin words of the name, a tag or the description.' })
  @Omittable()
  @IsString()
  @MaxLength(200)
  q?: string;

  @ApiPropertyOptional({
    type: String,
    example: NO_FOLDER,
    description: 'What lies in this folder itself; `none` = in no folder.',
  })
  @Omittable()
  @LowerCase()
  @ValidateIf(({ folderId }: ListMediaQuery) => folderId !== NO_FOLDER)
  @IsUUID()
  folderId?: string;

  @ApiPropertyOptional()
  @Omittable()
  @IsString()
  @Length(1, 200)
  tag?: string;

  @ApiPropertyOptional({ enum: KINDS })
  @Omittable()
  @IsIn(KINDS)
  kind?: MediaKind;

  @ApiPropertyOptional({ type: Boolean, description: '`true`: only what no post uses.' })
  @Omittable()
  @AsBoolean()
  @IsBoolean()
  unused?: boolean;

  @ApiPropertyOptional({ type: Boolean, description: '`true`: only images and videos without a description.' })
  @Omittable()
  @AsBoolean()
  @IsBoolean()
  missingAltText?: boolean;

  @ApiPropertyOptional({
    enum: MEDIA_ORDERS,
    default: 'newest',
    description: 'By name from A, by size from the largest.',
  })
  @Omittable()
  @IsIn(MEDIA_ORDERS)
  sort: MediaOrder = 'newest';
}

/** The folder of a query: null = in none, undefined = wherever. */
export function folderOf(folderId: string | undefined): string | null | undefined {
  return folderId !== undefined && UUID.test(folderId) ? folderId : folderId && null;
}

export class ListTagsQuery {
  @ApiPropertyOptional({ maxLength: 100, description: 'How the tag begins.' })
  @Omittable()
  @IsString()
  @MaxLength(100)
  q?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 50 })
  @Omittable()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 50;
}

export class TagDto {
  @ApiProperty()
  tag: string;
  @ApiProperty({ type: 'integer', description: 'Files that have it.' })
  count: number;
}

export class TagsDto {
  @ApiProperty({ type: [TagDto], description: 'The most frequent first.' })
  data: TagDto[];
}

export class FolderDto implements FolderView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null = it lies in no other.' })
  parentId: string | null;
  @ApiProperty()
  name: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_FOLDER_DEPTH })
  depth: number;
  @ApiProperty({ type: 'integer', description: 'Files that lie in it itself.' })
  count: number;
  @ApiProperty({ type: 'integer', description: 'For `If-Match`.' })
  version: number;
}

export class FoldersDto {
  @ApiProperty({ type: [FolderDto], description: 'Parents before what lies in them, then by name.' })
  data: FolderDto[];
}

/** Blanks around a name are nobody's intention. */
function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}

export class CreateFolderDto {
  @ApiProperty({ minLength: 1, maxLength: MAX_FOLDER_NAME, description: 'Unique in its folder.' })
  @Trimmed()
  @IsString()
  @Length(1, MAX_FOLDER_NAME)
  name: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'In which folder; null = in none.',
  })
  @OrNull()
  @IsUUID()
  @LowerCase()
  parentId?: string | null;
}

export class UpdateFolderDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_FOLDER_NAME })
  @Omittable()
  @Trimmed()
  @IsString()
  @Length(1, MAX_FOLDER_NAME)
  name?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'Null = out of all folders.' })
  @OrNull()
  @IsUUID()
  @LowerCase()
  parentId?: string | null;
}

/** What can be done to several files at once. */
export const MEDIA_ACTIONS = ['move', 'tag', 'untag', 'delete'] as const;
export type MediaAction = (typeof MEDIA_ACTIONS)[number];

export class ActOnMediaDto {
  @ApiProperty({ enum: MEDIA_ACTIONS })
  @IsIn(MEDIA_ACTIONS)
  action: MediaAction;

  @ApiProperty({ type: [String], format: 'uuid', minItems: 1, maxItems: MAX_BULK, description: 'Each file once.' })
  @LowerCase()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_BULK)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'For `move`: where to; null = in no folder.',
  })
  @ValidateIf(({ action, folderId }: ActOnMediaDto) => action === 'move' && folderId !== null)
  @IsUUID()
  @LowerCase()
  folderId?: string | null;

  @ApiPropertyOptional({ type: [String], minItems: 1, maxItems: MAX_TAGS, description: 'For `tag` and `untag`.' })
  @ValidateIf(({ action }: ActOnMediaDto) => action === 'tag' || action === 'untag')
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_TAGS)
  @IsString({ each: true })
  @MaxLength(160, { each: true })
  tags?: string[];
}

/** Why something was not done to a file. */
export class MediaRefusalDto {
  @ApiProperty({ example: 'urn:clickpost:problem:media-in-use' })
  type: string;
  @ApiProperty()
  title: string;
  @ApiProperty({ description: 'What happened, and what to do.' })
  detail: string;
  @ApiPropertyOptional({ type: [MediaUseDto], description: 'Posts that still need the file.' })
  uses?: MediaUseDto[];
}

/** What became of one file. */
export class MediaResultDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: ['done', 'refused'] })
  outcome: 'done' | 'refused';
  @ApiPropertyOptional({ type: MediaDto, description: 'How it is now, unless it was deleted.' })
  media?: MediaDto;
  @ApiPropertyOptional({ type: MediaRefusalDto, description: 'Why, where it was refused.' })
  problem?: MediaRefusalDto;
}

export class MediaResultsDto {
  @ApiProperty({ type: [MediaResultDto], description: 'In the order of the ids.' })
  results: MediaResultDto[];
}
