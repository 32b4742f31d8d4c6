import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, IsUUID, Length, Matches, Max, Min } from 'class-validator';
import {
  type ClientCommentView,
  PASSCODE_MAX,
  type ReviewApproval,
  type ReviewChannel,
  type ReviewCover,
  type ReviewMedia,
  type ReviewOutcome,
  type ReviewRendition,
  type ReviewSegment,
  type ReviewView,
} from '#planning';
import { type MediaKind, RENDITION_STATES, type RenditionState } from '#media';
import { AnchorDto, AttachmentDto, NewAnchorDto } from '../comments/comments.dto.js';
import { AppearanceDto, PlatformLimitsDto } from '../platforms/platforms.dto.js';
import { ChangeDto } from '../posts/posts.dto.js';
import { IsNested, LowerCase, Omittable } from '../validators.js';

const MAX_COMMENT = 5_000;
const MAX_REVISION = 2 ** 31 - 1;

export class ReviewQuery {
  @ApiPropertyOptional({
    type: 'integer',
    description:
      'A revision that you saw before: the answer says what changed. Left out, it is the one you decided about.',
  })
  @Omittable()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_REVISION)
  since?: number;
}

export class EnterPasscodeDto {
  @ApiProperty({ minLength: 1, maxLength: PASSCODE_MAX })
  @IsString()
  @Length(1, PASSCODE_MAX)
  passcode: string;
}

export class CommentReviewDto {
  @ApiProperty({ minLength: 1, maxLength: MAX_COMMENT })
  @IsString()
  @Length(1, MAX_COMMENT)
  @Matches(/\S/, { message: 'text must say something' })
  text: string;

  @ApiPropertyOptional({ type: NewAnchorDto, description: 'A place in a text, or a point of an image.' })
  @Omittable()
  @IsNested(() => NewAnchorDto)
  anchor?: NewAnchorDto;

  @ApiPropertyOptional({ format: 'uuid', description: 'The first comment of the thread that it answers in.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  parentId?: string;
}

export class ReviewClientDto {
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
  @ApiProperty({ type: String, nullable: true })
  email: string | null;
}

/** A version of a file that is made for a network. */
export class ReviewRenditionDto implements ReviewRendition {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: RENDITION_STATES })
  state: RenditionState;
  @ApiPropertyOptional({ minimum: 0, maximum: 1, description: 'While it is made.' })
  progress?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'How long the rest may take, in milliseconds.' })
  remainingMs?: number;
}

/** What a channel gets of a file. */
export class ReviewOutcomeDto implements ReviewOutcome {
  @ApiProperty({ enum: ['image', 'video', 'document'], description: 'A GIF may go out as a video.' })
  output: MediaKind;
  @ApiProperty({ enum: ['keep', 'remux', 'transcode', 'render'], description: '`keep` = it goes out as it is.' })
  action: ReviewOutcome['action'];
  @ApiProperty({ type: 'integer', description: 'Pixels of what is sent, at the most.' })
  width: number;
  @ApiProperty({ type: 'integer' })
  height: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Of videos.' })
  durationMs?: number;
  @ApiProperty({
    type: ReviewRenditionDto,
    nullable: true,
    description: 'Of a video that has to be made first; null where nobody makes it yet, as before the post has a time.',
  })
  rendition: ReviewRenditionDto | null;
}

export class ReviewCoverDto implements ReviewCover {
  @ApiPropertyOptional({ format: 'uuid', description: 'Of an image of its own.' })
  imageId?: string;
  @ApiPropertyOptional({ type: 'integer', description: 'Of a moment, in milliseconds of what goes out.' })
  atMs?: number;
}

