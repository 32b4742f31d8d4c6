import {
  checkLimits,
  count,
  formatOf,
  lookedUpOf,
  type PlatformLimits,
  type SegmentDraft,
  type Violation,
} from '#platforms/core';
import { FORMATS, MAX_COMMENT, PLACE_SETTING, TITLE_SETTING } from './formats.js';
import { manifest } from './manifest.js';

type Found = Pick<Violation, 'rule' | 'field' | 'message' | 'remedy'>;

/** Every broken rule of a post, a reel, a story or a first comment. `limits` are those of the format. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  const broken = (found: Found): Violation => {
    const { docs, verifiedOn } = manifest;
    return { ...found, rule: `facebook.${found.rule}`, docs, verifiedOn };
  };
  switch (draft.kind) {
    case 'post':
      return [...checkPost(draft, limits), ...ofFormat(draft).map(broken)];
    case 'comment':
      return checkComment(draft).map(broken);
    case 'reply':
      return [
        broken({
          rule: 'segment-unsupported',
          field: 'text',
          message: 'A Page on Facebook has no threads.',
          remedy: 'Put the whole text into the post, or the rest into a first comment.',
        }),
      ];
  }
}

/** A story or reel without its file is told so, and not that it needs a text. */
function checkPost(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  const violations = checkLimits(draft, limits, manifest);
  const needsFile = formatId(draft) !== 'post' && draft.media.length === 0;
  return needsFile ? violations.filter(({ rule }) => rule !== 'facebook.text-missing') : violations;
}

function ofFormat(draft: SegmentDraft): Found[] {
  const found: Found[] = [];
  const hasVideo = draft.media.some(({ kind }) => kind === 'video');
  const format = formatId(draft);
  if (format === 'reel' && draft.media.length === 0) {
    found.push({
      rule: 'reel-video-missing',
      field: 'media',
      message: 'A reel is a video, and none is attached.',
      remedy: 'Attach an upright video of 3 to 90 seconds, or choose another format.',
    });
  }
  if (format === 'story' && draft.media.length === 0) {
    found.push({
      rule: 'story-file-missing',
      field: 'media',
      message: 'A story is an image or a video, and none is attached.',
      remedy: 'Attach one file, or choose another format.',
    });
  }
  return format === 'post' ? [...found, ...ofFeed(draft, hasVideo)] : found;
}

/** What a post in the feed can have only with, or only without, a video. */
function ofFeed({ settings }: SegmentDraft, hasVideo: boolean): Found[] {
  const found: Found[] = [];
  if (settings[TITLE_SETTING] && !hasVideo) {
    found.push({
      rule: 'title-without-video',
      field: `settings/${TITLE_SETTING}`,
      message: 'Only a video has a title on Facebook, and none is attached.',
      remedy: 'Remove the title, or attach a video.',
    });
  }
  if (lookedUpOf(settings, PLACE_SETTING) && hasVideo) {
    found.push({
      rule: 'place-with-video',
      field: `settings/${PLACE_SETTING}`,
      message: 'A post with a video cannot have a location on Facebook.',
      remedy: 'Remove the location, or publish the video as a reel.',
    });
  }
  return found;
}

/** https://developers.facebook.com/documentation/pages-api/comments-mentions */
function checkComment({ text, media, link }: SegmentDraft): Found[] {
  const found: Found[] = [];
  const length = count(text, 'utf16');
  if (text.trim() === '') {
    found.push({
      rule: 'comment-empty',
      field: 'text',
      message: 'The first comment is empty.',
      remedy: 'Write a text, or leave the comment out.',
    });
  }
  if (length > MAX_COMMENT) {
    found.push({
      rule: 'comment-too-long',
      field: 'text',
      message: `The first comment is ${length} characters long; Facebook allows ${MAX_COMMENT}.`,
      remedy: `Shorten it by ${length - MAX_COMMENT}.`,
    });
  }
  if (media.length > 0 || link !== undefined) {
    found.push({
      rule: 'comment-text-only',
      field: media.length > 0 ? 'media' : 'link',
      message: 'ClickPost writes first comments on Facebook as text alone.',
      remedy: 'Put the address into the text, and files into the post.',
    });
  }
  return found;
}

function formatId({ settings }: SegmentDraft): string | undefined {
  return formatOf({ formats: FORMATS }, settings)?.id;
}
