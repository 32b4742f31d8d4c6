import {
  checkLimits,
  formatOf,
  isAsked,
  marksOf,
  type PlatformLimits,
  type SegmentDraft,
  textsOf,
  type Violation,
} from '#platforms/core';
import { MAX_HASHTAGS, MAX_MENTIONS, MEDIA_DOCS } from './limits.js';
import { manifest } from './manifest.js';

const COMMENT_DOCS =
  'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments';
const USERNAME = /^@?[A-Za-z0-9._]{1,30}$/;

type Broken = (rule: string, field: string, message: string, remedy: string, docs?: string) => void;

/** Every broken rule: the common ones, said in Instagram's terms, and those of its own. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  const violations: Violation[] = [];
  const broken: Broken = (rule, field, message, remedy, docs = MEDIA_DOCS) =>
    violations.push({ rule: `instagram.${rule}`, field, message, remedy, docs, verifiedOn: manifest.verifiedOn });
  if (draft.kind === 'reply') {
    broken('segment-unsupported', 'text', 'Instagram has no threads.', 'Put the whole text into the post.');
    return violations;
  }
  if (draft.kind === 'comment') {
    checkComment(draft, broken);
    return violations;
  }
  violations.push(...checkLimits(draft, limits, manifest).filter(({ rule }) => !SAID_HERE.includes(rule)));
  const format = formatOf(manifest, draft.settings)?.id;
  checkText(draft, broken);
  checkFiles(draft, format, broken);
  checkPeople(draft, broken);
  return violations;
}

/** Common rules that Instagram has in words of its own. */
const SAID_HERE: readonly string[] = ['instagram.link-unsupported', 'instagram.text-missing'];

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments */
function checkComment({ text, media, link }: SegmentDraft, broken: Broken): void {
  if (text.trim() === '') {
    broken('comment-missing', 'text', 'The first comment has no text.', 'Write at least one character.', COMMENT_DOCS);
  }
  if (media.length > 0) {
    broken('comment-media', 'media', 'Instagram takes no files in comments.', 'Remove the files.', COMMENT_DOCS);
  }
  if (link !== undefined) {
    broken(
      'comment-link',
      'link',
      'Comments have no link of their own.',
      'Put the address into the text.',
      COMMENT_DOCS,
    );
  }
}

function checkText({ text, link, media }: SegmentDraft, broken: Broken): void {
  if (link !== undefined) {
    const remedy = 'Remove the link; write the address into the text, where it cannot be clicked, or into the profile.';
    broken('link-unsupported', 'link', 'Instagram shows no links in posts.', remedy);
  }
  if (media.length === 0) {
    const only = text.trim() === '' ? 'There is nothing to publish.' : 'Instagram has no posts of text alone.';
    broken('media-missing', 'media', only, 'Add an image or a video, or leave this channel out.');
  }
  const hashtags = [...text.matchAll(/(?<![\p{L}\p{N}_&/])#[\p{L}\p{N}_]+/gu)].length;
  if (hashtags > MAX_HASHTAGS) {
    const words = `The text has ${hashtags} hashtags; Instagram takes ${MAX_HASHTAGS}.`;
    broken('too-many-hashtags', 'text', words, `Remove ${hashtags - MAX_HASHTAGS} of them.`);
  }
  const mentions = [...text.matchAll(/(?<![\p{L}\p{N}_.])@[A-Za-z0-9_.]+/gu)].length;
  if (mentions > MAX_MENTIONS) {
    const words = `The text mentions ${mentions} accounts; Instagram takes ${MAX_MENTIONS}.`;
    broken('too-many-mentions', 'text', words, `Remove ${mentions - MAX_MENTIONS} of them.`);
  }
}

function checkFiles({ media }: SegmentDraft, format: string | undefined, broken: Broken): void {
  const [first] = media;
  if (format === 'reel' && first?.kind === 'image') {
    broken('reel-image', 'media/0', 'A reel is a video.', 'Attach a video, or choose the format Post.');
  }
  media.forEach(({ kind, coverAtMs, durationMs }, index) => {
    if (kind !== 'video' || coverAtMs === undefined || durationMs === undefined || coverAtMs < durationMs) return;
    const words = 'The moment chosen for the cover lies outside the video.';
    broken('cover-outside', `media/${index}`, words, 'Choose an earlier moment.');
  });
}

function checkPeople(draft: SegmentDraft, broken: Broken): void {
  const { settings, media } = draft;
  const asked = (name: string) => {
    const field = manifest.settings.find((candidate) => candidate.name === name);
    return field !== undefined && isAsked(field, manifest.settings, settings);
  };
  for (const name of ['collaborators', 'taggedAccounts']) {
    if (asked(name)) checkNames(textsOf(settings, name), name, broken);
  }
  if (!asked('userTags')) return;
  const marks = marksOf(settings, 'userTags');
  checkNames(
    marks.map(({ text }) => text),
    'userTags',
    broken,
  );
  const inPost = formatOf(manifest, settings)?.id === 'post';
  for (const { media: index } of marks) {
    const file = media[index];
    if (!file) {
      const words = `There is a name on file ${index + 1}, which is not attached.`;
      broken('tag-without-file', 'settings/userTags', words, 'Remove the name, or attach the file.');
    } else if (inPost && file.kind === 'video') {
      const words = `There is a name on file ${index + 1}, which is a video; here Instagram takes names on images alone.`;
      broken('tag-on-video', 'settings/userTags', words, 'Remove the name; for a single video choose the format Reel.');
    }
  }
}

function checkNames(names: readonly string[], field: string, broken: Broken): void {
  const wrong = names.filter((name) => !USERNAME.test(name));
  if (wrong.length === 0) return;
  const words = `No name of an Instagram account: ${wrong.join(', ')}.`;
  broken(
    'name-invalid',
    `settings/${field}`,
    words,
    'Write it as on its profile: letters, numbers, points, underscores.',
  );
}
