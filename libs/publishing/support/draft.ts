import { type MediaLibrary } from '#media';
import { type SegmentDraft } from '#platforms/core';
import { parentPosition } from '../rules/index.js';
import { type PublicationRecord, type SegmentRecord } from '../store/index.js';

/** What a segment of a frozen publication sent: adapters know their post by it. Throws where its media are gone. */
export async function draftOf(
  media: MediaLibrary,
  publication: PublicationRecord,
  segments: readonly SegmentRecord[],
  { position }: SegmentRecord,
): Promise<SegmentDraft> {
  const { content, organization_id } = publication;
  const segment = content.segments[position];
  if (!segment) throw new Error(`Segment ${position} of publication ${publication.id} has no content.`);
  const sources = await Promise.all(segment.media.map((item) => media.source(organization_id, item)));
  const [root, parent] =
    position === 0 ? [] : [segments[0], segments[parentPosition(content, position)]].map(referenceOf);
  return {
    kind: segment.kind,
    text: segment.text,
    media: sources.map(({ contentType, bytes, width, height, digest, altText }) => ({
      kind: 'image',
      contentType,
      bytes,
      width,
      height,
      digest,
      ...(altText !== undefined && { altText }),
    })),
    settings: content.settings,
    ...(segment.link !== undefined && { link: segment.link }),
    ...(root && parent && { replyTo: { root, parent } }),
  };
}

function referenceOf(segment: SegmentRecord | undefined) {
  if (!segment?.platform_object_id) return undefined;
  return { id: segment.platform_object_id, extra: segment.platform_reference ?? {} };
}
