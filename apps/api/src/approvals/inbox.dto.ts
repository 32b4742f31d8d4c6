import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsIn, IsUUID } from 'class-validator';
import { type Action } from '#accounts';
import { type MediaKind } from '#media';
import { PageQuery } from '../http/index.js';
import { PostContentDto } from '../posts/posts.dto.js';
import { ActorDto } from '../publications/publications.dto.js';
import { IsNestedList, LowerCase, Omittable } from '../validators.js';
import { ApprovalDto, ApproverDto, DecideDto } from './approvals.dto.js';
import { WaitingStepDto } from './waiting.dto.js';

/** Decisions of one request. */
const MAX_DECISIONS = 50;

const WAITING_FOR = ['me', 'anybody'] as const;

/** Which part of what waits. */
export class InboxQuery extends PageQuery {
  @ApiPropertyOptional({ enum: WAITING_FOR, default: 'me', description: '`me` = only what waits for whoever asks.' })
  @Omittable()
  @IsIn(WAITING_FOR)
  waitingFor: (typeof WAITING_FOR)[number] = 'me';

  @ApiPropertyOptional({ format: 'uuid', description: 'Only what lies in this workspace.' })
  @Omittable()
  @IsUUID()
  @LowerCase()
  workspaceId?: string;
}

export class InboxWorkspaceDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
}

export class InboxChannelDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'bluesky' })
  platform: string;
  @ApiProperty()
  name: string;
  @ApiProperty()
  practice: boolean;
}

export class InboxMediaDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: ['image', 'video', 'document'] })
  kind: MediaKind;
  @ApiProperty({ type: String, nullable: true, description: 'As it is described in this post.' })
  altText: string | null;
}

/** A post whose approval waits. */
export class InboxItemDto {
  @ApiProperty({ format: 'uuid' })
  postId: string;
  @ApiProperty({ type: InboxWorkspaceDto })
  workspace: InboxWorkspaceDto;
  @ApiProperty({ type: 'integer', description: 'Of the post, to which hash and content belong.' })
  revision: number;
  @ApiProperty({ description: 'Of what the post says; a decision names it.' })
  contentHash: string;
  @ApiProperty({ enum: ['pending'] })
  state: 'pending';
  @ApiProperty({ type: WaitingStepDto, description: 'The step that is open.' })
  step: WaitingStepDto;
  @ApiProperty({ type: [ApproverDto], description: 'Who is asked in it and has not answered.' })
  waitingFor: ApproverDto[];
  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Since when it waits in this step, with this content.',
  })
  since: Date;
  @ApiProperty({ type: ActorDto })
  requestedBy: ActorDto;
  @ApiProperty({
    ...{ type: String, format: 'date-time', nullable: true },
    description: 'When the first of it is to go out; null for a draft.',
  })
  dueAt: Date | null;
  @ApiProperty({ example: 'Europe/Berlin', description: 'In which the time was chosen; of a draft, the workspace’s.' })
  timeZone: string;
  @ApiProperty({ description: 'Its time has passed.' })
  overdue: boolean;
  @ApiProperty({ type: [InboxChannelDto] })
  channels: InboxChannelDto[];
  @ApiProperty({ maxLength: 280, description: 'The first 280 characters of what is written for all channels.' })
  text: string;
  @ApiProperty({ type: [InboxMediaDto], description: 'Every file of it, once.' })
  media: InboxMediaDto[];
  @ApiProperty({ type: PostContentDto, description: 'All of what it says, as it was written.' })
  content: PostContentDto;
  @ApiProperty({ description: 'Whether whoever asks may decide about it now.' })
  mayDecide: boolean;
}

export class InboxCountDto {
  @ApiProperty({ type: 'integer', maximum: 100, description: 'How many posts wait for whoever asks; 100 = or more.' })
  count: number;
}

export class DecideOneDto extends DecideDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  @LowerCase()
  postId: string;
}

export class DecideManyDto {
  @ApiProperty({ type: [DecideOneDto], minItems: 1, maxItems: MAX_DECISIONS, description: 'Each post once.' })
  @IsNestedList(() => DecideOneDto, MAX_DECISIONS)
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_DECISIONS)
  @ArrayUnique(({ postId }: DecideOneDto) => postId, { message: 'a post is named more than once' })
  decisions: DecideOneDto[];
}

/** Why a decision was refused. */
export class RefusalDto {
  @ApiProperty({ example: 'urn:clickpost:problem:conflict' })
  type: string;
  @ApiProperty()
  title: string;
  @ApiProperty({ description: 'What happened, and what to do.' })
  detail: string;
  @ApiPropertyOptional({ description: 'Of what the post says now, where it was changed meanwhile.' })
  contentHash?: string;
}

/** What became of one decision. */
export class DecisionResultDto {
  @ApiProperty({ format: 'uuid' })
  postId: string;
  @ApiProperty({ enum: ['done', 'refused'] })
  outcome: 'done' | 'refused';
  @ApiPropertyOptional({ type: ApprovalDto, description: 'How the approval stands now, where it was done.' })
  approval?: ApprovalDto;
  @ApiPropertyOptional({ type: RefusalDto, description: 'Why, where it was refused.' })
  problem?: RefusalDto;
}

export class DecisionResultsDto {
  @ApiProperty({ type: [DecisionResultDto], description: 'In the order of the decisions.' })
  results: DecisionResultDto[];
}

/** What deciding needs, in the workspace of each post. */
export const DECIDE: Action = 'posts.approve';
