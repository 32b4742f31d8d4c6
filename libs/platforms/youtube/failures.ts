import { type Failure, type FailureKind } from '#platforms/core';
import { AUDIT_DOCS, CHANNEL_DOCS, INSERT_DOCS, UPDATE_DOCS, UPLOAD_DOCS, VIDEO_DOCS } from './pages.js';

/** What is known of a refusal, without what YouTube said itself. */
export type KnownFailure = Pick<Failure, 'kind' | 'message' | 'remedy' | 'docs'>;

/** A failure in words. */
export const known = (kind: FailureKind, message: string, remedy: string, docs: string): KnownFailure => ({
  kind,
  message,
  remedy,
  docs,
});

/** Why nothing will come of an uploaded video. `never` = it has not come to an end in all the time that it was given. */
export type End = {
  status: 'rejected' | 'failed' | 'processing-failed' | 'deleted' | 'never';
  /** YouTube's word for it. */
  reason?: string;
};

const SUPPORT = 'https://support.google.com/youtube/answer';
const OTHER_FILE = 'Replace it by an MP4 with H.264 and AAC, then retry.';

/** `status.failureReason`: https://developers.google.com/youtube/v3/docs/videos#status.failureReason */
const FAILED: Readonly<Record<string, readonly [message: string, remedy: string]>> = {
  codec: ['YouTube does not know the codec of the video.', OTHER_FILE],
  conversion: ['YouTube could not convert the video.', OTHER_FILE],
  emptyFile: ['YouTube says that the file of the video is empty.', 'Upload the video to ClickPost once more.'],
  invalidFile: ['YouTube says that the file is no video that it can read.', OTHER_FILE],
  tooSmall: ['YouTube says that the file of the video is too small.', 'Use a longer video, or one of better quality.'],
  uploadAborted: ['YouTube says that the upload of the video was broken off.', 'Retry: it is uploaded anew.'],
};

/** `status.rejectionReason`: https://developers.google.com/youtube/v3/docs/videos#status.rejectionReason */
const REJECTED: Readonly<Record<string, readonly [message: string, remedy: string]>> = {
  claim: [
    'YouTube blocked the video, because somebody claims rights to something in it.',
    'Look in YouTube Studio at what is claimed; replace that part, or dispute the claim there.',
  ],
  copyright: [
    'YouTube rejected the video for a violation of copyright.',
    'Look in YouTube Studio at what it is; use a video without it.',
  ],
  duplicate: [
    'YouTube rejected the video, because the channel has the same one already.',
    'Look at the channel: if the video is there, nothing needs doing; else change the video.',
  ],
  inappropriate: [
    "YouTube rejected the video, because it goes against YouTube's rules for content.",
    'Look in YouTube Studio at what is objected to; use another video.',
  ],
  legal: ['YouTube rejected the video for legal reasons.', 'Look in YouTube Studio at what they are.'],
  length: [
    'YouTube rejected the video, because it is longer than this channel may publish.',
    'Use a video of at most 15 minutes, or verify the phone number of the channel at youtube.com/verify.',
  ],
  termsOfUse: [
    "YouTube rejected the video for a violation of YouTube's terms of use.",
    'Look in YouTube Studio at what is objected to; use another video.',
  ],
  trademark: [
    'YouTube rejected the video for a violation of a trademark.',
    'Look in YouTube Studio at what it is; use a video without it.',
  ],
  uploaderAccountClosed: ['The YouTube account of this channel is closed.', 'Connect a channel that is open.'],
  uploaderAccountSuspended: [
    'The YouTube account of this channel is suspended.',
    'Look in YouTube Studio at why; publishing works again when YouTube lifts it.',
  ],
};

/** `processingDetails.processingFailureReason` */
const PROCESSING_FAILED: Readonly<Record<string, string>> = {
  other: 'YouTube could not process the video, and does not say why.',
  streamingFailed: 'YouTube could not prepare the video for playing.',
  transcodeFailed: 'YouTube could not convert the video.',
  uploadFailed: 'YouTube says that the video did not arrive as a whole.',
};

