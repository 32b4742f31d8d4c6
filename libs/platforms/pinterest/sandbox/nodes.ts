import { type JsonObject } from '#platforms/core';
import { type File, type Pin, stamp, type State, usernameOf } from './state.js';

/** A Pin as answers hold it. */
export function pinNode(state: State, pin: Pin): JsonObject {
  return {
    id: pin.id,
    created_at: stamp(pin.at),
    link: pin.link === '' ? null : pin.link,
    title: pin.title === '' ? null : pin.title,
    description: pin.description === '' ? null : pin.description,
    dominant_color: '#6e7874',
    alt_text: pin.altText === '' ? null : pin.altText,
    creative_type: pin.kind === 'video' ? 'VIDEO' : pin.kind === 'image' ? 'REGULAR' : 'CAROUSEL',
    board_id: pin.boardId,
    board_section_id: pin.sectionId ?? null,
    board_owner: { username: usernameOf(state.grants.get(pin.userId)?.name ?? '') },
    is_owner: pin.isOwner,
    media: mediaNode(state, pin),
    parent_pin_id: pin.parent ?? null,
    is_standard: true,
    has_been_promoted: false,
    pin_metrics: null,
  };
}

function mediaNode(state: State, { kind, files, items }: Pin): JsonObject {
  const [first] = files;
  if (kind === 'multiple_images') {
    const nodes = files.map((file, index) => ({
      item_type: 'image',
      title: items[index]?.title || null,
      description: items[index]?.description || null,
      link: items[index]?.link || null,
      images: imagesNode(state, file),
    }));
    return { media_type: kind, items: nodes };
  }
  if (!first) return { media_type: kind };
  if (kind === 'image') return { media_type: kind, images: imagesNode(state, first) };
  const { durationMs = 0, width, height } = first;
  return {
    media_type: kind,
    duration: durationMs,
    width,
    height,
    cover_image_url: urlOf(state, first),
    video_url: null,
  };
}

function imagesNode(state: State, file: File): JsonObject {
  const { width, height } = file;
  const url = urlOf(state, file);
  return {
    '150x150': { width: 150, height: 150, url },
    '600x': { width: 600, height: Math.round((600 * height) / width), url },
    '1200x': { width: 1200, height: Math.round((1200 * height) / width), url },
  };
}

const urlOf = (state: State, { digest }: File): string => `${state.world.baseUrl}/www/media/${digest}`;
