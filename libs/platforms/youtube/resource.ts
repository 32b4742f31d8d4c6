import { type JsonObject, type SegmentDraft, sentText } from '#platforms/core';
import { VIDEO_LIMITS } from './limits.js';
import { settingsOf } from './settings.js';

/**
 * `snippet` of the video: what people read.
 * https://developers.google.com/youtube/v3/docs/videos#snippet
 */
export function snippetOf(draft: SegmentDraft): JsonObject {
  const { title, tags, categoryId } = settingsOf(draft.settings);
  return { title, description: sentText(draft, VIDEO_LIMITS.text), tags, categoryId };
}

/**
 * `status` of the video once it is published. All that can be set, as the part is replaced as a whole: "if … your request does
 * not specify a value for a property that already has a value, the property's existing value will be deleted".
 * https://developers.google.com/youtube/v3/docs/videos/update
 */
export function statusOf(draft: SegmentDraft): JsonObject {
  const { privacy, license, embeddable, madeForKids, synthetic } = settingsOf(draft.settings);
  return {
    privacyStatus: privacy,
    license,
    embeddable,
    publicStatsViewable: true,
    selfDeclaredMadeForKids: madeForKids,
    containsSyntheticMedia: synthetic,
  };
}

/**
 * The same while nobody is to see it. Its statistics are not shown either, which nobody notices of a private video: by that a
 * video that was published as private is told from one that was only uploaded. Should YouTube not heed it, nothing is lost: such a
 * video looks the same to everybody before and after the request.
 */
export function hiddenStatusOf(draft: SegmentDraft): JsonObject {
  return { ...statusOf(draft), privacyStatus: 'private', publicStatsViewable: false };
}

/** Whether a `status` of an answer is that of the published video. */
export function isPublished(status: JsonObject, wanted: JsonObject): boolean {
  if (status.privacyStatus !== wanted.privacyStatus) return false;
  return wanted.privacyStatus !== 'private' || status.publicStatsViewable === true;
}
