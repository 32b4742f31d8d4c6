import { MalformedAnswerError, stringField } from '#platforms/core';
import { callApi, type Caller, OPERATIONS } from './api.js';

/** https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status */
const STATES = [
  'PROCESSING_UPLOAD',
  'PROCESSING_DOWNLOAD',
  'SEND_TO_USER_INBOX',
  'PUBLISH_COMPLETE',
  'FAILED',
] as const;
type State = (typeof STATES)[number];

/** What TikTok says of a post that was begun. */
export interface Status {
  state: State;
  /** Of one that failed. */
  reason: string;
  /** Of a public post that was reviewed: more than a number holds. Mostly one; none before the review. */
  postIds: string[];
  /** Of an upload. */
  uploadedBytes?: number;
}

/** Asks what became of a post. Throws where TikTok does not say. */
export async function readStatus(ctx: Caller, publishId: string): Promise<Status> {
  const operation = OPERATIONS.status;
  const data = await callApi(ctx, {
    operation,
    path: '/post/publish/status/fetch/',
    json: { publish_id: publishId },
  });
  const said = stringField(data, 'status', operation);
  const state = STATES.find((known) => known === said);
  if (!state) throw new MalformedAnswerError(operation, `"status" is "${said}"`);
  const { fail_reason: reason, publicaly_available_post_id: ids, uploaded_bytes: bytes } = data;
  return {
    state,
    reason: typeof reason === 'string' ? reason : '',
    postIds: Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string' && id !== '') : [],
    ...(typeof bytes === 'number' && { uploadedBytes: bytes }),
  };
}
