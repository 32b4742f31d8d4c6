import { type FieldError } from '#kernel';
import {
  type MediaAssetRecord,
  type MediaChoices,
  type MediaFacts,
  type MediaKind,
  type MediaPlan,
  planHash,
  planMedia,
} from '#media';
import { type DraftMedia, type JsonObject, type PostMediaLimits } from '#platforms/core';
import { type MediaContent } from '#publishing';
import { type CoverPlan, planCoverOf, type PlannedCover, wrongCover } from './preflight-cover.js';
import { type AttachedMedia, mediaLists, type PostContent } from './post-content.js';

/** What one channel gets of one file, and what is changed for it. */
export interface AttachmentPlan {
  channelId: string;
  /** Which message of the channel: 0 is the post itself. */
  segment: number;
  /** Which file of that message. */
  position: number;
  mediaId: string;
  output: MediaKind;
  action: MediaPlan['action'];
  /** Pixels of what is sent, at the most. */
  width: number;
  height: number;
  durationMs?: number;
  steps: { kind: string; reason: string }[];
  /** Why it goes out as it is, or not at all. */
  reason?: string;
  /** Of a video whose cover a person chose. */
  cover?: CoverPlan;
  /** By which the version is known that is made of it. */
  digest: string;
  planHash: string;
}

/** A file as a channel gets it. `plan` is missing where the channel takes no such files at all. */
export interface PlannedFile {
  content: MediaContent;
  /** As it will be, as far as that can be told before it is made. */
  draft: DraftMedia;
  plan?: MediaPlan;
  /** Of a video whose cover a person chose. */
  cover?: PlannedCover;
}

/** Choices that fit the file on no channel: each error names the list, the place in it and the choice. */
export function choiceErrors(post: PostContent, assets: ReadonlyMap<string, MediaAssetRecord>): FieldError[] {
  return mediaLists(post).flatMap(({ media, field }) =>
    media.flatMap((item, position) => {
      const asset = assets.get(item.id);
      if (!asset) return [];
      const at = `${field}/${position}`;
      const cover = item.coverId === undefined ? undefined : assets.get(item.coverId);
      return [...wrongChoices(item, asset.facts, at), ...wrongCover(item, asset.facts, cover, at)];
    }),
  );
}

