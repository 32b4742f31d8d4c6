import {
  checkLimits,
  count,
  isLookedUp,
  linksIn,
  type PlatformLimits,
  type SegmentDraft,
  textsOf,
  type Violation,
} from '#platforms/core';
import { sentTextOf, topicTagOf } from './container.js';
import { manifest, MAX_LINKS, POLL, TOPIC_MAX } from './manifest.js';
import { LINK_DOCS, LOCATION_DOCS, POLL_DOCS, REPLY_CONTROL_DOCS, SPOILER_DOCS, TOPIC_DOCS } from './pages.js';

/** Addresses without a scheme, which Threads counts as well: its page shows `www.facebook.com`. */
const BARE_LINK = /(?<![\p{L}\p{N}@/:._-])www\.[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+[^\s<>]*/giu;

/** Every broken rule: the common ones, links, and the settings, which count for the first post of a chain alone. */
export function validate(draft: SegmentDraft, limits: PlatformLimits): Violation[] {
  return [
    ...checkLimits(draft.kind === 'post' ? draft : { ...draft, settings: {} }, limits, manifest),
    ...checkLinks(draft),
    ...(draft.kind === 'post' ? [...checkPoll(draft), ...checkSettings(draft)] : []),
  ];
}

/**
 * How many links Threads counts: every one of the text, each once, and the attached one where it is none of them.
 * https://developers.facebook.com/documentation/threads/posts#links
 */
export function uniqueLinks(text: string, attached: string | undefined): Set<string> {
  const bare = [...text.matchAll(BARE_LINK)].map(([match]) => match.replace(/[.,;:!?)\]]+$/, ''));
  return new Set([...linksIn(text), ...bare, ...(attached === undefined ? [] : [attached])]);
}

function checkLinks(draft: SegmentDraft): Violation[] {
  const links = uniqueLinks(sentTextOf(draft), draft.link).size;
  if (links <= MAX_LINKS) return [];
  const message = `The post has ${links} different links; Threads takes ${MAX_LINKS}.`;
  return [broken('too-many-links', 'text', message, `Take ${links - MAX_LINKS} of them out.`, LINK_DOCS)];
}

function checkPoll({ settings, media }: SegmentDraft): Violation[] {
  const violations: Violation[] = [];
  if (settings.withPoll !== true) return violations;
  const add = (rule: string, field: string, message: string, remedy: string) =>
    violations.push(broken(rule, field, message, remedy, POLL_DOCS));
  const options = textsOf(settings, 'pollOptions').map((option) => option.trim());
  if (media.length > 0) {
    add(
      'poll-with-media',
      'settings/withPoll',
      'Threads takes polls in posts of text alone.',
      'Remove the images and videos, or switch the poll off.',
    );
  }
  if (options.length < POLL.minOptions || options.length > POLL.maxOptions) {
    add(
      'poll-options',
      'settings/pollOptions',
      `A poll on Threads has ${POLL.minOptions} to ${POLL.maxOptions} answers; this one has ${options.length}.`,
      options.length < POLL.minOptions ? 'Add an answer.' : 'Remove answers.',
    );
  }
  if (options.some((option) => option === '')) {
    add('poll-option-empty', 'settings/pollOptions', 'An answer of the poll is empty.', 'Fill it in or remove it.');
  }
  const longest = Math.max(0, ...options.map((option) => count(option, 'utf16')));
  if (longest > POLL.maxLength) {
    add(
      'poll-option-too-long',
      'settings/pollOptions',
      `An answer of the poll is ${longest} characters long; Threads allows ${POLL.maxLength}.`,
      `Shorten it by ${longest - POLL.maxLength}.`,
    );
  }
  return violations;
}

function checkSettings({ settings, media }: SegmentDraft): Violation[] {
  const { replyControl, spoiler, withPoll, location } = settings;
  return [
    ...checkTopic(settings),
    ...(isReplyControl(replyControl)
      ? []
      : [
          broken(
            'reply-control-invalid',
            'settings/replyControl',
            'Threads knows no such choice of who can reply.',
            `Choose one of ${replyControls().join(', ')}.`,
            REPLY_CONTROL_DOCS,
          ),
        ]),
    ...(spoiler === true && withPoll !== true && media.length === 0
      ? [
          broken(
            'spoiler-without-media',
            'settings/spoiler',
            'Only images and videos can be blurred, and there are none.',
            'Attach an image or a video, or switch it off.',
            SPOILER_DOCS,
          ),
        ]
      : []),
    ...(location === undefined || location === null || isLookedUp(location)
      ? []
      : [
          broken(
            'location-invalid',
            'settings/location',
            'The location is none that Threads found.',
            'Search for it and choose it from the list, or leave it out.',
            LOCATION_DOCS,
          ),
        ]),
  ];
}

function checkTopic(settings: SegmentDraft['settings']): Violation[] {
  const topic = topicTagOf(settings);
  if (topic === undefined) return [];
  const field = 'settings/topicTag';
  const length = count(topic, 'utf16');
  if (length > TOPIC_MAX) {
    const message = `The topic is ${length} characters long; Threads allows ${TOPIC_MAX}.`;
    return [broken('topic-too-long', field, message, `Shorten it by ${length - TOPIC_MAX}.`, TOPIC_DOCS)];
  }
  if (!/[.&\r\n]/.test(topic)) return [];
  const message = 'A topic on Threads has no full stops, no ampersands and one line.';
  return [broken('topic-characters', field, message, 'Take them out.', TOPIC_DOCS)];
}

function replyControls(): string[] {
  const field = manifest.settings.find(({ name }) => name === 'replyControl');
  return (field?.options ?? []).map(({ value }) => value);
}

function isReplyControl(value: unknown): boolean {
  return value === undefined || value === null || value === '' || replyControls().some((known) => known === value);
}

function broken(rule: string, field: string, message: string, remedy: string, docs: string): Violation {
  return { rule: `${manifest.id}.${rule}`, field, message, remedy, docs, verifiedOn: manifest.verifiedOn };
}
