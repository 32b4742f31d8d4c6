import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import {
  ALERT_CAUSES,
  type AlertCause,
  EMAIL_PREFERENCES,
  type EmailPreference,
  type NotificationPreferences,
  NOTICE_CAUSES,
  type NoticeCause,
  type SubjectType,
} from '#notifications';
import { PageQuery } from '../http/index.js';

export class NotificationsQuery extends PageQuery {
  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: 'Only those that still need somebody and were not read.',
  })
  @IsOptional()
  // `false` as text is true in JavaScript.
  @Transform(({ obj }: { obj: Record<string, unknown> }) => asBoolean(obj['unread']))
  @IsBoolean()
  unread: boolean = false;
}

class PlaceDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
}

/** What a notification is about. */
class NotificationSubjectDto extends PlaceDto {
  @ApiProperty({ enum: ['channel', 'connection', 'post'], description: 'A post is named by what it says.' })
  type: SubjectType | 'post';
  @ApiProperty({ type: String, nullable: true, example: 'bluesky', description: 'Null of a post.' })
  platform: string | null;
  @ApiProperty()
  practice: boolean;
  @ApiProperty({
    ...{ type: String, format: 'uuid', nullable: true },
    description: 'Of a post: the comment, or its thread.',
  })
  commentId: string | null;
}

/** Something that needs, or needed, a person, or that they want to know. */
export class NotificationDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt: Date | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was over; null while it needs somebody.',
  })
  closedAt: Date | null;
  @ApiProperty({
    enum: [...ALERT_CAUSES, ...NOTICE_CAUSES],
    description: 'What it is about. There is one notification for it, however often it happened.',
  })
  cause: AlertCause | NoticeCause;
  @ApiProperty({
    type: 'integer',
    description: 'Publications that share the cause, or did when it was over; 1 of a post.',
  })
  count: number;
  @ApiProperty({ example: '12 posts could not be published on North Roast' })
  headline: string;
  @ApiProperty({ description: 'What is wrong.' })
  title: string;
  @ApiProperty({ description: 'What to do about it.' })
  remedy: string;
  @ApiProperty({ type: PlaceDto })
  workspace: PlaceDto;
  @ApiProperty({ type: NotificationSubjectDto })
  subject: NotificationSubjectDto;
}

/** A page of notifications, and how many are unread. */
export class NotificationsDto {
  @ApiProperty({ type: [NotificationDto] })
  data: NotificationDto[];
  @ApiPropertyOptional({ description: 'The `cursor` of the next page; absent on the last one.' })
  next?: string;
  @ApiProperty({ type: 'integer', description: 'All that still need somebody and were not read.' })
  unread: number;
}

export class NotificationPreferencesDto implements NotificationPreferences {
  @ApiProperty({
    enum: EMAIL_PREFERENCES,
    description: '`immediate`: by mail at once. `digest`: once a day at 8:00. `off`: only in ClickPost.',
  })
  @IsIn(EMAIL_PREFERENCES)
  email: EmailPreference;
}

function asBoolean(value: unknown): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  return value;
}