export class ReviewMediaDto implements ReviewMedia {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: ['image', 'video', 'document'] })
  kind: MediaKind;
  @ApiProperty({ example: 'image/jpeg' })
  contentType: string;
  @ApiPropertyOptional({ description: 'Of documents, whose name is seen.' })
  filename?: string;
  @ApiPropertyOptional({ type: 'integer', description: 'Of documents whose pages can be counted.' })
  pages?: number;
  @ApiProperty({ description: 'Whether there is a picture of it: not of every document.' })
  picture: boolean;
  @ApiProperty({ type: 'integer', description: 'In pixels, as displayed.' })
  width: number;
  @ApiProperty({ type: 'integer', description: 'In pixels, as displayed.' })
  height: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Of videos.' })
  durationMs?: number;
  @ApiProperty({ type: String, nullable: true })
  altText: string | null;
  @ApiPropertyOptional({
    type: ReviewCoverDto,
    description: 'What stands for a video before it is played. Left out where the network chooses it.',
  })
  cover?: ReviewCoverDto;
  @ApiProperty({ type: [String], description: 'What is changed of it for this channel, in words and in this order.' })
  changes: string[];
  @ApiProperty({ type: ReviewOutcomeDto, nullable: true, description: 'Null = it cannot go out there.' })
  sent: ReviewOutcomeDto | null;
}

/** One message that a channel gets. */
export class ReviewSegmentDto implements ReviewSegment {
  @ApiProperty({ enum: ['post', 'reply', 'comment'] })
  kind: ReviewSegment['kind'];
  @ApiProperty()
  text: string;
  @ApiProperty({ type: String, nullable: true })
  link: string | null;
  @ApiProperty({ type: [ReviewMediaDto] })
  media: ReviewMediaDto[];
}

/** An answer to the platform’s form for posts. */
/** A name on a place of an image. */
export class ReviewMarkDto {
  @ApiProperty({ type: 'integer', description: 'Which file of the post, from 0.' })
  media: number;
  @ApiProperty({ description: '0 to 1 from the left.' })
  x: number;
  @ApiProperty({ description: '0 to 1 from the top.' })
  y: number;
  @ApiProperty()
  text: string;
}

/** What was chosen of what the platform found. */
export class ReviewChoiceDto {
  @ApiProperty()
  value: string;
  @ApiProperty()
  label: string;
}

@ApiExtraModels(ReviewMarkDto, ReviewChoiceDto)
export class ReviewSettingDto {
  @ApiProperty()
  name: string;
  @ApiProperty()
  label: string;
  @ApiProperty({
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: { type: 'string' } },
      { type: 'array', items: { $ref: getSchemaPath(ReviewMarkDto) } },
      { $ref: getSchemaPath(ReviewChoiceDto) },
    ],
    description:
      'As it was entered: of several texts a list, of names on images their places, of a search what was chosen.',
  })
  value: string | number | boolean | string[] | ReviewMarkDto[] | ReviewChoiceDto;
  @ApiProperty({ description: 'The value as people read it.' })
  shown: string;
}

export class ReviewPlatformDto {
  @ApiProperty({ example: 'bluesky' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ type: AppearanceDto })
  appearance: AppearanceDto;
}

/** Which further messages a network has. */
export class ReviewSupportsDto {
  @ApiProperty()
  thread: boolean;
  @ApiProperty()
  firstComment: boolean;
}

export class ReviewDueDto {
  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;
  @ApiProperty({ example: 'Europe/Berlin' })
  timeZone: string;
}

export class ReviewPublishedDto {
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  at: Date | null;
  @ApiProperty({ type: String, format: 'uri', nullable: true })
  permalink: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'What people still have to know or to do about it.' })
  note: string | null;
}

/** What a channel gets, and what is needed to draw it as its network will. */
export class ReviewChannelDto implements ReviewChannel {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ type: String, nullable: true })
  handle: string | null;
  @ApiProperty({ description: 'On the practice network.' })
  practice: boolean;
  @ApiProperty({ type: ReviewPlatformDto })
  platform: ReviewPlatformDto;
  @ApiProperty({ type: PlatformLimitsDto })
  limits: PlatformLimitsDto;
  @ApiProperty({ type: ReviewSupportsDto })
  supports: ReviewSupportsDto;
  @ApiProperty({ type: [String], description: 'Names of settings of the network that this channel does not have.' })
  withoutSettings: string[];
  @ApiProperty({ type: [ReviewSettingDto] })
  settings: ReviewSettingDto[];
  @ApiProperty({ type: [ReviewSegmentDto], description: 'In the order in which they go out.' })
  segments: ReviewSegmentDto[];
  @ApiProperty({ type: ReviewDueDto, nullable: true, description: 'Null = not scheduled.' })
  due: ReviewDueDto | null;
  @ApiProperty({ type: ReviewPublishedDto, nullable: true, description: 'Null = nobody sees it there yet.' })
  published: ReviewPublishedDto | null;
}

