import { Inject, Injectable } from '@nestjs/common';
import { Database, type FileStorage, Problem, row, STORAGE, type Transaction } from '#kernel';
import { type MediaFacts, type MediaKind } from '../plan/facts.js';
import { type RenditionFailure, type RenditionState, tell } from './rows.js';
import { type ShownFile } from './renditions.js';

/** A rendition as the API shows it. */
export interface RenditionView {
  id: string;
  state: RenditionState;
  /** The assets that it is made of, and where they lie: those that whoever asks may see. */
  mediaIds: string[];
  workspaceIds: string[];
  /** When the first who sends it is due. */
  neededAt: Date | null;
  /** From 0 to 1, while it is made. */
  progress?: number;
  /** How long the rest may take, in milliseconds. */
  remainingMs?: number;
  failure?: RenditionFailure;
  /** Of the file, once it is ready. */
  kind?: MediaKind;
  contentType?: string;
  width?: number;
  height?: number;
  durationMs?: number;
  bytes?: number;
}

interface Found {
  id: string;
  organization_id: string;
  source_digest: string;
  plan_hash: string;
  state: RenditionState;
  needed_at: Date | null;
  progress: number | null;
  remaining_ms: number | null;
  failure: RenditionFailure | null;
  digest: string | null;
  facts: MediaFacts | null;
  storage_key: string | null;
  media_ids: string[];
  workspace_ids: string[];
}

/** Renditions as people meet them: how far they are, what they look like, and a say over the work. */
@Injectable()
export class RenditionViews {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: FileStorage,
  ) {}

  /** Throws a problem where there is none that whoever asks may see. */
  async get(organizationId: string, id: string): Promise<RenditionView> {
    return viewOf(await this.database.tenant(organizationId, (tx) => find(tx, id)));
  }

  /** What was made, to look at before it goes out. Throws a problem where it is not ready. */
  async content(organizationId: string, id: string): Promise<ShownFile> {
    const { state, facts, digest, storage_key: key } = await this.database.tenant(organizationId, (tx) => find(tx, id));
    if (!facts || digest === null || key === null) {
      throw Problem.notFound(`This version is not ready: ${WORDS[state]}. Ask again when it is.`);
    }
    const { contentType, bytes } = facts;
    return { contentType, bytes, digest, open: (range) => this.storage.open(key, range) };
  }

  /** Nobody makes it any more, not even whoever does so right now. What was cancelled before stays so. Throws a problem. */
  async cancel(organizationId: string, id: string): Promise<RenditionView> {
    return this.database.tenant(organizationId, async (tx) => {
      const found = await find(tx, id, 'for update of r');
      if (found.state === 'cancelled') return viewOf(found);
      if (found.state !== 'waiting' && found.state !== 'running') {
        throw Problem.conflict(`It cannot be cancelled: ${WORDS[found.state]}.`);
      }
      await tx.query(
        `update renditions set state = 'cancelled', lease = null, leased_until = null, progress = null, remaining_ms = null,
                finished_at = now() where id = $1`,
        [id],
      );
      await tell(tx, found, 'cancelled');
      return viewOf(await find(tx, id));
    });
  }

  /** It is made after all. What waits, or is under way, goes on. Throws a problem. */
  async retry(organizationId: string, id: string): Promise<RenditionView> {
    return this.database.tenant(organizationId, async (tx) => {
      const found = await find(tx, id, 'for update of r');
      if (found.state === 'ready') throw Problem.conflict('It is made already.');
      if (found.state === 'waiting' || found.state === 'running') return viewOf(found);
      await tx.query(
        `update renditions set state = 'waiting', failure = null, deaths = 0, setbacks = 0, available_at = now(),
                last_used_at = now() where id = $1`,
        [id],
      );
      return viewOf(await find(tx, id));
    });
  }
}

const WORDS: Readonly<Record<RenditionState, string>> = {
  waiting: 'it waits to be made',
  running: 'it is being made',
  ready: 'it is made already',
  failed: 'it could not be made',
  cancelled: 'it was cancelled',
};

async function find(tx: Transaction, id: string, lock = ''): Promise<Found> {
  const found = await row<Found>(tx, `${FIND} ${lock}`, [id]);
  if (!found || found.media_ids.length === 0) throw Problem.notFound();
  return found;
}

/** Row-level security leaves out assets in workspaces that whoever asks does not see. */
const FIND = `
select r.*, m.media_ids, m.workspace_ids
  from renditions r
  cross join lateral (
    select coalesce(array_agg(a.id order by a.id), '{}') as media_ids,
           coalesce(array_agg(distinct a.workspace_id), '{}') as workspace_ids
      from media_assets a
     where a.organization_id = r.organization_id and a.digest = r.source_digest and a.deleted_at is null) m
 where r.id = $1`;

function viewOf(found: Found): RenditionView {
  const { facts, progress, remaining_ms: remainingMs, failure } = found;
  return {
    id: found.id,
    state: found.state,
    mediaIds: found.media_ids,
    workspaceIds: found.workspace_ids,
    neededAt: found.needed_at,
    ...(progress !== null && { progress }),
    ...(remainingMs !== null && { remainingMs }),
    ...(failure !== null && { failure }),
    ...(facts !== null && fileOf(facts)),
  };
}

function fileOf(facts: MediaFacts): Partial<RenditionView> {
  const { kind, contentType, width, height, bytes } = facts;
  const durationMs = kind === 'document' ? undefined : facts.durationMs;
  return { kind, contentType, width, height, bytes, ...(durationMs !== undefined && { durationMs }) };
}
