import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import { type MediaKind } from '#media';
import { type JsonObject } from '#platforms/core';

/** One media item of a segment: which original, made into what, described how. */
export interface MediaContent {
  assetId: string;
  /** What is sent. */
  kind: MediaKind;
  /** SHA-256 of the original's bytes. */
  digest: string;
  /** Hash of the plan that turns the original into what the channel accepts. */
  planHash: string;
  /** The plan itself; opaque to the engine. */
  plan: JsonObject;
  altText?: string;
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
      media: media.map(({ digest, planHash, altText }) => ({ digest, planHash, altText: altText ?? null })),
    })),
  };
  return createHash('sha256').update(canonicalJson(sent)).digest('hex');
}
