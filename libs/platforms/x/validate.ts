import { checkLimits, count, type PlatformLimits, type SegmentDraft, textsOf, type Violation } from '#platforms/core';
import { pollMinutesOf, pollOptionsOf, postIdOf } from './body.js';
import { GIF } from './limits.js';
import { manifest } from './manifest.js';
import { COUNTING_DOCS, CREATE_DOCS, INTEGRATE_DOCS, MEDIA_DOCS } from './pages.js';
import { EVERYONE, POLL, REPLY_SETTINGS } from './settings.js';
import { cashtagsOf, hasInvalidCharacters, sentTextOf } from './text.js';

/** Every broken rule: the common ones, what X takes in a text, GIFs, and the settings, which count for the first post alone. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  return [
    ...checkLimits(draft, limits, manifest),
    ...checkText(draft),
    ...checkGifs(draft),
    ...(draft.kind === 'post' ? [...checkPoll(draft), ...checkReplies(draft), ...checkQuote(draft)] : []),
  ];
}

function checkText(draft: SegmentDraft): Violation[] {
  const text = sentTextOf(draft);
  const cashtags = cashtagsOf(text).length;
  return [
    ...(cashtags > 1
      ? [
          broken(
            'too-many-cashtags',
            'text',
            `The text has ${cashtags} cashtags; X takes one in a post of an app.`,
            'Leave one of them.',
            INTEGRATE_DOCS,
          ),
        ]
      : []),
    ...(hasInvalidCharacters(text)
      ? [
          broken(
            'text-characters',
            'text',
            'The text has an invisible character that X takes in no post.',
            'Write the text anew, or paste it without its formatting.',
            COUNTING_DOCS,
          ),
        ]
      : []),
  ];
}

/** One animation alone. https://docs.x.com/x-api/media/quickstart/best-practices */
function checkGifs({ media }: SegmentDraft): Violation[] {
  const gifs = media.flatMap(({ contentType, width, height }, index) =>
    contentType === 'image/gif' ? [{ index, width, height }] : [],
  );
  if (gifs.length === 0) return [];
  const violations = gifs
    .filter(({ width, height }) => width > GIF.maxWidth || height > GIF.maxHeight)
    .map(({ index, width, height }) =>
      broken(
        'gif-too-large',
        `media/${index}`,
        `The GIF has ${width} × ${height} pixels; X takes ${GIF.maxWidth} × ${GIF.maxHeight}.`,
        'Use a smaller one, or a video.',
        MEDIA_DOCS,
      ),
    );
  if (media.length > 1) {
    const message = 'X takes a GIF only as the one file of a post.';
    violations.push(broken('gif-with-others', 'media', message, 'Remove the other files, or the GIF.', MEDIA_DOCS));
  }
  return violations;
}

function checkPoll(draft: SegmentDraft): Violation[] {
  const { settings, media } = draft;
  if (settings.withPoll !== true) return [];
  const violations: Violation[] = [];
  const add = (rule: string, field: string, message: string, remedy: string) =>
    violations.push(broken(rule, field, message, remedy, CREATE_DOCS));
  const options = textsOf(settings, 'pollOptions').length > 0 ? pollOptionsOf(draft) : [];
  if (media.length > 0) {
    add(
      'poll-with-media',
      'settings/withPoll',
      'A poll on X has no images or videos beside it.',
      'Remove the files, or switch the poll off.',
    );
  }
  if (options.length < POLL.minOptions || options.length > POLL.maxOptions) {
    add(
      'poll-options',
      'settings/pollOptions',
      `A poll on X has ${POLL.minOptions} to ${POLL.maxOptions} answers; this one has ${options.length}.`,
      options.length < POLL.minOptions ? 'Add an answer.' : 'Remove answers.',
    );
  }
  if (options.some((option) => option === '')) {
    add('poll-option-empty', 'settings/pollOptions', 'An answer of the poll is empty.', 'Fill it in or remove it.');
  }
  const longest = Math.max(0, ...options.map((option) => count(option, 'code-points')));
  if (longest > POLL.maxLength) {
    add(
      'poll-option-too-long',
      'settings/pollOptions',
      `An answer of the poll is ${longest} characters long; X allows ${POLL.maxLength}.`,
      `Shorten it by ${longest - POLL.maxLength}.`,
    );
  }
  const minutes = pollMinutesOf(draft);
  if (!Number.isInteger(minutes) || minutes < POLL.minMinutes || minutes > POLL.maxMinutes) {
    add(
      'poll-minutes',
      'settings/pollMinutes',
      'A poll on X runs for five minutes at the least and seven days at the most.',
      `Enter a whole number from ${POLL.minMinutes} to ${POLL.maxMinutes}.`,
    );
  }
  return violations;
}

function checkReplies({ settings: { replySettings: chosen } }: SegmentDraft): Violation[] {
  const known = [EVERYONE, ...REPLY_SETTINGS.map(({ value }) => value)];
  if (chosen === undefined || chosen === null || chosen === '' || known.some((one) => one === chosen)) return [];
  const message = 'X knows no such choice of who can reply.';
  const remedy = `Choose one of ${known.join(', ')}.`;
  return [broken('reply-settings-invalid', 'settings/replySettings', message, remedy, CREATE_DOCS)];
}

function checkQuote({ settings, media }: SegmentDraft): Violation[] {
  const { quoteUrl, withPoll } = settings;
  if (quoteUrl === undefined || quoteUrl === null || quoteUrl === '') return [];
  const field = 'settings/quoteUrl';
  const id = typeof quoteUrl === 'string' ? postIdOf(quoteUrl) : undefined;
  if (id === undefined) {
    const message = 'The post to quote is not the address of a post on X.';
    const remedy = 'Copy the address of the post; it looks like https://x.com/name/status/1234567890.';
    return [broken('quote-invalid', field, message, remedy, CREATE_DOCS)];
  }
  if (media.length === 0 && withPoll !== true) return [];
  const message = 'A post that quotes another has no files and no poll on X.';
  return [broken('quote-with-others', field, message, 'Remove the files and the poll, or the quote.', CREATE_DOCS)];
}

function broken(rule: string, field: string, message: string, remedy: string, docs: string): Violation {
  return { rule: `${manifest.id}.${rule}`, field, message, remedy, docs, verifiedOn: manifest.verifiedOn };
}
