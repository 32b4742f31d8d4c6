import {
  MalformedAnswerError,
  type MediaSource,
  type PlatformContext,
  requestJson,
  streamedFile,
} from '#platforms/core';

/** One file on its way to `rupload.facebook.com`. */
export interface ResumableUpload {
  /** For errors and the log: `upload the video`. */
  operation: string;
  /** Where the bytes go, as the platform said when the upload was begun. It must lie at this endpoint. */
  address: string;
  endpoint: string;
  token: string;
  source: MediaSource;
  /** Asks the platform how many bytes it has confirmed. */
  confirmed: () => Promise<number>;
}

/**
 * Sends what is missing of a file, from the last byte that the platform confirmed on; all of it the first time, nothing where
 * it is there already. May be called again after a crash or a lost answer.
 * https://developers.facebook.com/docs/video-api/guides/reels-publishing (step 2) and
 * https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
 */
export async function resumeUpload(ctx: PlatformContext, upload: ResumableUpload): Promise<void> {
  const { operation, source, token } = upload;
  if (!isBelow(upload.address, upload.endpoint)) {
    // The token goes along: it is for Meta alone.
    throw new MalformedAnswerError(operation, 'the address of the upload is not at the host for uploads');
  }
  const offset = await upload.confirmed();
  if (offset >= source.bytes) return;
  const part = await streamedFile(restOf(source, offset));
  const { body } = await requestJson(ctx.fetch, operation, upload.address, {
    method: 'POST',
    ...part,
    headers: {
      ...part.headers,
      'content-type': 'application/octet-stream',
      // Not "Bearer": https://developers.facebook.com/docs/video-api/guides/reels-publishing
      authorization: `OAuth ${token}`,
      offset: String(offset),
      file_size: String(source.bytes),
    },
  });
  if (body.success !== true) throw new MalformedAnswerError(operation, '"success" is not true');
}

/** The bytes of a file from `start` on, as a file. */
export function restOf(source: MediaSource, start: number, end = source.bytes): MediaSource {
  if (start === 0 && end === source.bytes) return source;
  return { ...source, bytes: end - start, open: () => source.open({ start, end: end - 1 }) };
}

function isBelow(address: string, endpoint: string): boolean {
  if (!URL.canParse(address)) return false;
  const [given, wanted] = [new URL(address), new URL(endpoint)];
  return given.origin === wanted.origin && given.pathname.startsWith(wanted.pathname);
}
