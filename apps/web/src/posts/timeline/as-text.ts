import { type Publication } from '../../api/queries.js';
import { costInWords, usesIn } from '../../ui/costs.js';
import { type Instants } from '../instants.js';
import { storyOf } from '../publication-story.js';
import { chaptersOf } from './chapters.js';
import { distanceOf } from './distance.js';
import { exchangesOf, type LogEntry } from './log-evidence.js';
import { commentOf, type Setting, tell } from './sentences.js';

/** What stands above the story. */
export interface StoryHead {
  publication: Publication;
  channelName: string;
  platformName: string;
  now: number;
}

/** The whole story of a publication as plain text, for a ticket. Times in UTC, so that everybody reads the same. */
export function storyAsText(head: StoryHead, log: readonly LogEntry[]): string {
  const { publication, channelName, platformName, now } = head;
  const story = storyOf(publication, { now, instants: IN_UTC });
  const lines = [
    `${platformName}: ${channelName}`,
    story.sentence,
    ...(story.next === undefined ? [] : [story.next]),
    '',
    `Publication  ${publication.id}`,
    `Post         ${publication.postId}, revision ${publication.revision}`,
    `Due          ${utc(publication.dueAt)} (chosen in ${publication.timeZone})`,
    ...(publication.permalink === null ? [] : [`Address      ${publication.permalink}`]),
  ];
  const setting = { platformName, instants: IN_UTC, comment: commentOf(publication) };
  for (const { title, entries } of chaptersOf(log, publication.dueAt)) {
    lines.push('', title);
    for (const { entry, dueAt } of entries) lines.push(...entryLines(entry, { ...setting, dueAt }));
  }
  return `${lines.join('\n')}\n`;
}

const INDENT = '    ';

function entryLines(entry: LogEntry, setting: Setting): string[] {
  const { sentence, why, next, permalink } = tell(entry, setting);
  const { failure } = entry;
  const details = [
    why,
    next,
    permalink,
    failure?.platformCode && `Code: ${failure.platformCode}`,
    failure?.platformMessage && `What came back: ${failure.platformMessage}`,
    failure?.requestId && `Request id: ${failure.requestId}`,
    ...usesIn(entry.evidence?.['costs']).map((use) => `Cost: ${costInWords([use])}`),
    ...exchangesOf(entry.evidence ?? {}).map(
      ({ method, host, path, status, error, durationMs, requestId }) =>
        `${method} ${host}${path}: ${status ?? error ?? 'no answer'} in ${durationMs} ms${requestId ? `, request id ${requestId}` : ''}`,
    ),
  ].filter((line) => line !== undefined && line !== '');
  const distance = distanceOf(entry, setting.dueAt);
  const time = distance === undefined ? utc(entry.at) : `${utc(entry.at)} (${distance})`;
  return [`  ${time}  ${sentence}`, ...details.map((line) => `${INDENT}${line}`)];
}

const IN_UTC: Instants = { noun: utc, adverb: (at) => `on ${utc(at)}` };

/** `2026-11-24 09:00:02 UTC`. */
function utc(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