function wrongChoices({ trim, coverAtMs }: AttachedMedia, facts: MediaFacts, at: string): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (choice: string, rule: string, message: string, remedy: string) =>
    errors.push({ field: `${at}/${choice}`, rule, message, remedy });
  if (facts.kind !== 'video') {
    if (trim) wrong('trim', 'trim-not-video', 'Only a video can be trimmed.', 'Leave this choice out for this file.');
    if (coverAtMs !== undefined)
      wrong('coverAtMs', 'cover-not-video', 'Only a video has a cover.', 'Leave this choice out for this file.');
    return errors;
  }
  const { durationMs } = facts;
  const isEmpty = trim !== undefined && trim.startMs >= trim.endMs;
  const isOutside = trim !== undefined && trim.endMs > durationMs;
  if (isEmpty)
    wrong('trim', 'trim-empty', 'The part that is used ends before it begins.', 'Choose an end after the start.');
  else if (isOutside)
    wrong(
      'trim',
      'trim-outside',
      `The video is ${seconds(durationMs)} long; the part that is used ends at ${seconds(trim.endMs)}.`,
      `Choose an end of ${durationMs} milliseconds at the most.`,
    );
  // Where the part itself is wrong, the cover can be held only against the whole video.
  const { startMs, endMs } = trim && !isEmpty && !isOutside ? trim : { startMs: 0, endMs: durationMs };
  if (coverAtMs !== undefined && (coverAtMs < startMs || coverAtMs > endMs))
    wrong(
      'coverAtMs',
      'cover-outside',
      `The cover at ${seconds(coverAtMs)} lies outside of what is used of the video.`,
      `Choose a moment from ${startMs} to ${endMs} milliseconds.`,
    );
  return errors;
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} seconds`;
}

/**
 * What a channel gets of a file. Pure.
 * @param coverImage what the file names as its cover
 */
export function planFile(
  item: AttachedMedia,
  asset: MediaAssetRecord,
  limits: PostMediaLimits,
  coverImage?: MediaAssetRecord,
): PlannedFile {
  const { facts, digest } = asset;
  const altText = item.altText ?? asset.alt_text ?? undefined;
  const described = altText !== undefined && altText !== '' ? { altText } : {};
  const original = { contentType: facts.contentType, bytes: facts.bytes, digest, ...described };
  const content = { assetId: asset.id, digest, ...described };
  if (!takes(facts, limits)) {
    // No plan: the adapter itself says that it takes no such files.
    const draft = { kind: facts.kind, ...original, ...sizeOf(undefined, facts) };
    return { content: { ...content, kind: facts.kind, planHash: '', plan: {} }, draft };
  }
  const plan = planMedia(facts, limits, choicesOf(item, facts));
  const named = plan.output === 'document' ? { filename: asset.filename } : {};
  const chosen = { ...(plan.output === 'video' && coverOf(item, limits)), ...focusOf(item, plan, limits) };
  const isVideo = plan.output === 'video' && plan.action !== 'refuse';
  const cover = isVideo && limits.video ? planCoverOf(item, coverImage, limits.video) : undefined;
  const image = cover?.content;
  return {
    plan,
    ...(cover && { cover }),
    draft: {
      ...{ kind: plan.output, ...original, ...sizeOf(plan, facts), ...chosen, ...named },
      ...(image && { ownCover: true }),
    },
    content: {
      ...content,
      kind: plan.output,
      planHash: planHash(plan),
      ...(plan.output === 'video' && { bytes: facts.bytes }),
      // Round trip through JSON: what is hashed and stored is plain data.
      plan: JSON.parse(JSON.stringify(plan)) as JsonObject,
      ...chosen,
      ...(image && { cover: image }),
      ...named,
    },
  };
}

/** What is told of a plan. Undefined where there is none. */
export function attachmentPlan(
  at: Pick<AttachmentPlan, 'channelId' | 'segment' | 'position'>,
  { content, draft, plan, cover }: PlannedFile,
): AttachmentPlan | undefined {
  if (!plan) return undefined;
  const { width, height, durationMs } = draft;
  return {
    ...at,
    mediaId: content.assetId,
    output: plan.output,
    action: plan.action,
    width,
    height,
    ...(durationMs !== undefined && { durationMs }),
    steps: 'steps' in plan ? plan.steps.map(({ kind, reason }) => ({ kind, reason })) : [],
    ...('reason' in plan && { reason: plan.reason }),
    ...(cover && { cover: cover.told }),
    digest: content.digest,
    planHash: content.planHash,
  };
}

/** An animation may go out as a video. */
function takes(facts: MediaFacts, { image, video, document }: PostMediaLimits): boolean {
  switch (facts.kind) {
    case 'image':
      return image !== undefined || (video !== undefined && facts.pages > 1);
    case 'video':
      return video !== undefined;
    case 'document':
      return document !== undefined;
  }
}

/** Those that make sense: the others are refused as they are, once and not for every channel. */
function choicesOf(item: AttachedMedia, facts: MediaFacts): MediaChoices {
  const { fit, focus, trim, coverAtMs } = item;
  const fits = wrongChoices(item, facts, '').length === 0;
  return {
    ...(fit !== undefined && { fit }),
    ...(focus && { focus }),
    ...(fits && trim && { trim }),
    ...(fits && coverAtMs !== undefined && { coverAtMs }),
  };
}

/** Counted from the start of what is sent, and only where the channel can be told. */
function coverOf({ coverAtMs, coverId, trim }: AttachedMedia, { video }: PostMediaLimits): { coverAtMs?: number } {
  if (coverAtMs === undefined || coverId !== undefined || (!video?.cover && video?.coverMoment !== true)) return {};
  return { coverAtMs: Math.max(0, coverAtMs - (trim?.startMs ?? 0)) };
}

/** Where the edges are not cut already, and the channel can be told. */
function focusOf(
  { focus }: AttachedMedia,
  plan: MediaPlan,
  { focusPoint }: PostMediaLimits,
): Pick<DraftMedia, 'focus'> {
  const isCut = 'steps' in plan && plan.steps.some(({ kind }) => (kind as string) === 'crop');
  return focus && focusPoint === true && !isCut ? { focus: { x: focus.x, y: focus.y } } : {};
}

function sizeOf(plan: MediaPlan | undefined, facts: MediaFacts): Pick<DraftMedia, 'width' | 'height' | 'durationMs'> {
  const { width, height } = plan && 'width' in plan ? plan : facts;
  const durationMs = durationOf(plan, facts);
  return { width, height, ...(durationMs !== undefined && { durationMs }) };
}

function durationOf(plan: MediaPlan | undefined, facts: MediaFacts): number | undefined {
  if (plan?.action === 'transcode') return plan.durationMs;
  if (facts.kind !== 'video') return undefined;
  const steps = plan?.action === 'remux' ? plan.steps : [];
  const trim = steps.find((step) => step.kind === 'trim');
  return trim ? trim.endMs - trim.startMs : facts.durationMs;
}
