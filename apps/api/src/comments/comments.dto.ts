import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { type NewAnchor, type TextPart, type Visibility } from '#planning';
import { IsNested, LowerCase, Omittable } from '../validators.js';

const MAX_COMMENT = 5_000;
const MAX_QUOTE = 5_000;
const MAX_MENTIONS = 20;
const MAX_ATTACHMENTS = 10;
/** Far above what a post may have. */
const MAX_POSITION = 1_000_000;
const MAX_PART = 100;
const MAX_REVISION = 2 ** 31 - 1;

const VISIBILITIES = ['internal', 'client'] as const satisfies Visibility[];
const VISIBLE = { enum: VISIBILITIES, description: '`internal`: colleagues alone. `client`: also by review link.' };
/** Names one text of a post. */
export const TEXT_PART_SCHEMA = {
  oneOf: [
    { type: 'integer', minimum: 0, maximum: MAX_PART },
    { type: 'string', enum: ['comment'] },
  ],
  description: '0 = the post itself, then the parts of its thread; `comment` = the first comment.',
};

/** A number of a part, or `comment`. */
function IsTextPart(): PropertyDecorator {
  return ValidateBy({
    name: 'isTextPart',
    validator: {
      validate: (value: unknown) =>
        value === 'comment' || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_PART),
      defaultMessage: () => `$property must be "comment" or a whole number from 0 to ${MAX_PART}`,
    },
  });
}

/** What only one kind of place has. */
function OfType(type: NewAnchor['type'], ...rules: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    const concerns = (place: { type: unknown }) => place.type === type;
    for (const decorate of [ValidateIf(concerns), ...rules]) decorate(target, key);
  };
}

/** A place in a text of the post, or a point of one of its images. */
export class NewAnchorDto {
  @ApiProperty({ enum: ['text', 'image'] })
  @IsIn(['text', 'image'])
  type: 'text' | 'image';

  @ApiPropertyOptional({ type: 'integer', description: 'What was looked at; left out, it is the present one.' })
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(MAX_REVISION)
  revision?: number;

  @ApiPropertyOptional({ format: 'uuid', description: 'Text: what is written for this channel.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  channelId?: string;

  @ApiPropertyOptional(TEXT_PART_SCHEMA)
  @OfType('text', IsTextPart())
  part?: TextPart;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Text: in UTF-16 units.' })
  @OfType('text', IsInt(), Min(0), Max(MAX_POSITION))
  start?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, description: 'Text: the first unit that does not belong to it.' })
  @OfType('text', IsInt(), Min(1), Max(MAX_POSITION))
  end?: number;

  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_QUOTE, description: 'Text: the words at this place.' })
  @OfType('text', IsString(), Length(1, MAX_QUOTE))
  quote?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Image: one of the post.' })
  @OfType('image', IsUUID(), LowerCase())
  mediaId?: string;

  @ApiPropertyOptional({ minimum: 0, maximum: 1, description: 'Image: 0 = its left, 1 = its right.' })
  @OfType('image', IsNumber(), Min(0), Max(1))
  x?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 1, description: 'Image: 0 = its top, 1 = its bottom.' })
  @OfType('image', IsNumber(), Min(0), Max(1))
  y?: number;
}

/** The place that was checked, with what its kind has and nothing else. */
export function anchorOf(given: NewAnchorDto): NewAnchor {
  const { type, revision, channelId, part = 0, start = 0, end = 0, quote = '', mediaId = '', x = 0, y = 0 } = given;
  const seen = revision === undefined ? {} : { revision };
  if (type === 'image') return { type, mediaId, x, y, ...seen };
  return { type, part, start, end, quote, ...seen, ...(channelId !== undefined && { channelId }) };
}

export class CreateCommentDto {
  @ApiProperty({ minLength: 1, maxLength: MAX_COMMENT })
  @IsString()
  @Length(1, MAX_COMMENT)
  @Matches(/\S/, { message: 'text must say something' })
  text: string;

  @ApiPropertyOptional({ ...VISIBLE, description: `${VISIBLE.description} Left out: that of the thread, or internal.` })
  @Omittable()
  @IsIn(VISIBILITIES)
  visibility?: Visibility;

