import { type Renditions } from '#media';
import { type DraftMedia, type MediaSource, type SegmentDraft } from '#platforms/core';
import { type MediaContent, parentPosition, type PublicationContent } from '../rules/index.js';
import { type PublicationRecord, type SegmentRecord } from '../store/index.js';

/** What a segment sends, with its media as the channel takes it. */
export interface SegmentToSend {
  draft: SegmentDraft;
  media: MediaSource[];
}

/**
 * What a segment of a publication sends. Adapters also know by it again what they sent.
 * @param segments all of the publication
 */
export async function composeSegment(
  renditions: Renditions,
  record: PublicationRecord,
  segments: readonly SegmentRecord[],
  segment: SegmentRecord,
): Promise<SegmentToSend> {
  const content = record.content.segments[segment.position];
  if (!content) throw new Error(`Segment ${segment.position} of publication ${record.id} has no content.`);
  const media = await Promise.all(
    content.media.map(async (item) => ({
      ...(await renditions.source(record.organization_id, item)),
      ...chosen(item),
    })),
  );
  const replyTo = replyTarget(record.content, segments, segment);
  const draft: SegmentDraft = {
    kind: content.kind,
    text: content.text,
    media: media.map(draftMedia),
    settings: record.content.settings,
    ...(content.link !== undefined && { link: content.link }),
    ...(replyTo && { replyTo }),
  };
  return { draft, media };
}

/** What a segment that comes later will send, as far as its content says it: of its files no facts, and nothing above it. */
export function outlineOf({ segments, settings }: PublicationContent, position: number): SegmentDraft {
  const content = segments[position];
  if (!content) throw new Error(`There is no content for segment ${position}.`);
  const { kind, text, link, media } = content;
  return {
    ...{ kind, text, settings, ...(link !== undefined && { link }) },
    media: media.map((item) => ({
      ...{ kind: item.kind, digest: item.digest, contentType: '', bytes: 0, width: 0, height: 0 },
      ...(item.altText !== undefined && { altText: item.altText }),
      ...chosen(item),
    })),
  };
}

/** What people decided that no file shows. */
function chosen({
  coverAtMs,
  cover,
  filename,
  focus,
}: MediaContent): Pick<DraftMedia, 'coverAtMs' | 'ownCover' | 'filename' | 'focus'> {
  return {
    ...(coverAtMs !== undefined && { coverAtMs }),
    ...(cover && { ownCover: true }),
    ...(filename !== undefined && { filename }),
    ...(focus && { focus }),
  };
}

function draftMedia(source: MediaSource): DraftMedia {
  const { read: _read, open: _open, address: _address, cover: _cover, ...draft } = source;
  return draft;
}

/**
 * A part of a thread hangs below the part before it, a comment below the post itself. One whose place is not known is
 * never sent as a post of its own.
 */
function replyTarget(
  content: PublicationContent,
  segments: readonly SegmentRecord[],
  segment: SegmentRecord,
): SegmentDraft['replyTo'] {
  if (segment.position === 0) return undefined;
  const root = referenceOf(segments[0]);
  const parent = referenceOf(segments[parentPosition(content, segment.position)]);
  if (!root || !parent) throw new Error(`Segment ${segment.id} has nothing to hang below.`);
  return { root, parent };
}

function referenceOf(segment: SegmentRecord | undefined) {
  if (!segment?.platform_object_id) return undefined;
  return { id: segment.platform_object_id, extra: segment.platform_reference ?? {} };
}
