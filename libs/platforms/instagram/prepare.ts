import { createHash } from 'node:crypto';
import { endpointOf, type PrepareContext, type SegmentDraft, StillProcessing } from '#platforms/core';
import { type Access, accessOf, isPulled } from './api.js';
import { requirePublic, settleContainer } from './container.js';
import { type ContainerPlan, planPost } from './containers.js';
import { prepareComment, type PreparedComment } from './comments.js';
import { requireQuota } from './usage.js';

/** A finished container, and by what the post is known afterwards. */
export type PreparedPost = { kind: 'post'; creationId: string; edge: 'media' | 'stories'; caption: string };

export type Prepared = PreparedPost | PreparedComment;

/**
 * Makes the containers of a post, each in a step of its own, and waits until Instagram is done with them.
 * Throws `StillProcessing` while it is not.
 * https://developers.facebook.com/docs/instagram-platform/content-publishing
 */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<Prepared> {
  if (draft.kind === 'comment') return prepareComment(draft);
  const access = accessOf(ctx);
  await requireAddresses(ctx, access);
  await ctx.step('quota', async () => {
    await requireQuota(ctx, access);
    return true;
  });
  const { items, around, edge } = planPost(draft);
  const ids = await settleAll(ctx, access, items);
  const prepared = { kind: 'post', edge, caption: items[0]?.parameters.caption ?? '' } as const;
  const [only = ''] = ids;
  if (!around) return { ...prepared, creationId: only };
  const children = ids.join(',');
  const parameters: Record<string, string> = { ...around.parameters, children };
  // Named after what it holds: where an item had to be made again, so has what is around it.
  const name = `carousel:${createHash('sha256').update(children).digest('hex').slice(0, 8)}`;
  const creationId = await settleContainer(ctx, access, name, { parameters });
  return { ...prepared, creationId, caption: parameters.caption ?? '' };
}

/** All are begun before any is waited for, so that Instagram works on them at the same time. */
async function settleAll(ctx: PrepareContext, access: Access, plans: readonly ContainerPlan[]): Promise<string[]> {
  const waits: StillProcessing[] = [];
  const ids: string[] = [];
  for (const [index, plan] of plans.entries()) {
    try {
      ids.push(await settleContainer(ctx, access, `file:${index}`, plan));
    } catch (error) {
      if (!(error instanceof StillProcessing)) throw error;
      waits.push(error);
    }
  }
  const longest = waits.sort((a, b) => a.checkAt.getTime() - b.checkAt.getTime()).at(-1);
  if (longest) throw longest;
  return ids;
}

/** Before anything is made: whatever Instagram has to fetch must lie at an address that it can reach. */
async function requireAddresses(ctx: PrepareContext, access: Access): Promise<void> {
  // A practice network runs beside the installation, and reaches whatever that can.
  if (!endpointOf(ctx, 'graph').startsWith('https:')) return;
  for (const source of ctx.media) if (isPulled(access, source)) requirePublic(await source.address());
}
