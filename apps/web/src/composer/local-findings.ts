import { type Channel } from '../api/queries.js';
import { formatNumber } from '../ui/numbers.js';
import { type Counter, counterOf } from './counters.js';
import { type ChannelDraft, type Draft, type EffectiveContent, effectiveContent } from './draft.js';
import { type Cause, type Finding } from './findings.js';
import { isBlankPart } from './thread.js';

/** A channel as findings name it. */
export interface NamedChannel extends Pick<Channel, 'id' | 'platform' | 'limits' | 'name'> {
  networkName: string;
  docs: string;
  supports: Supports;
  /** What other channels of its network have and this one has not. */
  lacks?: Supports | undefined;
  /** What kind of post it is, where it is not the ordinary one: "Story". */
  formatName?: string | undefined;
}

/** What a network has beside posts. */
export interface Supports {
  thread: boolean;
  firstComment: boolean;
}

/** Rules that are computed here as well, at every key stroke. */
const COMPUTED = /\.(text-(unsupported|too-(long|many-bytes))|thread-unsupported|first-comment-unsupported)$/;

/** Whether what the server found is known better here. */
export function isLocalRule({ rule, cause, channelId }: Finding, local: readonly Finding[]): boolean {
  if (COMPUTED.test(rule) || rule === 'no-channel') return true;
  const isSamePart = (other: Finding) =>
    other.channelId === channelId &&
    other.cause.part === 'text' &&
    cause.part === 'text' &&
    other.cause.at === cause.at;
  return /\.text-missing$/.test(rule) && local.some((other) => other.rule === PART_MISSING && isSamePart(other));
}

const PART_MISSING = 'part-missing';

/** What keeps a post without channels from going out. */
export function channelFindings({ channels }: Draft): Finding[] {
  if (channels.length > 0) return [];
  const message = 'The post goes nowhere yet.';
  const remedy = 'Choose at least one channel, or keep it as a draft.';
  return [{ cause: { part: 'channels' }, own: false, rule: 'no-channel', message, remedy }];
}

/** What is known of texts, threads and first comments without the server, at once and by each network's own counting. */
export function writtenFindings(draft: Draft, channels: readonly NamedChannel[]): Finding[] {
  return draft.channels.flatMap((target) => {
    const channel = channels.find(({ id }) => id === target.id);
    if (!channel) return [];
    const content = effectiveContent(draft, target);
    return [
      ...unsupported(channel, target, content),
      ...tooLong(channel, target, content),
      ...blank(channel, target, content),
    ];
  });
}

/** One text that a channel gets. */
interface Message {
  text: string;
  link?: string | undefined;
  media?: EffectiveContent['media'];
  cause: Cause;
  /** Written for that channel alone. */
  own: boolean;
  name: string;
  /** What else can be done than to shorten it. */
  instead: string;
}

function messagesOf(
  { networkName, supports }: NamedChannel,
  target: ChannelDraft,
  content: EffectiveContent,
): Message[] {
  const own = target.text !== undefined;
  const instead = (isOwn: boolean, what: string) => (isOwn ? '' : `, or write a different ${what} for ${networkName}`);
  const first: Message = {
    text: content.text,
    link: content.link,
    media: content.media,
    cause: { part: 'text' },
    own,
    name: content.thread.length > 0 && supports.thread ? 'Part 1' : 'The text',
    instead: instead(own, 'text'),
  };
  const ownThread = target.thread !== undefined;
  const parts = content.thread.map(({ text, media }, at): Message => {
    const cause: Cause = { part: 'text', at };
    return { text, media, cause, own: ownThread, name: `Part ${at + 2}`, instead: instead(ownThread, 'thread') };
  });
  const ownComment = target.firstComment !== undefined;
  const comment: Message = {
    text: content.firstComment,
    cause: { part: 'comment' },
    own: ownComment,
    name: 'The first comment',
    instead: instead(ownComment, 'first comment'),
  };
  return [first, ...(supports.thread ? parts : []), ...(supports.firstComment ? [comment] : [])];
}

