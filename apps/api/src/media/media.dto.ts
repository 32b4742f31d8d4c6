import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
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
  MAX_ALT_TEXT,
  MAX_QUOTA_BYTES,
  MAX_TAG_LENGTH,
  MAX_TAGS,
  type MediaKind,
  type MediaQuotaView,
  type MediaTraits,
  type MediaUse,
  type MediaView,
  PREVIEW_WIDTHS,
  type PreviewWidth,
  type Uploader,
  USE_STATES,
  type UseState,
} from '#media';
import { LowerCase, Omittable } from '../validators.js';

/** The longest name of a file, in characters. */
const MAX_FILENAME = 120;

/** What is longer than a tag is refused by the tag's own rule, with its words. */
const MAX_GIVEN_TAG = 4 * MAX_TAG_LENGTH;

/** Also null, which takes something away. */
export function OrNull(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== null && value !== undefined);
}

export class MediaTraitsDto implements MediaTraits {
  @ApiPropertyOptional({ example: 'h264', description: 'Of a video as ffprobe names it, of an image its format.' })
  codec?: string;
  @ApiPropertyOptional({ type: 'number', description: 'Of videos: frames a second, the average.' })
  frameRate?: number;
  @ApiPropertyOptional({ description: 'Of videos: whether frames come at uneven times.' })
  variableFrameRate?: boolean;
  @ApiProperty({ description: 'High dynamic range.' })
  hdr: boolean;
  @ApiPropertyOptional({ description: 'Of videos: whether there is sound.' })
  sound?: boolean;
  @ApiProperty({ description: 'Whether there is a picture of it in the widths of previews: not of every document.' })
  picture: boolean;
  @ApiProperty({ description: 'An image that moves.' })
  animated: boolean;
  @ApiProperty({ description: 'An image with see-through parts.' })
  transparent: boolean;
  @ApiProperty({ description: 'It says where it was taken. What is published does not.' })
  locationFound: boolean;
}

export class UploaderDto implements Uploader {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
}

export class MediaDto implements MediaView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: ['image', 'video', 'document'] })
  kind: MediaKind;
  @ApiProperty()
  filename: string;
  @ApiProperty({ example: 'image/jpeg', description: 'As the content of the file says.' })
  contentType: string;
  @ApiProperty({ type: 'integer', description: 'In pixels, as displayed; 0 for documents.' })
  width: number;
  @ApiProperty({ type: 'integer', description: 'In pixels, as displayed; 0 for documents.' })
  height: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Of videos and animations, in milliseconds.' })
  durationMs?: number;
  @ApiPropertyOptional({
    type: 'integer',
    description: 'Pages or slides of a document. Absent where they cannot be counted.',
  })
  pages?: number;
  @ApiProperty({ type: 'integer' })
  bytes: number;
  @ApiProperty({ type: String, nullable: true, description: 'Describes the image to those who do not see it.' })
  altText: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null = in no folder.' })
  folderId: string | null;
  @ApiProperty({ type: [String] })
  tags: string[];
  @ApiProperty({ type: 'integer', description: 'For `If-Match`.' })
  version: number;
  @ApiProperty({ type: 'integer', description: 'Which version of the file it is; 1 = the first.' })
  fileVersion: number;
  @ApiProperty({
    format: 'uuid',
    description: 'The version that stands in the library: itself, unless it was replaced.',
  })
  currentId: string;
  @ApiProperty({ type: MediaTraitsDto })
  facts: MediaTraitsDto;
  @ApiProperty({ type: 'integer', description: 'Posts whose present revision uses it.' })
  used: number;
  @ApiProperty({ type: UploaderDto, nullable: true, description: 'Null where it was not kept.' })
  uploadedBy: UploaderDto | null;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export class UpdateMediaDto {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: MAX_ALT_TEXT, description: 'Null takes it away.' })
  @OrNull()
  @IsString()
  @MaxLength(MAX_ALT_TEXT)
  altText?: string | null;

  @ApiPropertyOptional({ maxLength: MAX_FILENAME, description: 'Characters that no file name may hold are left out.' })
  @Omittable()
  @IsString()
  @Length(1, MAX_FILENAME)
  filename?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'Null = in no folder.' })
  @OrNull()
  @IsUUID()
  @LowerCase()
  folderId?: string | null;

  @ApiPropertyOptional({ type: [String], maxItems: MAX_TAGS, description: 'All that it is to have; in small letters.' })
  @Omittable()
  @IsArray()
  @ArrayMaxSize(5 * MAX_TAGS)
  @IsString({ each: true })
  @MaxLength(MAX_GIVEN_TAG, { each: true })
  tags?: string[];
}

export class MediaContentQuery {
  @ApiPropertyOptional({
    enum: PREVIEW_WIDTHS,
    description: 'In pixels: a still image of at most this width. Without it the original.',
  })
  @Omittable()
  @Type(() => Number)
  @IsIn(PREVIEW_WIDTHS)
  width?: PreviewWidth;
}

export class AddMediaVersionDto {
  @ApiProperty({ format: 'uuid', description: 'A file of the same workspace, uploaded before, that has no versions.' })
  @IsUUID()
  @LowerCase()
  mediaId: string;
}

export class MediaVersionsDto {
  @ApiProperty({ type: [MediaDto], description: 'Newest first.' })
  data: MediaDto[];
}

export class MediaUseDto implements Omit<MediaUse, 'dueAt'> {
  @ApiProperty({ format: 'uuid' })
  postId: string;
  @ApiProperty({ description: 'The beginning of its text.' })
  excerpt: string;
  @ApiProperty({ enum: USE_STATES, description: 'All channels of the post together: what needs the file most.' })
  state: UseState;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null for drafts.' })
  dueAt: string | null;
  @ApiProperty({ description: 'It still needs the file, so the file cannot be deleted.' })
  needed: boolean;
}

export class MediaUsesDto {
  @ApiProperty({ type: [MediaUseDto], description: 'Those that still need it first; at most 100.' })
  data: MediaUseDto[];
  @ApiProperty({ type: 'integer', description: 'All posts that use it.' })
  count: number;
  @ApiProperty({ type: 'integer', description: 'Those that still need it.' })
  needing: number;
}

export class MediaQuotaDto implements MediaQuotaView {
  @ApiProperty({ type: 'integer', description: 'Bytes of all files of the workspace; equal ones count once.' })
  usedBytes: number;
  @ApiProperty({ type: 'integer' })
  allowedBytes: number;
  @ApiProperty({ description: 'It is what the installation gives to each workspace.' })
  isDefault: boolean;
}

export class SetMediaQuotaDto {
  @ApiProperty({ type: 'integer', nullable: true, minimum: 0, description: 'Null = what the installation gives.' })
  @ValidateIf((_, value: unknown) => value !== null)
  @IsInt()
  @Min(0)
  @Max(MAX_QUOTA_BYTES)
  allowedBytes: number | null;
}

/** A post that uses a file, as the API shows it. */
export function useView({ dueAt, ...use }: MediaUse): MediaUseDto {
  return { ...use, dueAt: dueAt?.toISOString() ?? null };
}
