import { rows, type Transaction } from '#kernel';
import { type SegmentContent } from './rules/index.js';
import { type PublicationRecord } from './store/index.js';

/** What became of one message of a publication. */
export interface SegmentProgress {
  /** 0 = the post itself. */
  position: number;
  kind: SegmentContent['kind'];
  state: 'published' | 'pending';
  permalink: string | null;
  publishedAt: Date | null;
}

interface OutRow {
  publication_id: string;
  position: number;
  permalink: string | null;
  published_at: Date;
}

/** What is out of each publication and what is not, by id, in the order of its messages. */
export async function segmentsOf(
  tx: Transaction,
  publications: readonly PublicationRecord[],
): Promise<Map<string, SegmentProgress[]>> {
  const out = await whatIsOut(tx, publications);
  return new Map(
    publications.map((publication) => {
      const rowOf = (position: number) =>
        out.find((row) => row.publication_id === publication.id && row.position === position);
      const segments = publication.content.segments.map(({ kind }, position) =>
        progress(publication, kind, position, rowOf(position)),
      );
      return [publication.id, segments];
    }),
  );
}

/** The ids of those of which something is out, be it the first part of a thread. */
export async function begunAmong(tx: Transaction, publications: readonly PublicationRecord[]): Promise<Set<string>> {
  const out = await whatIsOut(tx, publications);
  return new Set(out.map((row) => row.publication_id));
}

/** How much of a publication is out, and where its first part can be seen, if that is. */
export async function partlyOut(
  tx: Transaction,
  publication: PublicationRecord,
): Promise<{ published: number; of: number; permalink?: string }> {
  const out = await whatIsOut(tx, [publication]);
  const permalink = out.find(({ position }) => position === 0)?.permalink ?? undefined;
  const of = publication.content.segments.length;
  return { published: out.length, of, ...(permalink !== undefined && { permalink }) };
}

function progress(
  publication: PublicationRecord,
  kind: SegmentContent['kind'],
  position: number,
  out: OutRow | undefined,
): SegmentProgress {
  if (out) return { position, kind, state: 'published', permalink: out.permalink, publishedAt: out.published_at };
  // A person saw what ClickPost could not: the segment itself has no receipt.
  if (publication.state === 'published') {
    const permalink = position === 0 ? publication.permalink : null;
    return { position, kind, state: 'published', permalink, publishedAt: publication.published_at };
  }
  return { position, kind, state: 'pending', permalink: null, publishedAt: null };
}

function whatIsOut(tx: Transaction, publications: readonly PublicationRecord[]): Promise<OutRow[]> {
  return rows<OutRow>(
    tx,
    `select publication_id, position, permalink, published_at from segments
      where publication_id = any($1) and outcome = 'published'`,
    [publications.map(({ id }) => id)],
  );
}
