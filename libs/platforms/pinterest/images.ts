import { isPublicAddress, type JsonObject, type MediaSource } from '#platforms/core';
import { INLINE_MAX_BYTES } from './limits.js';
import { API, SANDBOX_API } from './options.js';

/**
 * The images of a Pin as `media_source`: small ones in the request itself, larger ones by their address. An installation that
 * the internet does not reach writes every image into the request; the practice network reaches it in any case.
 * https://developers.pinterest.com/docs/api-features/creating-boards-and-pins/#creating-image-pins
 * @param api the address of the API in use
 */
export async function imageSource(images: readonly MediaSource[], api: string, link?: string): Promise<JsonObject> {
  const addresses = await addressesOf(images, api);
  const [only] = images;
  if (images.length === 1 && only) {
    return addresses?.[0] === undefined
      ? { source_type: 'image_base64', ...(await inline(only)) }
      : { source_type: 'image_url', url: addresses[0] };
  }
  // Each image of a carousel leads somewhere of its own: here all to the same place.
  const more = link === undefined ? {} : { link };
  if (addresses) {
    return { source_type: 'multiple_image_urls', items: addresses.map((url) => ({ url, ...more })) };
  }
  const items: JsonObject[] = [];
  for (const image of images) items.push({ ...(await inline(image)), ...more });
  return { source_type: 'multiple_image_base64', items };
}

/** Base64 of a file, as fields of a request. */
export async function inline({ contentType, read }: Pick<MediaSource, 'contentType' | 'read'>): Promise<JsonObject> {
  return { content_type: contentType, data: Buffer.from(await read()).toString('base64') };
}

/** The addresses that Pinterest fetches; undefined where the images go into the request. */
async function addressesOf(images: readonly MediaSource[], api: string): Promise<string[] | undefined> {
  const bytes = images.reduce((sum, image) => sum + image.bytes, 0);
  if (bytes <= INLINE_MAX_BYTES) return undefined;
  const addresses = await Promise.all(images.map((image) => image.address()));
  const isReal = api === API || api === SANDBOX_API;
  return isReal && !addresses.every(isPublicAddress) ? undefined : addresses;
}
