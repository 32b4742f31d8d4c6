import { bytesInWords } from '../media/words.js';
import { formatNumber } from '../ui/numbers.js';
import { type SelectedChannel } from './context.js';

/** What decides whether a channel takes documents. */
export type Taker = Pick<SelectedChannel, 'channel' | 'platform' | 'format'>;

type DocumentLimit = NonNullable<Taker['channel']['limits']['media']['document']>;

/** Whether a channel takes documents: as things stand, in another format, or in none. */
export type Taking =
  | { takes: 'now'; limit: DocumentLimit; title: string }
  | { takes: 'as'; formatId: string; formatLabel: string; limit: DocumentLimit; title: string }
  | { takes: 'none'; title: string };

/** Whether a channel takes documents. @param title what the channel is called here */
export function takingOf({ channel, platform }: Taker, title: string): Taking {
  const now = channel.limits.media.document;
  if (now) return { takes: 'now', limit: now, title };
  const other = platform?.formats?.find(({ limits }) => limits.media.document !== undefined);
  const limit = other?.limits.media.document;
  if (!other || !limit) return { takes: 'none', title };
  return { takes: 'as', formatId: other.id, formatLabel: other.label, limit, title };
}

/** The types that a choice of files offers: images and videos, and the documents that a chosen channel may take. */
export function acceptedTypes(takings: readonly Taking[]): string {
  const types = takings.flatMap((taking) => (taking.takes === 'none' ? [] : taking.limit.types));
  return ['image/*', 'video/*', ...new Set(types)].join(',');
}

/** What each chosen channel does with a document, a sentence each; channels that do the same are named together. */
export function documentRules(takings: readonly Taking[]): string[] {
  const sentences = new Map<string, string[]>();
  for (const taking of takings) {
    const rule = ruleOf(taking);
    sentences.set(rule, [...(sentences.get(rule) ?? []), taking.title]);
  }
  return [...sentences].map(([rule, titles]) => `${titles.join(', ')}: ${rule}`);
}

function ruleOf(taking: Taking): string {
  switch (taking.takes) {
    case 'now':
      return `one document ${boundsInWords(taking.limit)}.`;
    case 'as':
      return `one document ${boundsInWords(taking.limit)}, with the format “${taking.formatLabel}”.`;
    case 'none':
      return 'no documents.';
  }
}

function boundsInWords({ maxBytes, maxPages }: DocumentLimit): string {
  const size = bytesInWords(maxBytes).replace(/\.0+ /, ' ');
  return maxPages === undefined ? `of up to ${size}` : `of up to ${formatNumber(maxPages)} pages and ${size}`;
}

const NAMES: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'application/msword': 'Word document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
  'application/vnd.ms-powerpoint': 'Presentation',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'Presentation',
};

/** `PDF · 12 pages · 2.3 MB` */
export function documentFacts(file: { contentType: string; bytes: number; pages?: number | undefined }): string {
  const { pages } = file;
  const count = pages === undefined ? [] : [pages === 1 ? '1 page' : `${formatNumber(pages)} pages`];
  return [NAMES[file.contentType] ?? 'Document', ...count, bytesInWords(file.bytes)].join(' · ');
}
