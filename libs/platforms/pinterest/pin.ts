import { type DraftMedia, type JsonObject, lookedUpOf, type SegmentDraft } from '#platforms/core';

/** What a Pin is made of, as `media.media_type` of a Pin names it. */
export type PinKind = 'image' | 'video' | 'multiple_images';

/** What a Pin with these files is: a video, one image, or several as a carousel. */
export function pinKind(media: readonly Pick<DraftMedia, 'kind'>[]): PinKind {
  if (media.length > 1) return 'multiple_images';
  return media[0]?.kind === 'video' ? 'video' : 'image';
}

/** Where a Pin goes, by ids. */
export type PinPlace = { boardId: string; sectionId?: string };

/** Where a Pin goes. Undefined where no board was chosen. */
export function placeOf(settings: JsonObject): PinPlace | undefined {
  const board = lookedUpOf(settings, 'board');
  const section = lookedUpOf(settings, 'section');
  return board && { boardId: board.value, ...(section && { sectionId: section.value }) };
}

/** The title as it is sent; undefined where there is none. */
export function titleOf({ title }: JsonObject): string | undefined {
  const text = typeof title === 'string' ? title.trim() : '';
  return text === '' ? undefined : text;
}

/** A Pin has one description for all its files: those of a carousel stand below each other. */
export function altTextOf(media: readonly Pick<DraftMedia, 'altText'>[]): string | undefined {
  const texts = media.flatMap(({ altText }) => (altText === undefined || altText === '' ? [] : [altText]));
  return texts.length === 0 ? undefined : texts.join('\n');
}

/**
 * Fields of a new Pin, without its files. Pure.
 * https://developers.pinterest.com/docs/api/v5/pins-create
 */
export function pinFields(draft: SegmentDraft, place: PinPlace): JsonObject {
  const title = titleOf(draft.settings);
  const altText = altTextOf(draft.media);
  return {
    board_id: place.boardId,
    ...(place.sectionId !== undefined && { board_section_id: place.sectionId }),
    ...(title !== undefined && { title }),
    ...(draft.text.trim() !== '' && { description: draft.text }),
    ...(draft.link !== undefined && { link: draft.link }),
    ...(altText !== undefined && { alt_text: altText }),
  };
}