export class ReviewPostDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: 'integer', description: 'Counts the changes of the content.' })
  revision: number;
  @ApiProperty({ description: 'Of what the post says now; a decision names it.' })
  contentHash: string;
  @ApiProperty({ type: [ReviewChannelDto] })
  channels: ReviewChannelDto[];
}

export class ReviewStepDto {
  @ApiProperty()
  name: string;
  @ApiProperty({ enum: ['waiting', 'open', 'approved', 'changes-requested'] })
  state: ReviewApproval['steps'][number]['state'];
}

export class ReviewDecisionDto {
  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;
  @ApiProperty({ enum: ['approve', 'request-changes'] })
  decision: 'approve' | 'request-changes';
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;
  @ApiProperty({ type: 'integer', description: 'Of the post, when it was decided.' })
  revision: number;
  @ApiProperty({ description: 'It is about what the post says now.' })
  counts: boolean;
}

export class ReviewApprovalDto implements ReviewApproval {
  @ApiProperty({ enum: ['none', 'pending', 'approved', 'changes-requested'] })
  state: ReviewApproval['state'];
  @ApiProperty({ type: [ReviewStepDto] })
  steps: ReviewStepDto[];
  @ApiProperty({ description: 'The client is asked now.' })
  waitedFor: boolean;
  @ApiProperty({ description: 'A decision would count now.' })
  mayDecide: boolean;
  @ApiProperty({ description: 'Also after they approved.' })
  mayRequestChanges: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Why there is nothing to decide; null where there is.' })
  reason: string | null;
  @ApiProperty({ type: [ReviewDecisionDto], description: 'What this client decided before, oldest first.' })
  decisions: ReviewDecisionDto[];
}

export class ReviewChangesDto {
  @ApiProperty({ type: 'integer', description: 'The revision that you saw before.' })
  since: number;
  @ApiProperty({ type: [ChangeDto] })
  list: ChangeDto[];
}

export class ReviewAuthorDto {
  @ApiProperty({ enum: ['member', 'client'] })
  type: 'member' | 'client';
  @ApiProperty()
  name: string;
}

export class ReviewMentionDto {
  @ApiProperty()
  name: string;
}

/** A comment that is meant for clients too. */
export class ReviewCommentDto implements ClientCommentView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  parentId: string | null;
  @ApiProperty({ type: ReviewAuthorDto })
  author: ReviewAuthorDto;
  @ApiProperty()
  text: string;
  @ApiProperty({ type: 'integer' })
  revision: number;
  @ApiProperty({ type: AnchorDto, nullable: true })
  anchor: ClientCommentView['anchor'];
  @ApiProperty({ type: [ReviewMentionDto] })
  mentions: ReviewMentionDto[];
  @ApiProperty({ type: [AttachmentDto] })
  attachments: AttachmentDto[];
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  editedAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  resolvedAt: Date | null;
  @ApiProperty({ type: ReviewAuthorDto, nullable: true })
  resolvedBy: ReviewAuthorDto | null;
  @ApiProperty({ description: 'Nothing but its replies is left of it.' })
  deleted: boolean;
  @ApiProperty({ type: () => [ReviewCommentDto] })
  replies: ReviewCommentDto[];
}

/** All that a client sees by a review link. */
export class ReviewDto implements ReviewView {
  @ApiProperty()
  organization: string;
  @ApiProperty()
  workspace: string;
  @ApiProperty({ type: ReviewClientDto })
  client: ReviewClientDto;
  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt: Date;
  @ApiProperty({ type: String, nullable: true, description: 'Who asked for the approval.' })
  askedBy: string | null;
  @ApiProperty({ type: ReviewPostDto })
  post: ReviewPostDto;
  @ApiProperty({ type: ReviewApprovalDto })
  approval: ReviewApprovalDto;
  @ApiProperty({
    type: ReviewChangesDto,
    nullable: true,
    description: 'Null where nothing is known that you saw before.',
  })
  changes: ReviewChangesDto | null;
  @ApiProperty({ type: [ReviewCommentDto], description: 'Threads, oldest first.' })
  comments: ReviewCommentDto[];
}
