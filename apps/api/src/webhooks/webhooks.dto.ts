import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import {
  DELIVERY_STATES,
  type DeliveryState,
  type DisabledReason,
  TEST_EVENT,
  WEBHOOK_EVENT_TYPES,
} from '#notifications';
import { PageQuery } from '../http/index.js';
import { IsInstant } from '../support/instant.validator.js';
import { Omittable } from '../validators.js';

/** More workspaces than an agency has clients are a mistake. */
const MAX_WORKSPACES = 200;

const EVENT_TYPES_SCHEMA = {
  oneOf: [
    { type: 'string', enum: ['all'] },
    { type: 'array', items: { type: 'string', enum: [...WEBHOOK_EVENT_TYPES] }, minItems: 1 },
  ],
  description: 'Of what it is told: `all`, also what is added later, or names of `GET /v1/webhooks/event-types`.',
};

/** `all`, or names of the catalogue. */
function AreEventTypes(): PropertyDecorator {
  const known = (type: unknown) => WEBHOOK_EVENT_TYPES.some((one) => one === type);
  return ValidateBy({
    name: 'eventTypes',
    validator: {
      validate: (value: unknown) =>
        value === 'all' ||
        (Array.isArray(value) && value.length > 0 && value.length <= WEBHOOK_EVENT_TYPES.length && value.every(known)),
      defaultMessage: () => '$property must be "all" or a list of event types that there are.',
    },
  });
}

/** Ids compare by their text, and a UUID may be written in capitals. */
function lowerCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** A list of workspaces, or null for all. */
function AreWorkspaces(): PropertyDecorator {
  const rules = [
    ValidateIf((_, value: unknown) => value !== undefined && value !== null),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MAX_WORKSPACES),
    IsUUID(undefined, { each: true }),
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(lowerCase) : value)),
  ];
  return (target, name) => rules.forEach((rule) => rule(target, name));
}

const WORKSPACES = {
  type: [String] as [StringConstructor],
  format: 'uuid',
  nullable: true,
  minItems: 1,
  maxItems: MAX_WORKSPACES,
  description:
    'Only what happens in these workspaces. null = in all of the organization, and what concerns it as a whole.',
};
const URL_SCHEMA = { minLength: 8, maxLength: 2_000, examples: ['https://example.com/webhooks'] };

export class CreateWebhookDto {
  @ApiProperty({ ...URL_SCHEMA, description: 'Where to: https in production. It has to be on the public internet.' })
  @IsString()
  @Length(8, 2_000)
  url: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'What it is for.' })
  @Omittable()
  @IsString()
  @MaxLength(200)
  description?: string;

  @ApiProperty(EVENT_TYPES_SCHEMA)
  @AreEventTypes()
  eventTypes: string[] | 'all';

  @ApiPropertyOptional(WORKSPACES)
  @AreWorkspaces()
  workspaceIds?: string[] | null;
}

export class UpdateWebhookDto {
  @ApiPropertyOptional(URL_SCHEMA)
  @Omittable()
  @IsString()
  @Length(8, 2_000)
  url?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @Omittable()
  @IsString()
  @MaxLength(200)
  description?: string;

  @ApiPropertyOptional(EVENT_TYPES_SCHEMA)
  @Omittable()
  @AreEventTypes()
  eventTypes?: string[] | 'all';

  @ApiPropertyOptional(WORKSPACES)
  @AreWorkspaces()
  workspaceIds?: string[] | null;

  @ApiPropertyOptional({ description: 'false = it is sent nothing; true = also what was waiting, at once.' })
  @Omittable()
  @IsBoolean()
  enabled?: boolean;
}

export class WebhookDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  url: string;
  @ApiProperty()
  description: string;
  @ApiProperty({ ...EVENT_TYPES_SCHEMA })
  eventTypes: string[] | 'all';
  @ApiProperty({ type: [String], format: 'uuid', nullable: true, description: 'null = all of the organization.' })
  workspaceIds: string[] | null;
  @ApiProperty({
    enum: ['working', 'failing', 'disabled'],
    description: '`failing`: the last tries did not succeed; after five days it is disabled.',
  })
  state: 'working' | 'failing' | 'disabled';
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Nothing was taken since then.' })
  failingSince: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Accurate to ten seconds.' })
  lastDeliveredAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  disabledAt: Date | null;
  @ApiProperty({
    enum: ['gone', 'failing', 'by-hand'],
    nullable: true,
    description: '`gone`: the receiver answered with HTTP 410. `failing`: it took nothing for five days.',
  })
  disabledReason: DisabledReason | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until then messages are signed with the former secret too.',
  })
  formerSecretUntil: Date | null;
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;
  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt: Date;
  @ApiProperty({ type: 'integer', description: 'The number in the ETag.' })
  version: number;
}

export class WebhookWithSecretDto extends WebhookDto {
  @ApiProperty({ description: 'Shown this once. By it receivers know that a message is from ClickPost.' })
  secret: string;
}

export class WebhooksDto {
  @ApiProperty({ type: [WebhookDto] })
  data: WebhookDto[];
}

export class EventTypeDto {
  @ApiProperty({ examples: ['publication.published'] })
  type: string;
  @ApiProperty({ description: 'When it happens.' })
  when: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'A whole payload, as it is sent.' })
  example: Record<string, unknown>;
}

export class EventTypesDto {
  @ApiProperty({ type: [EventTypeDto] })
  data: EventTypeDto[];
}

/** The query of a list of deliveries. */
export class DeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATES })
  @Omittable()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;

  @ApiPropertyOptional({ enum: [...WEBHOOK_EVENT_TYPES, TEST_EVENT] })
  @Omittable()
  @IsIn([...WEBHOOK_EVENT_TYPES, TEST_EVENT])
  type?: string;
}

export class DeliveryDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  webhookId: string;
  @ApiProperty({ format: 'uuid', description: 'The header `webhook-id`: the same however often it is sent.' })
  messageId: string;
  @ApiProperty()
  type: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  workspaceId: string | null;
  @ApiProperty({ enum: DELIVERY_STATES, description: '`waiting`: it is tried now, or again later.' })
  state: DeliveryState;
  @ApiProperty({ type: 'integer', description: 'Since it was begun, or repeated last.' })
  tries: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the last try; null where no answer came.' })
  lastStatus: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why the last try did not succeed.' })
  lastError: string | null;
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  nextTryAt: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: Date | null;
}

export class DeliveryTryDto {
  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;
  @ApiProperty({ type: 'integer' })
  durationMs: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'null where no answer came.' })
  status: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'The first kilobyte of the answer.' })
  answer: string | null;
  @ApiProperty({ type: String, nullable: true })
  error: string | null;
}

export class DeliveryDetailDto extends DeliveryDto {
  @ApiProperty({ description: 'The body, exactly as it was signed and sent.' })
  payload: string;
  @ApiProperty({ type: [DeliveryTryDto], description: 'Oldest first; the latest hundred.' })
  attempts: DeliveryTryDto[];
}

export class RepeatDeliveriesDto {
  @ApiProperty({ type: String, format: 'date-time', description: 'All that failed of what happened since then.' })
  @IsInstant()
  since: string;
}

export class RepeatedDto {
  @ApiProperty({ type: 'integer', description: 'How many are sent again.' })
  repeated: number;
}
