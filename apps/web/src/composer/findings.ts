import { type FieldError } from '../api/problem.js';
import { type CreateBody } from './draft.js';
import { isLocalRule } from './local-findings.js';

/** What a broken rule is about. */
export type Cause =
  | { part: 'link' | 'thread' | 'comment' | 'channels' | 'schedule' | 'other' }
  /** `at` = which further part of the thread, from 0; left out = the post itself. */
  | { part: 'text'; at?: number }
  /** Without `mediaId` = the images as a whole. */
  | { part: 'media'; mediaId?: string; inAltText: boolean; at?: number }
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
    const id = channelId ?? target?.id;
    return {
      cause: causeOf(path, (own ? target : undefined) ?? {}, body),
      ...(id !== undefined && { channelId: id }),
      own,
      rule,
      message,
      remedy,
      ...(docs !== undefined && { docs }),
    };
  });
}

/** @param own what is written for the channel that the path is of */
function causeOf(path: readonly string[], own: Partial<CreateBody['channels'][number]>, body: CreateBody): Cause {
  const [first = '', second = ''] = path;
  switch (first) {
    case 'content':
      if (second === 'thread') return causeInThread(path.slice(2), own.content?.thread ?? body.content.thread ?? []);
      if (second === 'firstComment') return { part: 'comment' };
      return { part: second === 'link' ? 'link' : 'text' };
    case 'media':
      return mediaCause(path.slice(1), own.media ?? body.media ?? []);
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

function causeInThread([position = '', field = '', ...rest]: readonly string[], parts: readonly SentPart[]): Cause {
  if (position === '') return { part: 'thread' };
  const at = Number(position);
  return field === 'media' ? { ...mediaCause(rest, parts[at]?.media ?? []), at } : { part: 'text', at };
}

type SentPart = NonNullable<CreateBody['content']['thread']>[number];

function mediaCause([position = '', field = '']: readonly string[], media: NonNullable<CreateBody['media']>) {
  const mediaId = media[Number(position || Number.NaN)]?.id;
  return { part: 'media' as const, ...(mediaId !== undefined && { mediaId }), inAltText: field === 'altText' };
}

/** What the server found, with what is true at this moment in place of what it saw a moment ago. */
export function combineFindings(server: readonly Finding[], local: readonly Finding[]): Finding[] {
  return withoutRepeats([...local, ...server.filter((finding) => !isLocalRule(finding, local))]);
}

/** That a setting is missing need not be said where its network says itself what is to be chosen. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const isSame = (a: Finding, b: Finding) =>
    a.cause.part === 'setting' &&
    b.cause.part === 'setting' &&
    a.cause.name === b.cause.name &&
    a.channelId === b.channelId;
  return findings.filter(
    (one) => !(isGeneral(one) && findings.some((other) => !isGeneral(other) && isSame(one, other))),
  );
}

/** Said by ClickPost of any form, and not by a network of its own. */
function isGeneral({ rule }: Finding): boolean {
  return rule === 'setting-required' || rule === 'setting-consent';
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
  return /(^|[.-])(missing|required|consent|no-channel)$/.test(rule);
}

/** Whether it is to be seen where the text and images of all channels are written, or where those of one are. */
export function isShownAt(finding: Finding, channelId: string | undefined): boolean {
  if (channelId === undefined) return !finding.own;
  return finding.channelId === channelId || finding.channelId === undefined;
}
