import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { type Role } from '#accounts';
import {
  APPROVAL_MODES,
  type ApprovalMode,
  APPROVING_ROLES,
  DEFAULT_REMINDERS,
  MAX_APPROVERS,
  MAX_HOURS,
  MAX_REMINDERS,
  MAX_STEPS,
  type StepRule,
} from '#planning';
import { ActorDto } from '../publications/publications.dto.js';
import { IsNested, IsNestedList, Omittable } from '../validators.js';

const MAX_COMMENT = 5_000;

const RULE_SCHEMA = {
  oneOf: [
    { type: 'string', enum: ['any', 'all'] },
    { type: 'integer', minimum: 1, maximum: MAX_APPROVERS },
  ],
};

/** `any`, `all`, or how many. */
function IsStepRule(): PropertyDecorator {
  return ValidateBy({
    name: 'isStepRule',
    validator: {
      validate: (value: unknown) =>
        value === 'any' ||
        value === 'all' ||
        (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_APPROVERS),
      defaultMessage: () => `$property must be "any", "all" or a whole number from 1 to ${MAX_APPROVERS}`,
    },
  });
}

function IsSetOf(...each: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    for (const decorate of [Omittable(), IsArray(), ArrayMaxSize(MAX_APPROVERS), ArrayUnique(), ...each]) {
      decorate(target, key);
    }
  };
}

/** Whoever is named in any of the three ways. */
export class ApproversDto {
  @ApiPropertyOptional({ enum: APPROVING_ROLES, isArray: true })
  @IsSetOf(IsIn(APPROVING_ROLES, { each: true }))
  roles?: Role[];

  @ApiPropertyOptional({
    ...{ type: [String], format: 'uuid' },
    description: 'Users. They count while their role lets them approve.',
  })
  @IsSetOf(IsUUID(undefined, { each: true }))
  members?: string[];

  @ApiPropertyOptional({
    ...{ type: [String], format: 'email' },
    description: 'People without an account, who decide by review link.',
  })
  @IsSetOf(IsEmail({}, { each: true }))
  clients?: string[];
}

export class ApprovalStepDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @Length(1, 100)
  name: string;

  @ApiProperty({ type: ApproversDto })
  @IsNested(() => ApproversDto)
  approvers: ApproversDto;

  @ApiProperty({ ...RULE_SCHEMA, description: 'How many have to agree: one, all, or so many.' })
  @IsStepRule()
  rule: StepRule;
}

/** Who is asked as well when time runs short. */
export class EscalationDto extends PickType(ApproversDto, ['roles', 'members']) {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_HOURS, description: 'Before the due time.' })
  @IsInt()
  @Min(1)
  @Max(MAX_HOURS)
  hours: number;
}

/** What somebody sets of how a workspace approves. */
export class SetApprovalWorkflowDto {
  @ApiProperty({
    enum: APPROVAL_MODES,
    description: '`optional`: an author may ask, and then it binds. `required`: nothing goes out without it.',
  })
  @IsIn(APPROVAL_MODES)
  mode: ApprovalMode;

  @ApiProperty({ description: 'Whether somebody may approve what they wrote themselves.' })
  @IsBoolean()
  selfApproval: boolean;

  @ApiProperty({ description: 'Whether another time alone asks for a new approval.' })
  @IsBoolean()
  rescheduleNeedsApproval: boolean;

  @ApiProperty({ type: [ApprovalStepDto], maxItems: MAX_STEPS, description: 'One after the other.' })
  @IsNestedList(() => ApprovalStepDto, MAX_STEPS)
  steps: ApprovalStepDto[];

  @ApiPropertyOptional({
    ...{ type: 'array', items: { type: 'integer', minimum: 1, maximum: MAX_HOURS }, maxItems: MAX_REMINDERS },
    default: DEFAULT_REMINDERS,
    description: 'How many hours before the due time those are reminded for whom it waits.',
  })
  @Omittable()
  @IsArray()
  @ArrayMaxSize(MAX_REMINDERS)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(MAX_HOURS, { each: true })
  reminders?: number[];

