import {
  type AccountContext,
  type Evidence,
  type JsonObject,
  type ReconcileInput,
  type Reconciliation,
  stringField,
} from '#platforms/core';
import { type Access, accessOf } from './api.js';
import { failureOfStatus } from './classify.js';
import { reconcileComment } from './comments.js';
import { comparable, earliest, isSince, textOf } from './compare.js';
import { readContainer } from './container.js';
import { type Prepared, type PreparedPost } from './prepare.js';

const OPERATION = 'read the posts of the account';
const LOOK_AGAIN_MS = 20_000;
/** How long a published post may be missing in the list, and a container be worked on after it was published. */
const PATIENCE_MS = 15 * 60_000;
/** How soon after the attempt something must have appeared to be suspected of being what was refused. */
const SUSPECT_MS = 15 * 60_000;

/** A post of the account that may be ours. */
interface Candidate {
  id: string;
  permalink?: string;
  at: string;
}

/**
 * The container says whether it was published; the posts of the account then say as what.
 * https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
 */
export async function reconcile(ctx: AccountContext, input: ReconcileInput<Prepared>): Promise<Reconciliation> {
  const access = accessOf(ctx);
  const { prepared } = input;
  if (prepared.kind === 'comment') return reconcileComment(ctx, access, prepared, input);
  const { status_code: status, status: said } = await readContainer(ctx, access, prepared.creationId);
  const candidates = await candidatesOf(ctx, access, prepared, input);
  const evidence: Evidence = {
    lookedAt: 'the container, and the posts of the account',
    container: prepared.creationId,
    containerStatus: textOf(status),
    since: input.since.toISOString(),
    same: candidates.map(({ id, at, permalink }) => ({ id, at, permalink: permalink ?? null })),
  };
  const waited = ctx.now().getTime() - input.since.getTime();
  const again = { checkAt: new Date(ctx.now().getTime() + LOOK_AGAIN_MS), evidence };
  if (status === 'PUBLISHED') return published(candidates, evidence) ?? missing(waited, again);
  // A post of the same text although the container was not published: Instagram has been seen to show what it refused with
  // 2207051. It may as well be another's, so a person looks.
  if (candidates.some(({ at }) => Date.parse(at) - input.since.getTime() < SUSPECT_MS)) {
    return { outcome: 'unknown', evidence };
  }
  switch (status) {
    // Expired: it was not published within its 24 hours, says the page, so it never will be.
    case 'FINISHED':
    case 'EXPIRED':
      return { outcome: 'absent', evidence };
    case 'ERROR':
      return { outcome: 'refused', failure: failureOfStatus(textOf(said)), evidence };
    default:
      return missing(waited, again);
  }
}

/**
 * That it went out is certain; which of several posts it is that say the same does not matter to anybody who looks at them,
 * as no other publication owns them. The first after the attempt is taken.
 */
function published(candidates: readonly Candidate[], evidence: Evidence): Reconciliation | undefined {
  const [first] = [...candidates].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (!first) return undefined;
  const receipt = { id: first.id, ...(first.permalink !== undefined && { permalink: first.permalink }) };
  return { outcome: 'published', receipt, confidence: 'certain', evidence };
}

/** Published or on the way, and nothing to be seen: for a while that is normal, then somebody took it down or it is stuck. */
function missing(waitedMs: number, again: { checkAt: Date; evidence: Evidence }): Reconciliation {
  return waitedMs < PATIENCE_MS ? { outcome: 'pending', ...again } : { outcome: 'unknown', evidence: again.evidence };
}

/** Posts or stories since the attempt that say the same and belong to nobody else. Stories have no text. */
async function candidatesOf(
  ctx: AccountContext,
  { graph, token, accountId }: Access,
  { edge, caption }: PreparedPost,
  { since, claimed }: ReconcileInput<Prepared>,
): Promise<Candidate[]> {
  const fields = edge === 'media' ? 'id,caption,permalink,timestamp' : 'id,permalink,timestamp';
  const from = String(Math.floor(earliest(since).getTime() / 1_000));
  const query = { fields, limit: '50', ...(edge === 'media' && { since: from }) };
  const found: Candidate[] = [];
  for await (const node of graph.edge(ctx, { operation: OPERATION, path: `${accountId}/${edge}`, token, query })) {
    const id = stringField(node, 'id', OPERATION);
    if (claimed.has(id) || !isSince(node, since, OPERATION)) continue;
    if (edge === 'media' && comparable(node.caption) !== comparable(caption)) continue;
    found.push(candidateOf(id, node));
  }
  return found;
}

function candidateOf(id: string, { permalink, timestamp }: JsonObject): Candidate {
  return { id, at: textOf(timestamp), ...(typeof permalink === 'string' && { permalink }) };
}
