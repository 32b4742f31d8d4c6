import { endpointOf, type MediaSource, parseJson, PlatformHttpError, type PrepareContext } from '#platforms/core';
import { googleCredentialsOf } from '#platforms/google';
import { refusalOfExtra } from './extras.js';
import { useQuota } from './quota.js';

/** Why a thumbnail was not taken, by YouTube's reason. https://developers.google.com/youtube/v3/docs/thumbnails/set#errors */
const REFUSED: Readonly<Record<string, string>> = {
  forbidden: 'YouTube lets only channels with a verified phone number have thumbnails of their own',
  invalidImage: 'YouTube did not accept the image',
  mediaBodyRequired: 'YouTube did not accept the image',
  uploadRateLimitExceeded: 'YouTube says that this channel set too many thumbnails lately',
  videoNotFound: 'YouTube does not find the video for it yet',
};

/**
 * Sets the image that stands for the video, where a person chose one. One that is refused costs nobody the video: it goes out
 * with a frame that YouTube chooses.
 * @returns what people have to know about it
 */
export async function chooseThumbnail(
  ctx: PrepareContext,
  { cover }: MediaSource,
  videoId: string,
): Promise<string | undefined> {
  if (!cover) return undefined;
  const note = await ctx.step('thumbnail', async () => {
    const { bytes, contentType } = await cover();
    try {
      await setThumbnail(ctx, videoId, { bytes, contentType });
      return '';
    } catch (error) {
      const why = refusalIn(error, ctx.now());
      if (why === undefined) throw error;
      return `The thumbnail was not set: ${why}. It can be set in YouTube Studio.`;
    }
  });
  return note === '' ? undefined : note;
}

async function setThumbnail(
  ctx: PrepareContext,
  videoId: string,
  { bytes, contentType }: { bytes: Uint8Array<ArrayBuffer>; contentType: string },
): Promise<void> {
  const url = new URL(`${endpointOf(ctx, 'upload')}/thumbnails/set`);
  url.searchParams.set('videoId', videoId);
  url.searchParams.set('uploadType', 'media');
  useQuota(ctx, 'thumbnails.set');
  const response = await ctx.fetch(url.href, {
    method: 'POST',
    headers: { authorization: `Bearer ${googleCredentialsOf(ctx).accessToken}`, 'content-type': contentType },
    body: bytes,
  });
  const text = await response.text();
  if (response.ok) return;
  throw new PlatformHttpError(response.status, response.headers, parseJson(text) ?? text, 'set the thumbnail');
}

/** Only what is said of this image or this channel: a limit of the quota or a dead token is nothing to go on after. */
function refusalIn(error: unknown, now: Date): string | undefined {
  if (error instanceof PlatformHttpError && error.status === 413) return REFUSED.invalidImage;
  return refusalOfExtra(error, REFUSED, now);
}