  @ApiPropertyOptional({
    ...{ type: EscalationDto, nullable: true, default: null },
    description: 'So long before the due time, with a step still open, those may decide in it too who are named here.',
  })
  @ValidateIf((_, value: unknown) => value !== undefined && value !== null)
  @IsNested(() => EscalationDto)
  escalation?: EscalationDto | null;
}

/** How a workspace approves. */
export class ApprovalWorkflowDto extends SetApprovalWorkflowDto {
  @ApiProperty({ type: 'array', items: { type: 'integer' }, description: 'In hours before the due time.' })
  declare reminders: number[];

  @ApiProperty({ type: EscalationDto, nullable: true })
  declare escalation: EscalationDto | null;
}

export class DecideDto {
  @ApiProperty({ enum: ['approve', 'request-changes'] })
  @IsIn(['approve', 'request-changes'])
  decision: 'approve' | 'request-changes';

  @ApiProperty({ description: 'Of the content that was looked at, from `GET /v1/posts/{id}/approval`.' })
  @IsString()
  @Matches(/^[0-9a-f]{64}$/)
  contentHash: string;

  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_COMMENT })
  @Omittable()
  @IsString()
  @Length(1, MAX_COMMENT)
  comment?: string;
}

/** Who decides for somebody who is away. */
export class DelegateDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiPropertyOptional({
    ...{ type: String, format: 'date-time' },
    description: 'Until when; only where the decision is still waited for.',
  })
  until?: Date;
}

export class ApproverDto {
  @ApiProperty({ enum: ['member', 'client'] })
  type: 'member' | 'client';
  @ApiProperty({ description: 'A user’s id, or a client’s e-mail address.' })
  id: string;
  @ApiProperty()
  name: string;
  @ApiPropertyOptional({
    type: DelegateDto,
    description: 'Who decides in their place while they are away, or did.',
  })
  delegate?: DelegateDto;
}

export class StepProgressDto {
  @ApiProperty()
  name: string;
  @ApiProperty(RULE_SCHEMA)
  rule: StepRule;
  @ApiProperty({ enum: ['waiting', 'open', 'approved', 'changes-requested'] })
  state: 'waiting' | 'open' | 'approved' | 'changes-requested';
  @ApiProperty({ type: 'integer', description: 'How many have to agree.' })
  needed: number;
  @ApiProperty({ type: [ApproverDto] })
  approvedBy: ApproverDto[];
  @ApiProperty({ type: [ApproverDto], description: 'Empty unless the step is open.' })
  waitingFor: ApproverDto[];
}

export class DecisionDto {
  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;
  @ApiProperty({ type: ApproverDto })
  by: ApproverDto;
  @ApiProperty({ enum: ['approve', 'request-changes'] })
  decision: 'approve' | 'request-changes';
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;
  @ApiProperty({ type: 'integer', description: 'Of the post, when it was decided: what was looked at.' })
  revision: number;
  @ApiProperty()
  contentHash: string;
  @ApiProperty({ description: 'It is about what the post says now, in the present round.' })
  counts: boolean;
}

export class ApprovalDto {
  @ApiProperty({ enum: ['none', 'pending', 'approved', 'changes-requested'] })
  state: 'none' | 'pending' | 'approved' | 'changes-requested';
  @ApiProperty({ type: 'integer', description: 'Of the post, to which the hash belongs.' })
  revision: number;
  @ApiProperty({ description: 'Of what the post says now; a decision names it.' })
  contentHash: string;
  @ApiProperty({ type: String, nullable: true, description: 'Of what was approved last.' })
  approvedHash: string | null;
  @ApiProperty({ type: ActorDto, nullable: true })
  requestedBy: ActorDto | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  requestedAt: Date | null;
  @ApiProperty({ type: [StepProgressDto] })
  steps: StepProgressDto[];
  @ApiProperty({ type: [DecisionDto], description: 'All that was ever decided, oldest first.' })
  decisions: DecisionDto[];
}