/** What became of a video that will not be shown, in words. Nothing of it was visible to anybody. */
export function failureOfEnd({ status, reason }: End): Failure {
  const platformCode = reason === undefined ? status : `${status}/${reason}`;
  return { ...wordsOfEnd(status, reason), platformCode };
}

function wordsOfEnd(status: End['status'], reason = ''): KnownFailure {
  switch (status) {
    case 'failed': {
      const [message, remedy] = FAILED[reason] ?? ['YouTube could not use the file of the video.', OTHER_FILE];
      return known('media', message, remedy, `${VIDEO_DOCS}#status.failureReason`);
    }
    case 'rejected': {
      const [message, remedy] = REJECTED[reason] ?? [
        'YouTube rejected the video.',
        'Look in YouTube Studio at why; use another video.',
      ];
      return known(reason.startsWith('uploader') ? 'permission' : 'media', message, remedy, `${SUPPORT}/3024147`);
    }
    case 'processing-failed': {
      const message = PROCESSING_FAILED[reason] ?? 'YouTube could not process the video.';
      return known(
        'media',
        message,
        `Retry; if it happens again: ${lower(OTHER_FILE)}`,
        `${VIDEO_DOCS}#processingDetails`,
      );
    }
    case 'deleted':
      return VIDEO_GONE;
    case 'never':
      return known(
        'media',
        'YouTube has been processing the video for so long that nothing will come of it.',
        'Retry: it is looked at once more, and uploaded anew. If it happens again, use a smaller video.',
        `${SUPPORT}/71674`,
      );
  }
}

function lower(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

/** The private video was deleted before it was made visible, or a published one since. */
export const VIDEO_GONE = known(
  'content',
  'The video is not on YouTube any more: somebody deleted it there.',
  'Retry, if it is to be published: it is uploaded anew.',
  UPDATE_DOCS,
);

/**
 * The answer to "make it public" was that it is private: "All videos uploaded via the videos.insert endpoint from unverified API
 * projects created after 28 July 2020 will be restricted to private viewing mode."
 * https://developers.google.com/youtube/v3/docs/videos/insert
 */
export const LOCKED_PRIVATE: Failure = {
  ...known(
    'permission',
    'YouTube keeps the video private, although it was to be seen by others: it does so where Google has not audited the project of this installation.',
    'Ask the operator to have the project audited, and to set YOUTUBE_AUDITED to "unaudited" until it is; or publish it as private.',
    AUDIT_DOCS,
  ),
  platformCode: 'locked-private',
};

/** The person signed in and has no channel; Google says `youtubeSignupRequired`. */
export const NO_CHANNEL = known(
  'permission',
  'This Google account has no YouTube channel yet.',
  'Create a channel at youtube.com/create_channel, or sign in as the account that has one, then connect again.',
  CHANNEL_DOCS,
);

/** A sign-in that is over, by an app in testing. https://developers.google.com/identity/protocols/oauth2#expiration */
export const ENDED_IN_TESTING = known(
  'auth',
  'Google no longer accepts this sign-in to YouTube: it ends after 7 days while the app is in testing, or was taken away.',
  'Reconnect the account; everything scheduled on it is kept. The operator ends this by publishing the app in the Google Cloud console.',
  'https://developers.google.com/identity/protocols/oauth2#expiration',
);

/** HTTP 400 with `uploadLimitExceeded`: "try again in 24 hours". */
export const UPLOAD_LIMIT = known(
  'rate-limit',
  'This channel has uploaded as many videos as YouTube lets it in 24 hours.',
  'Nothing to do: it is tried again after that. YouTube lets verified channels upload more.',
  INSERT_DOCS,
);

/** An answer to a part that begins elsewhere than where what is there ends. */
export const UPLOAD_OUT_OF_STEP = known(
  'unavailable',
  'YouTube counts otherwise how much of the video has arrived.',
  'Nothing to do: it is asked, and the upload goes on from there by itself.',
  UPLOAD_DOCS,
);

/** A session of an upload that ended, several times in a row. */
export const UPLOAD_KEEPS_ENDING = known(
  'unavailable',
  'YouTube ended the upload of the video several times.',
  'Nothing to do: it is tried again by itself.',
  UPLOAD_DOCS,
);
