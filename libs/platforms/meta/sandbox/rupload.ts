import { type SandboxAnswer, type SandboxRequest, type SandboxUpload } from '#platforms/core';

/** What became of one request to rupload. */
export type Received = { answer: SandboxAnswer; complete: boolean };

/**
 * `POST` of bytes with `offset` and `file_size`. The caller has checked who asks, and whether the upload was begun.
 * https://developers.facebook.com/docs/video-api/guides/reels-publishing (step 2)
 */
export function receiveBytes(upload: SandboxUpload, request: SandboxRequest): Received {
  const { offset, file_size: fileSize } = request.headers;
  if (offset === undefined || fileSize === undefined || !/^\d+$/.test(offset) || !/^[1-9]\d*$/.test(fileSize)) {
    return refused('ParameterError', 'The headers offset and file_size must be given as whole numbers.');
  }
  const confirmed = upload.bytes;
  if (Number(offset) !== confirmed) return refused('OffsetInvalidError', `The offset must be ${confirmed}.`);
  if (confirmed + request.body.bytes > Number(fileSize)) {
    return refused('FileSizeError', 'There are more bytes than file_size says.');
  }
  if (request.body.bytes > 0) upload.append(request.body);
  const complete = upload.bytes === Number(fileSize);
  if (complete) return { complete, answer: { status: 200, body: { success: true, message: 'Upload successful. ' } } };
  return { complete, answer: { status: 200, body: { success: true, message: 'Partial upload accepted.' } } };
}

/** The errors of rupload have a form of their own. */
export function ruploadError(type: string, message: string, status = 400): SandboxAnswer {
  return { status, body: { debug_info: { retriable: false, type, message } } };
}

function refused(type: string, message: string): Received {
  return { complete: false, answer: ruploadError(type, message) };
}
