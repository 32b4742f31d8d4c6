/** Why a file was not accepted, in words a person can act on. The API turns it into problem+json. */
export abstract class MediaProblem extends Error {
  constructor(
    /** The HTTP status that fits. */
    readonly status: number,
    /** The form field at fault. */
    readonly field: string,
    /** Stable id of the broken rule: `media.too-many-pixels`, `upload.too-large`. */
    readonly rule: string,
    message: string,
    /** What to do about it. */
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

export type UnacceptableMediaRule =
  | 'media.empty'
  | 'media.not-an-image'
  | 'media.unsupported-content'
  | 'media.unsupported-format'
  | 'media.video-unsupported'
  | 'media.damaged'
  | 'media.too-many-pixels'
  | 'media.too-many-bytes'
  | 'media.too-many-frames'
  | 'media.too-many-tracks'
  | 'media.too-complex'
  | 'media.video-too-long'
  | 'media.frame-rate'
  | 'media.no-picture'
  | 'media.refers-elsewhere'
  | 'media.encrypted'
  | 'media.holds-programs'
  | 'media.two-files-in-one';

/** The content of a file is nothing that ClickPost can work with. */
export class UnacceptableMediaError extends MediaProblem {
  constructor(rule: UnacceptableMediaRule, message: string, remedy: string, options?: ErrorOptions) {
    super(422, 'file', rule, message, remedy, options);
  }
}

/** Videos cannot be worked with on this server until its operator has done something. Images can. */
export class VideoToolsError extends MediaProblem {
  constructor(
    /** What is missing and what the operator does about it. */
    readonly forOperator: string,
    options?: ErrorOptions,
  ) {
    super(
      503,
      'file',
      'media.video-tools-missing',
      'This server cannot take videos yet: the program that works on them (ffmpeg) is missing or cannot be used.',
      `Upload an image, or ask whoever runs this server. For them: ${forOperator}`,
      options,
    );
  }
}

/** A rendition could not be brought within its limits; nothing of it is left on disk. */
export class RenditionError extends MediaProblem {
  constructor(
    /** Each limit that the result breaks, one sentence each. */
    readonly reasons: readonly string[],
  ) {
    super(
      422,
      'file',
      'media.rendition-failed',
      `The file could not be brought within the limits. ${reasons.join(' ')}`,
      'Upload a smaller or simpler version of it.',
    );
  }
}

export type UploadRule =
  | 'upload.wrong-content-type'
  | 'upload.too-large'
  | 'upload.file-missing'
  | 'upload.too-many-files'
  | 'upload.fields-too-large'
  | 'upload.malformed'
  | 'upload.aborted';

/** The request does not carry one file of an allowed size; nothing of it is left on disk. */
export class UploadError extends MediaProblem {
  declare readonly rule: UploadRule;

  constructor(
    status: 400 | 413 | 415,
    field: string,
    rule: UploadRule,
    message: string,
    remedy: string,
    options?: ErrorOptions,
  ) {
    super(status, field, rule, message, remedy, options);
  }
}