function tooLong(channel: NamedChannel, target: ChannelDraft, content: EffectiveContent): Finding[] {
  return messagesOf(channel, target, content).flatMap(({ text, link, media = [], cause, own, name, instead }) => {
    const counter = counterOf(
      { text, media, settings: content.settings, ...(link !== undefined && { link }) },
      channel.limits.text,
    );
    if (counter.level !== 'over') return [];
    const { unit, left } = counter;
    const about = { cause, channelId: channel.id, own, docs: channel.docs };
    if (channel.limits.text.max === 0) return [noText(channel, about)];
    const shorten = `Shorten it by ${formatNumber(-left)}${instead}.`;
    const finding: Finding = {
      ...about,
      rule: `${channel.platform}.text-too-${unit === 'bytes' ? 'many-bytes' : 'long'}`,
      message: lengthInWords(name, counter, channel),
      remedy: unit === 'bytes' ? `${shorten} Emoji and accents take several bytes each.` : shorten,
    };
    return [finding];
  });
}

/** A format that shows no text at all. */
function noText(
  { platform, ...channel }: NamedChannel,
  about: Pick<Finding, 'cause' | 'channelId' | 'own' | 'docs'>,
): Finding {
  return {
    ...about,
    rule: `${platform}.text-unsupported`,
    message: `${channel.networkName} shows no text${withFormat(channel)}.`,
    remedy: about.own ? 'Leave it empty.' : 'Leave it out there; the other channels keep it.',
  };
}

function lengthInWords(what: string, { unit, length, max }: Counter, channel: NamedChannel): string {
  const { networkName } = channel;
  const [is, may] = [formatNumber(length), formatNumber(max)];
  if (unit === 'bytes') return `${what} takes ${is} bytes; ${networkName} allows ${may}${withFormat(channel)}.`;
  return `${what} is ${is} characters long as ${networkName} counts; ${may} are allowed${withFormat(channel)}.`;
}

/** ` with the format “Story”`; nothing for the ordinary post. */
function withFormat({ formatName }: Pick<NamedChannel, 'formatName'>): string {
  return formatName === undefined ? '' : ` with the format “${formatName}”`;
}

/** The network, or the channel alone where others of the network can do it. */
function nameOf({ name, networkName }: NamedChannel, isAlone = false): string {
  return isAlone ? `the channel ${name}` : networkName;
}

function unsupported(channel: NamedChannel, target: ChannelDraft, content: EffectiveContent) {
  const { id, platform, supports } = channel;
  const findings: Finding[] = [];
  const remedy = 'Choose what goes out there instead.';
  if (!supports.thread && content.thread.length > 0) {
    findings.push({
      cause: { part: 'thread' },
      channelId: id,
      own: target.thread !== undefined,
      rule: `${platform}.thread-unsupported`,
      message: `ClickPost publishes no threads on ${nameOf(channel, channel.lacks?.thread)}${withFormat(channel)}.`,
      remedy,
    });
  }
  if (!supports.firstComment && content.firstComment.trim() !== '') {
    findings.push({
      cause: { part: 'comment' },
      channelId: id,
      own: target.firstComment !== undefined,
      rule: `${platform}.first-comment-unsupported`,
      message: `ClickPost publishes no first comments on ${nameOf(channel, channel.lacks?.firstComment)}${withFormat(channel)}.`,
      remedy,
    });
  }
  return findings;
}

function blank({ id, supports }: NamedChannel, target: ChannelDraft, { thread }: EffectiveContent): Finding[] {
  if (!supports.thread) return [];
  return thread.flatMap((part, at): Finding[] => {
    if (!isBlankPart(part)) return [];
    return [
      {
        cause: { part: 'text', at },
        channelId: id,
        own: target.thread !== undefined,
        rule: PART_MISSING,
        message: `Part ${at + 2} is empty.`,
        remedy: 'Write it, or remove the part.',
      },
    ];
  });
}
