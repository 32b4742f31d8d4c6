import {
  type ImageLimit,
  isJsonObject,
  type Json,
  type JsonObject,
  type PlatformContext,
  PlatformHttpError,
  type PlatformLimits,
  type VideoLimit,
} from '#platforms/core';
import { type Access, requestObject } from './api.js';
import { manifest } from './manifest.js';

/**
 * What the account's server says of itself. Servers of other makes and old ones know the first version only.
 * https://docs.joinmastodon.org/methods/instance/
 */
export async function readInstance(ctx: PlatformContext, access: Access): Promise<JsonObject> {
  try {
    return (await requestObject(ctx, access, 'read instance', '/api/v2/instance')).body;
  } catch (error) {
    if (!(error instanceof PlatformHttpError) || ![404, 405, 410, 501].includes(error.status)) throw error;
    return (await requestObject(ctx, access, 'read instance', '/api/v1/instance')).body;
  }
}

/**
 * A server's limits; a stock server's for whatever it does not mention.
 * https://docs.joinmastodon.org/entities/Instance/#configuration
 */
export function limitsOf(instance: JsonObject): PlatformLimits {
  const configuration = part(instance, 'configuration');
  const statuses = part(configuration, 'statuses');
  const attachments = part(configuration, 'media_attachments');
  const { text, link, media, altText } = manifest.limits;
  const image = imageLimit(attachments, media.image);
  const video = videoLimit(attachments, media.video);
  return {
    text: {
      ...text,
      max: positive(statuses['max_characters']) ?? text.max,
      urlLength: positive(statuses['characters_reserved_per_url']) ?? text.urlLength ?? 0,
    },
    link,
    media: {
      ...(media.maxVideos !== undefined && { maxVideos: media.maxVideos }),
      ...(media.mixed !== undefined && { mixed: media.mixed }),
      ...(media.focusPoint !== undefined && { focusPoint: media.focusPoint }),
      maxCount: positive(statuses['max_media_attachments']) ?? media.maxCount,
      ...(image && { image }),
      ...(video && { video }),
    },
    ...(altText && { altText: { ...altText, max: positive(attachments['description_limit']) ?? altText.max } }),
  };
}

/** Undefined where the server takes none of the image types that ClickPost makes. */
function imageLimit(attachments: JsonObject, stock: ImageLimit | undefined): ImageLimit | undefined {
  const supported = attachments['supported_mime_types'];
  const types = stock?.types.filter((type) => !Array.isArray(supported) || supported.includes(type)) ?? [];
  if (!stock || types.length === 0) return undefined;
  const maxPixels = positive(attachments['image_matrix_limit']) ?? stock.maxPixels;
  return {
    types,
    maxBytes: positive(attachments['image_size_limit']) ?? stock.maxBytes,
    ...(maxPixels !== undefined && { maxPixels }),
  };
}

/** Undefined where the server names its types, and MP4 is not among them: that is what ClickPost makes. */
function videoLimit(attachments: JsonObject, stock: VideoLimit | undefined): VideoLimit | undefined {
  const supported = attachments['supported_mime_types'];
  const types = stock?.types.filter((type) => !Array.isArray(supported) || supported.includes(type)) ?? [];
  if (!stock || !types.includes('video/mp4')) return undefined;
  const maxFrameRate = positive(attachments['video_frame_rate_limit']) ?? stock.maxFrameRate;
  const maxPixels = positive(attachments['video_matrix_limit']) ?? stock.maxPixels;
  return {
    ...stock,
    types,
    maxBytes: positive(attachments['video_size_limit']) ?? stock.maxBytes,
    ...(maxFrameRate !== undefined && { maxFrameRate }),
    ...(maxPixels !== undefined && { maxPixels }),
  };
}

function part(whole: JsonObject, name: string): JsonObject {
  const value = whole[name];
  return isJsonObject(value) ? value : {};
}

function positive(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}
