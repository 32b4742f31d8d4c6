import { type FieldError } from '../api/problem.js';
import { type Channel } from '../api/queries.js';
import { counterOf } from './counters.js';
import { type CreateBody, type Draft, effectiveContent } from './draft.js';

/** What a broken rule is about. */
export type Cause =
  | { part: 'text' | 'link' | 'channels' | 'schedule' | 'other' }
  /** Left out = the images as a whole. */
  | { part: 'media'; mediaId?: string; inAltText: boolean }
  | { part: 'setting'; name: string };

/** A rule that stands against publishing, and where its cause lies. */
export interface Finding {
  cause: Cause;
  /** The channel whose rule it is; left out = everybody's. */
  channelId?: string;
  /** The cause lies in what was written for that channel alone. */
  own: boolean;
  rule: string;
  message: string;
  remedy: string;
  docs?: string;
}

/** Errors of the API as findings, by the request that they answer. */
export function readFindings(errors: readonly FieldError[], body: CreateBody): Finding[] {
  return errors.map(({ field, channelId, rule, message, remedy, docs }) => {
    const [first = '', index = '', ...rest] = field.split('/');
    const target = first === 'channels' ? body.channels[Number(index)] : undefined;
    const own = target !== undefined && index !== '';
    const path = own ? rest : field.split('/');
    const media = (own ? target.media : undefined) ?? body.media;
    const id = channelId ?? target?.id;
    return {
      cause: causeOf(path, media),
      ...(id !== undefined && { channelId: id }),
      own,
      rule,
      message,
      remedy,
      ...(docs !== undefined && { docs }),
    };
  });
}

function causeOf(path: readonly string[], media: CreateBody['media']): Cause {
  const [first = '', second = '', third = ''] = path;
  switch (first) {
    case 'content':
      return { part: second === 'link' ? 'link' : 'text' };
    case 'media': {
      const mediaId = media[Number(second || Number.NaN)]?.id;
      return { part: 'media', ...(mediaId !== undefined && { mediaId }), inAltText: third === 'altText' };
    }
    case 'settings':
      return { part: 'setting', name: second };
    case 'schedule':
      return { part: 'schedule' };
    case 'channels':
    case 'id':
      return { part: 'channels' };
    default:
      return { part: 'other' };
  }
}

/** Rules that are computed here as well, at every key stroke. */
const COUNTED = /\.text-too-(long|many-bytes)$/;

/** A channel as findings name it. */
export interface NamedChannel extends Pick<Channel, 'id' | 'platform' | 'limits'> {
  networkName: string;
  docs: string;
}

/** Texts that are too long, at once and by each network's own counting. */
export function lengthFindings(draft: Draft, channels: readonly NamedChannel[]): Finding[] {
  return draft.channels.flatMap((target) => {
    const channel = channels.find(({ id }) => id === target.id);
    if (!channel) return [];
    const { level, length, max, left, unit } = counterOf(effectiveContent(draft, target), channel.limits.text);
    if (level !== 'over') return [];
    const name = channel.networkName;
    const isOwn = target.text !== undefined;
    const shorten = `Shorten it by ${-left}${isOwn ? '' : `, or write a different text for ${name}`}.`;
    const finding: Finding = {
      cause: { part: 'text' },
      channelId: channel.id,
      own: isOwn,
      rule: `${channel.platform}.text-too-${unit === 'bytes' ? 'many-bytes' : 'long'}`,
      message:
        unit === 'bytes'
          ? `The text takes ${length} bytes; ${name} allows ${max}.`
          : `The text is ${length} characters long as ${name} counts; ${max} are allowed.`,
      remedy: unit === 'bytes' ? `${shorten} Emoji and accents take several bytes each.` : shorten,
      docs: channel.docs,
    };
    return [finding];
  });
}

/** What keeps a post without channels from going out. */
export function channelFindings({ channels }: Draft): Finding[] {
  if (channels.length > 0) return [];
  const message = 'The post goes nowhere yet.';
  const remedy = 'Choose at least one channel, or keep it as a draft.';
  return [{ cause: { part: 'channels' }, own: false, rule: 'no-channel', message, remedy }];
}

/** What the server found, with what is true at this moment in place of what it saw a moment ago. */
export function combineFindings(server: readonly Finding[], local: readonly Finding[]): Finding[] {
  return [...local, ...server.filter(({ rule }) => !COUNTED.test(rule) && rule !== 'no-channel')];
}

/** One sentence for all the channels that it is true of. */
export interface FindingGroup extends Omit<Finding, 'channelId'> {
  channelIds: string[];
}

/** Findings that say the same of several channels, said once. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const { channelId, ...finding } of findings) {
    const key = JSON.stringify([finding.cause, finding.own && channelId, finding.message, finding.remedy]);
    const group = groups.get(key) ?? { ...finding, channelIds: [] };
    groups.set(key, group);
    if (channelId !== undefined && !group.channelIds.includes(channelId)) group.channelIds.push(channelId);
  }
  return [...groups.values()];
}

/** Rules that say only that something is not written yet. Nobody is told so before they began. */
export function isMissing({ rule }: Pick<Finding, 'rule'>): boolean {
  return /(^|[.-])(missing|required|no-channel)$/.test(rule);
}

/** Whether it is to be seen where the text and images of all channels are written, or where those of one are. */
export function isShownAt(finding: Finding, channelId: string | undefined): boolean {
  if (channelId === undefined) return !finding.own;
  return finding.channelId === channelId || finding.channelId === undefined;
}
