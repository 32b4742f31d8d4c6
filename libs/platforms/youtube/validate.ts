import { checkLimits, count, type PlatformLimits, sentText, type SegmentDraft, type Violation } from '#platforms/core';
import { TAGS_MAX, TITLE_MAX } from './limits.js';
import { manifest } from './manifest.js';
import { COMMENT_DOCS, KIDS_DOCS, PRIVACY_DOCS, SHORTS_DOCS, VIDEO_DOCS } from './pages.js';
import { settingsOf, type VideoSettings } from './settings.js';
import { tagsLength } from './tags.js';

/** What neither a title, a description nor a tag may hold. https://developers.google.com/youtube/v3/docs/videos#snippet */
const FORBIDDEN = /[<>]/;

/** Every broken rule: the common ones, and those of a video or of a comment. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  const settings = settingsOf(draft.settings);
  const common = checkLimits(draft, limits, manifest);
  if (draft.kind === 'comment') return [...common, ...checkComment(draft, settings)];
  return [
    ...common,
    ...checkDescription(draft, limits),
    ...checkTitle(settings),
    ...checkTags(settings),
    ...checkKids(settings),
    ...checkVideo(draft, settings),
  ];
}

function checkDescription(draft: SegmentDraft, { text }: PlatformLimits): Violation[] {
  if (!FORBIDDEN.test(sentText(draft, text))) return [];
  const message = 'YouTube takes no < and no > in a description.';
  return [broken('text-angle-brackets', 'text', message, 'Remove them, or write ‹ and › instead.', VIDEO_DOCS)];
}

function checkTitle({ title }: VideoSettings): Violation[] {
  const field = 'settings/title';
  if (title === '') {
    return [broken('title-missing', field, 'A video needs a title, and there is none.', 'Enter a title.', VIDEO_DOCS)];
  }
  const violations: Violation[] = [];
  // Whether YouTube counts an emoji as one or as two is on no page: the larger number counts.
  const length = count(title, 'utf16');
  if (length > TITLE_MAX) {
    const message = `The title is ${length} characters long; YouTube allows ${TITLE_MAX}.`;
    violations.push(broken('title-too-long', field, message, `Shorten it by ${length - TITLE_MAX}.`, VIDEO_DOCS));
  }
  if (FORBIDDEN.test(title)) {
    const message = 'YouTube takes no < and no > in a title.';
    violations.push(broken('title-angle-brackets', field, message, 'Remove them.', VIDEO_DOCS));
  }
  return violations;
}

function checkTags({ tags }: VideoSettings): Violation[] {
  const field = 'settings/tags';
  const violations: Violation[] = [];
  const length = tagsLength(tags);
  if (length > TAGS_MAX) {
    const message =
      `The tags are ${length} characters long as YouTube counts, with commas and with quotation marks around those that ` +
      `have blanks; ${TAGS_MAX} are allowed.`;
    violations.push(broken('tags-too-long', field, message, 'Remove or shorten some of them.', VIDEO_DOCS));
  }
  if (tags.some((tag) => FORBIDDEN.test(tag))) {
    const message = 'YouTube takes no < and no > in tags.';
    violations.push(broken('tags-angle-brackets', field, message, 'Remove them.', VIDEO_DOCS));
  }
  return violations;
}

function checkKids({ kidsAnswered }: VideoSettings): Violation[] {
  if (kidsAnswered) return [];
  const message = 'YouTube wants to know of every video whether it is made for kids, and nothing is chosen.';
  return [broken('made-for-kids-missing', 'settings/madeForKids', message, 'Choose yes or no.', KIDS_DOCS)];
}

function checkVideo({ media }: SegmentDraft, { isShort }: VideoSettings): Violation[] {
  const index = media.findIndex(({ kind }) => kind === 'video');
  const video = media[index];
  if (!video) {
    const remedy = 'Add a video, or leave this channel out.';
    return [broken('video-missing', 'media', 'YouTube publishes videos, and there is none.', remedy, VIDEO_DOCS)];
  }
  if (!isShort || video.width <= video.height) return [];
  const message = 'A Short is upright or square, and this video is wider than it is high.';
  const remedy = 'Choose the format "Video", or use an upright video.';
  return [broken('short-not-upright', `media/${index}`, message, remedy, SHORTS_DOCS)];
}

/** A comment goes below a video that can have some. The settings are those of the video. */
function checkComment({ text }: SegmentDraft, { madeForKids, privacy }: VideoSettings): Violation[] {
  const violations: Violation[] = [];
  if (text.trim() === '') {
    const message = 'A comment needs a text.';
    violations.push(broken('comment-empty', 'text', message, 'Write one, or leave the comment out.', COMMENT_DOCS));
  }
  if (madeForKids) {
    const message = 'Videos that are made for kids have no comments on YouTube.';
    violations.push(broken('comment-made-for-kids', 'text', message, 'Leave the first comment out.', KIDS_DOCS));
  }
  if (privacy === 'private') {
    const message = 'Private videos have no comments on YouTube.';
    const remedy = 'Leave the first comment out, or publish the video as unlisted.';
    violations.push(broken('comment-on-private', 'text', message, remedy, PRIVACY_DOCS));
  }
  return violations;
}

function broken(rule: string, field: string, message: string, remedy: string, docs: string): Violation {
  return { rule: `${manifest.id}.${rule}`, field, message, remedy, docs, verifiedOn: manifest.verifiedOn };
}
