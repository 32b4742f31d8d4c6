import { type AccountContext, endpointOf, type JsonObject, type Receipt } from '#platforms/core';

/** A video that was uploaded and processed; `status` is what the one request will set. */
export type PreparedVideo = {
  kind: 'video';
  videoId: string;
  isShort: boolean;
  status: JsonObject;
  /** What people have to know: a thumbnail that was not taken. */
  note?: string;
};

/** Where a video is seen. */
export function permalinkOf(
  ctx: Pick<AccountContext, 'endpoints'>,
  { videoId, isShort }: { videoId: string; isShort: boolean },
): string {
  const www = endpointOf(ctx, 'www');
  const id = encodeURIComponent(videoId);
  return isShort ? `${www}/shorts/${id}` : `${www}/watch?v=${id}`;
}

/** The proof that the video is there. */
export function receiptOf(ctx: Pick<AccountContext, 'endpoints'>, prepared: PreparedVideo): Receipt {
  const { videoId, note } = prepared;
  return {
    id: videoId,
    extra: { kind: 'video' },
    permalink: permalinkOf(ctx, prepared),
    ...(note !== undefined && { note }),
  };
}
