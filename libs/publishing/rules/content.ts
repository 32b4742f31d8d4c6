import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import { type MediaKind } from '#media';
import { type JsonObject } from '#platforms/core';

/** Which original, made into what. */
export interface OutgoingFile {
  assetId: string;
  /** SHA-256 of the original's bytes. */
  digest: string;
  /** Hash of the plan that turns the original into what the channel accepts. */
  planHash: string;
  /** The plan itself; opaque to the engine but for what it makes and whether it changes anything. */
  plan: JsonObject;
}

/** One media item of a segment: which original, made into what, described how. */
export interface MediaContent extends OutgoingFile {
  /** What is sent. */
  kind: MediaKind;
  /** Of a video: about how many bytes are sent, from which follows how early it is begun. No part of what is approved. */
  bytes?: number;
  altText?: string;
  /** The moment that stands for a video, in milliseconds of what is sent, where the channel takes one and a person chose. */
  coverAtMs?: number;
  /** The image that stands for a video, where the channel takes one and a person chose one. */
  cover?: OutgoingFile;
  /** What of it should stay in sight where the channel shows it cut, as 0 to 1 from the left and from the top. */
  focus?: { x: number; y: number };
  /** What it is called where it is shown: of documents. */
  filename?: string;
}

/** One message of a publication. */
export interface SegmentContent {
  kind: 'post' | 'reply' | 'comment';
  text: string;
  link?: string;
  media: MediaContent[];
}

/** Everything that is sent for a publication: the snapshot. */
export interface PublicationContent {
  segments: SegmentContent[];
  settings: JsonObject;
}

/** One version of a file that a publication sends. */
export interface SentMedia extends OutgoingFile {
  /** A worker has to make it before the publication can go out. Images are made by whoever needs them. */
  awaited: boolean;
}

/** Every version of a file that is sent, once, in a fixed order: whoever locks several does it in that one. */
export function sentMedia({ segments }: PublicationContent): SentMedia[] {
  const byKey = new Map<string, SentMedia>();
  const keep = ({ assetId, digest, planHash, plan }: OutgoingFile, awaited: boolean) =>
    byKey.set([digest, planHash, assetId].join(), { assetId, digest, planHash, plan, awaited });
  for (const { kind, cover, ...file } of segments.flatMap(({ media }) => media)) {
    const awaited = kind === 'video' && file.plan['action'] !== 'keep';
    keep(file, awaited);
    if (cover) keep(cover, false);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** Which segment another one hangs below: a comment below the post, a part of a thread below the part before it. */
export function parentPosition({ segments }: PublicationContent, position: number): number {
  if (segments[position]?.kind === 'comment') return 0;
  return Math.max(
    0,
    segments.findLastIndex(({ kind }, index) => index < position && kind !== 'comment'),
  );
}

/** The content hash covers everything that is sent, and where to. Asset ids are left out: equal bytes are equal content. */
export function contentHash(channelId: string, content: PublicationContent): string {
  const sent = {
    channelId,
    settings: content.settings,
    segments: content.segments.map(({ kind, text, link, media }) => ({
      kind,
      text,
      link: link ?? null,
      // What came later counts only where it is there: the hash of what was approved before stays the same.
      media: media.map(({ digest, planHash, altText, coverAtMs, cover, focus, filename }) => ({
        ...{ digest, planHash, altText: altText ?? null },
        ...(coverAtMs !== undefined && { coverAtMs }),
        ...(cover && { cover: { digest: cover.digest, planHash: cover.planHash } }),
        ...(focus && { focus: { x: focus.x, y: focus.y } }),
        ...(filename !== undefined && { filename }),
      })),
    })),
  };
  return createHash('sha256').update(canonicalJson(sent)).digest('hex');
}
