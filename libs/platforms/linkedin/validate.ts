import { checkLimits, count, type PlatformLimits, type SegmentDraft, type Violation } from '#platforms/core';
import { formatIdOf, pollOptionsOf, settingOf, textOf } from './content.js';
import {
  ARTICLE,
  DOCUMENT,
  DURATIONS,
  MAX_COMMENT,
  MAX_DESCRIPTION,
  MAX_TITLE,
  MIN_VIDEO_BYTES,
  POLL,
  POLL_LIMITS,
  POST,
  VISIBILITIES,
} from './formats.js';
import { manifest } from './manifest.js';
import { COMMENTS_DOCS, DOCUMENTS_DOCS, POLL_DOCS, POSTS_DOCS, VIDEOS_DOCS } from './pages.js';

/** Every broken rule: the common ones, and those of the kind of post. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  if (draft.kind !== 'post') return checkComment(draft);
  return [
    ...checkLimits(draft, limits, manifest).map((violation) => inWordsOfFormats(violation, draft)),
    ...checkVideos(draft),
    ...checkFormat(draft),
    ...checkChoices(draft),
  ];
}

/** The common rules know of no format that would take the file. */
function inWordsOfFormats(violation: Violation, draft: SegmentDraft): Violation {
  const format = formatIdOf(draft);
  if (violation.rule === 'linkedin.media-document-unsupported') {
    return {
      ...violation,
      message: 'LinkedIn takes a document as a format of its own.',
      remedy: 'Choose the format "Document", or remove the document.',
      docs: DOCUMENTS_DOCS,
    };
  }
  const takesOthers = violation.rule === 'linkedin.media-video-unsupported' && format !== POST;
  return takesOthers
    ? {
        ...violation,
        message: 'This format takes no videos.',
        remedy: 'Choose the format "Post", or remove the video.',
      }
    : violation;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api */
function checkComment(draft: SegmentDraft): Violation[] {
  const violations: Violation[] = [];
  const text = textOf(draft);
  const length = count(text, 'utf16');
  if (draft.media.length > 0) {
    const message = 'A comment on LinkedIn has no files.';
    violations.push(broken('comment-with-media', 'media', message, 'Attach them to the post.', COMMENTS_DOCS));
  }
  if (text.trim() === '') {
    const message = 'A comment on LinkedIn needs a text.';
    violations.push(broken('text-missing', 'text', message, 'Write at least one character.', COMMENTS_DOCS));
  }
  if (length > MAX_COMMENT) {
    const message = `The comment is ${length} characters long; LinkedIn allows ${MAX_COMMENT}.`;
    violations.push(broken('text-too-long', 'text', message, `Shorten it by ${length - MAX_COMMENT}.`, COMMENTS_DOCS));
  }
  return violations;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
function checkVideos({ media }: SegmentDraft): Violation[] {
  return media.flatMap(({ kind, bytes }, index) => {
    if (kind !== 'video' || bytes >= MIN_VIDEO_BYTES) return [];
    const message = `The video has ${bytes} bytes; LinkedIn wants ${MIN_VIDEO_BYTES} at the least.`;
    return [broken('video-too-small', `media/${index}`, message, 'Use a longer or sharper video.', VIDEOS_DOCS)];
  });
}

function checkFormat(draft: SegmentDraft): Violation[] {
  switch (formatIdOf(draft)) {
    case ARTICLE:
      return checkArticle(draft);
    case DOCUMENT:
      return checkDocument(draft);
    case POLL:
      return checkPoll(draft);
    default:
      return [];
  }
}

function checkArticle(draft: SegmentDraft): Violation[] {
  const violations: Violation[] = [];
  if (draft.link === undefined || draft.link === '') {
    const message = 'An article on LinkedIn is a card for a link, and there is none.';
    violations.push(broken('article-without-link', 'link', message, 'Enter the link, or choose the format "Post".'));
  }
  const title = settingOf(draft, 'articleTitle');
  if (title === undefined) {
    const message = 'The card has no title, and LinkedIn reads none from the page.';
    violations.push(broken('article-title-missing', 'settings/articleTitle', message, 'Enter a title.'));
  }
  return [
    ...violations,
    ...tooLong('articleTitle', 'The title of the card', title, MAX_TITLE),
    ...tooLong(
      'articleDescription',
      'The description of the card',
      settingOf(draft, 'articleDescription'),
      MAX_DESCRIPTION,
    ),
  ];
}

function checkDocument(draft: SegmentDraft): Violation[] {
  const missing = draft.media.some(({ kind }) => kind === 'document')
    ? []
    : [
        broken(
          'document-missing',
          'media',
          'A document post on LinkedIn needs a document, and there is none.',
          'Attach a PDF, a presentation or a text document, or choose the format "Post".',
          DOCUMENTS_DOCS,
        ),
      ];
  return [
    ...missing,
    ...tooLong('documentTitle', 'The title of the document', settingOf(draft, 'documentTitle'), MAX_TITLE),
  ];
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/poll-post-api */
function checkPoll(draft: SegmentDraft): Violation[] {
  const violations: Violation[] = [];
  const add = (rule: string, field: string, message: string, remedy: string) =>
    violations.push(broken(rule, `settings/${field}`, message, remedy, POLL_DOCS));
  const question = settingOf(draft, 'pollQuestion');
  const options = pollOptionsOf(draft);
  const { minOptions, maxOptions } = POLL_LIMITS;
  if (question === undefined) add('poll-question-missing', 'pollQuestion', 'The poll has no question.', 'Enter one.');
  if (options.length < minOptions || options.length > maxOptions) {
    const message = `A poll on LinkedIn has ${minOptions} to ${maxOptions} answers; this one has ${options.length}.`;
    add('poll-options', 'pollOptions', message, options.length < minOptions ? 'Add an answer.' : 'Remove answers.');
  }
  if (options.includes(''))
    add('poll-option-empty', 'pollOptions', 'An answer of the poll is empty.', 'Fill it in or remove it.');
  if (new Set(options).size < options.length) {
    add('poll-options-same', 'pollOptions', 'Two answers of the poll are the same.', 'Change one of them.');
  }
  const longest = Math.max(0, ...options.map((option) => count(option, 'utf16')));
  if (longest > POLL_LIMITS.option) {
    const message = `An answer of the poll is ${longest} characters long; LinkedIn allows ${POLL_LIMITS.option}.`;
    add('poll-option-too-long', 'pollOptions', message, `Shorten it by ${longest - POLL_LIMITS.option}.`);
  }
  const duration = settingOf(draft, 'pollDuration');
  if (duration !== undefined && !DURATIONS.some(({ value }) => value === duration)) {
    add('poll-duration', 'pollDuration', 'LinkedIn knows no such duration of a poll.', 'Choose one from the list.');
  }
  return [
    ...violations,
    ...tooLong('pollQuestion', 'The question of the poll', question, POLL_LIMITS.question, POLL_DOCS),
  ];
}

function checkChoices(draft: SegmentDraft): Violation[] {
  const visibility = settingOf(draft, 'visibility');
  if (visibility === undefined || VISIBILITIES.some(({ value }) => value === visibility)) return [];
  const message = 'LinkedIn knows no such choice of who sees a post.';
  return [broken('visibility-invalid', 'settings/visibility', message, 'Choose one from the list.')];
}

function tooLong(setting: string, what: string, text: string | undefined, max: number, docs = POSTS_DOCS): Violation[] {
  const length = count(text ?? '', 'utf16');
  if (length <= max) return [];
  const message = `${what} is ${length} characters long; LinkedIn allows ${max}.`;
  return [broken(`${setting}-too-long`, `settings/${setting}`, message, `Shorten it by ${length - max}.`, docs)];
}

function broken(rule: string, field: string, message: string, remedy: string, docs = POSTS_DOCS): Violation {
  return { rule: `${manifest.id}.${rule}`, field, message, remedy, docs, verifiedOn: manifest.verifiedOn };
}
