import { heldWords, type LogRecord, type PublicationRecord, type SegmentProgress } from '#publishing';
import { type LogEntryDto, type PublicationDto, type PublicationSummaryDto } from './publications.dto.js';

/** A publication as a post lists it. */
export function publicationSummary(record: PublicationRecord): PublicationSummaryDto {
  return {
    id: record.id,
    channelId: record.channel_id,
    state: record.state,
    dueAt: record.due_at,
    publishedAt: record.published_at,
    permalink: record.permalink,
    ...(record.note !== null && { note: record.note }),
    ...(record.removed_at && { removedAt: record.removed_at }),
    ...(record.waiting_for !== null && { waitingFor: record.waiting_for }),
    ...(record.held_reason && { heldReason: record.held_reason }),
    ...(record.failure && { failure: record.failure }),
  };
}

/** A publication as the API shows it. */
export function publicationView(
  record: PublicationRecord,
  segments: SegmentProgress[],
  cost: number | null,
): PublicationDto {
  return {
    ...publicationSummary(record),
    postId: record.post_id,
    workspaceId: record.workspace_id,
    revision: record.revision,
    timeZone: record.time_zone,
    attempts: record.attempts,
    segments,
    cost,
    ...(record.held_reason && { held: heldWords(record.held_reason, record.failure) }),
    ...(record.edited_at &&
      record.edited_text !== null && { edited: { at: record.edited_at, text: record.edited_text } }),
  };
}

/** An entry of the publishing log as the API shows it. */
export function logEntryView(record: LogRecord): LogEntryDto {
  return {
    id: record.id,
    at: record.at,
    kind: record.kind,
    actor: record.actor,
    attempt: record.attempt,
    state: record.state,
    ...(record.failure && { failure: record.failure }),
    ...(record.evidence && { evidence: record.evidence }),
  };
}