  @ApiPropertyOptional({ format: 'uuid', description: 'The first comment of the thread that it answers in.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  parentId?: string;

  @ApiPropertyOptional({
    ...{ type: [String], format: 'uuid', maxItems: MAX_MENTIONS },
    description: 'Users who see the workspace; they are told.',
  })
  @Omittable()
  @IsArray()
  @ArrayMaxSize(MAX_MENTIONS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  @LowerCase()
  mentions?: string[];

  @ApiPropertyOptional({ type: NewAnchorDto })
  @Omittable()
  @IsNested(() => NewAnchorDto)
  anchor?: NewAnchorDto;

  @ApiPropertyOptional({
    ...{ type: [String], format: 'uuid', maxItems: MAX_ATTACHMENTS },
    description: 'Media of the workspace.',
  })
  @Omittable()
  @IsArray()
  @ArrayMaxSize(MAX_ATTACHMENTS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  @LowerCase()
  attachments?: string[];
}

/** Only what is to change. */
export class UpdateCommentDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_COMMENT, description: 'Of one’s own comment.' })
  @Omittable()
  @IsString()
  @Length(1, MAX_COMMENT)
  @Matches(/\S/, { message: 'text must say something' })
  text?: string;

  @ApiPropertyOptional({ description: 'Of a thread: whether it is settled.' })
  @Omittable()
  @IsBoolean()
  resolved?: boolean;
}

export class CommentAuthorDto {
  @ApiProperty({ enum: ['member', 'client'] })
  type: 'member' | 'client';
  @ApiProperty({ type: String, nullable: true, description: 'A user’s id, or a client’s e-mail address where known.' })
  id: string | null;
  @ApiProperty()
  name: string;
}

export class MentionDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
}

export class AttachmentDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  filename: string;
  @ApiProperty({ type: String, nullable: true })
  altText: string | null;
}

/** A place with where it is in what the post says now. */
export class AnchorDto {
  @ApiProperty({ enum: ['text', 'image'] })
  type: 'text' | 'image';
  @ApiProperty({ type: 'integer', description: 'Of the post, when it was shown.' })
  revision: number;
  @ApiProperty({ description: 'What it was about is not in the post any more.' })
  outdated: boolean;
  @ApiPropertyOptional({ format: 'uuid' })
  channelId?: string;
  @ApiPropertyOptional(TEXT_PART_SCHEMA)
  part?: TextPart;
  @ApiPropertyOptional({ type: 'integer' })
  start?: number;
  @ApiPropertyOptional({ type: 'integer' })
  end?: number;
  @ApiPropertyOptional({ description: 'The words at this place.' })
  quote?: string;
  @ApiPropertyOptional({ format: 'uuid' })
  mediaId?: string;
  @ApiPropertyOptional()
  x?: number;
  @ApiPropertyOptional()
  y?: number;
}

export class CommentDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  postId: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null for the first one of a thread.' })
  parentId: string | null;
  @ApiProperty(VISIBLE)
  visibility: Visibility;
  @ApiProperty({ type: CommentAuthorDto })
  author: CommentAuthorDto;
  @ApiProperty({ description: 'Empty where it was deleted.' })
  text: string;
  @ApiProperty({ type: 'integer', description: 'Of the post, when it was written.' })
  revision: number;
  @ApiProperty({ type: AnchorDto, nullable: true })
  anchor: AnchorDto | null;
  @ApiProperty({ type: [MentionDto] })
  mentions: MentionDto[];
  @ApiProperty({ type: [AttachmentDto] })
  attachments: AttachmentDto[];
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  editedAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  resolvedAt: Date | null;
  @ApiProperty({ type: CommentAuthorDto, nullable: true })
  resolvedBy: CommentAuthorDto | null;
  @ApiProperty({ description: 'Nothing but its replies is left of it.' })
  deleted: boolean;
  @ApiProperty({ type: () => [CommentDto], description: 'Of a thread, oldest first.' })
  replies: CommentDto[];
}

export class CommentsPageDto {
  @ApiProperty({ type: [CommentDto], description: 'Threads, oldest first.' })
  data: CommentDto[];
  @ApiPropertyOptional({ description: 'The `cursor` of the next page; absent on the last one.' })
  next?: string;
  @ApiProperty({ type: 'integer', description: 'How many threads of the post nobody has resolved.' })
  openThreads: number;
}
