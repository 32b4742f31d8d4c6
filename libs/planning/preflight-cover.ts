import { type FieldError } from '#kernel';
import { type ImagePlan, type MediaAssetRecord, type MediaFacts, planHash, planMedia } from '#media';
import { type JsonObject, type VideoLimit } from '#platforms/core';
import { type OutgoingFile } from '#publishing';
import { type AttachedMedia } from './post-content.js';

/** What becomes on one channel of the cover that a person chose for a video. */
export interface CoverPlan {
  /** Of the image; left out where a moment of the video was chosen. */
  mediaId?: string;
  /** `moment` = the chosen frame is shown; `none` = the channel takes no such cover, and shows what it chooses itself. */
  action: 'keep' | 'render' | 'refuse' | 'moment' | 'none';
  /** What is changed of the image. */
  steps: { kind: string; reason: string }[];
  /** Why it goes out as it is, or not at all. */
  reason?: string;
}

/** The cover of a video on one channel: what is told of it, and what is sent of an image of its own. */
export interface PlannedCover {
  told: CoverPlan;
  content?: OutgoingFile;
  /** Why the image cannot be sent there. */
  refused?: Pick<FieldError, 'rule' | 'message' | 'remedy'>;
}

/**
 * An image that can be nobody's cover: the error names the choice.
 * @param facts of the file that it is to stand for
 * @param cover the image; undefined where the workspace has no such file, which is told elsewhere
 * @param at the place of the file in the post
 */
export function wrongCover(
  { coverId, coverAtMs }: AttachedMedia,
  facts: MediaFacts,
  cover: MediaAssetRecord | undefined,
  at: string,
): FieldError[] {
  if (coverId === undefined) return [];
  const wrong = (rule: string, message: string, remedy: string) => [{ field: `${at}/coverId`, rule, message, remedy }];
  if (facts.kind !== 'video') {
    return wrong('cover-not-video', 'Only a video has a cover.', 'Leave this choice out for this file.');
  }
  if (cover && !isStill(cover.facts)) {
    const what = cover.facts.kind === 'image' ? 'an animation' : `a ${cover.facts.kind}`;
    return wrong('cover-not-image', `The cover is ${what}.`, 'Choose a still image.');
  }
  if (coverAtMs === undefined) return [];
  return wrong(
    'cover-twice',
    'The cover is chosen twice: as an image, and as a moment of the video.',
    'Leave out coverId or coverAtMs.',
  );
}

/** What a channel gets as the cover of a video. Undefined where nobody chose one. Pure. */
export function planCoverOf(
  { coverId, coverAtMs, fit }: AttachedMedia,
  cover: MediaAssetRecord | undefined,
  limit: VideoLimit,
): PlannedCover | undefined {
  if (coverId === undefined) return coverAtMs === undefined ? undefined : { told: toldMoment(limit) };
  // What is no image is refused as it is, once and not for every channel.
  if (!cover || !isStill(cover.facts)) return undefined;
  if (!limit.cover) return { told: { mediaId: cover.id, action: 'none', steps: [], reason: notTaken(limit) } };
  const plan = planMedia(cover.facts, { image: limit.cover }, fit === undefined ? {} : { fit }) as ImagePlan;
  const told = {
    mediaId: cover.id,
    action: plan.action,
    steps: 'steps' in plan ? plan.steps.map(({ kind, reason }) => ({ kind, reason })) : [],
    ...('reason' in plan && { reason: plan.reason }),
  };
  if (plan.action === 'refuse') {
    const { rule, reason, remedy } = plan;
    return { told, refused: { rule, message: `The cover: ${reason}`, remedy } };
  }
  const { id: assetId, digest } = cover;
  // Round trip through JSON: what is hashed and stored is plain data.
  const stored = JSON.parse(JSON.stringify(plan)) as JsonObject;
  return { told, content: { assetId, digest, planHash: planHash(plan), plan: stored } };
}

function isStill(facts: MediaFacts): boolean {
  return facts.kind === 'image' && facts.pages === 1;
}

function toldMoment(limit: VideoLimit): CoverPlan {
  if (limit.cover || limit.coverMoment === true) return { action: 'moment', steps: [] };
  return { action: 'none', steps: [], reason: notTaken(limit) };
}

function notTaken({ coverMoment }: VideoLimit): string {
  return coverMoment === true
    ? 'Only a moment of the video can be its cover here: the image is left out.'
    : 'No cover is taken here: the network shows a picture of the video that it chooses itself.';
}
