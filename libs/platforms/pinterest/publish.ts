import {
  type AccountContext,
  endpointOf,
  isJsonObject,
  type JsonObject,
  PlatformFailure,
  type PrepareContext,
  type Receipt,
  type SegmentDraft,
} from '#platforms/core';
import { callApi, deleteAt, idField } from './api.js';
import { boardOf, sectionsOf } from './boards.js';
import { isGone, OPERATIONS } from './classify.js';
import { BOARD_GONE } from './failures.js';
import { imageSource } from './images.js';
import { manifest } from './manifest.js';
import { pinFields, type PinKind, pinKind, type PinPlace, placeOf } from './pin.js';
import { videoSource } from './video.js';

/** The body of the publishing request, what kind of Pin it makes, and where. */
export type PreparedPin = { pin: JsonObject; kind: PinKind; place: PinPlace };

/** Checks that board and section are still there, and uploads a video; images go with the publishing request. */
export async function prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<PreparedPin> {
  const place = placeOf(draft.settings);
  const [first] = ctx.media;
  if (!place || !first) throw new Error('A Pin has a board and a file.');
  await requirePlace(ctx, place);
  const kind = pinKind(ctx.media);
  const source =
    kind === 'video' ? await videoSource(ctx, first) : await imageSource(ctx.media, endpointOf(ctx, 'api'), draft.link);
  return { pin: { ...pinFields(draft, place), media_source: source }, kind, place };
}

/** The one request that makes the Pin. https://developers.pinterest.com/docs/api/v5/pins-create */
export async function commit(ctx: AccountContext, { pin }: PreparedPin): Promise<Receipt> {
  const operation = OPERATIONS.publish;
  const body = await callApi(ctx, { operation, method: 'POST', path: '/pins', json: pin });
  return receiptOf(ctx, idField(body, 'id', operation));
}

/** Where a Pin is seen. */
export function receiptOf(ctx: Pick<AccountContext, 'endpoints'>, id: string): Receipt {
  return { id, permalink: `${endpointOf(ctx, 'www')}/pin/${id}/` };
}

/** Deletes the Pin. That it is already gone is as good. https://developers.pinterest.com/docs/api/v5/pins-delete */
export async function remove(ctx: AccountContext, { id }: Receipt): Promise<void> {
  try {
    await deleteAt(ctx, 'delete the Pin', `/pins/${id}`);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/**
 * Replaces the description. A beta feature that not every app has.
 * https://developers.pinterest.com/docs/api/v5/pins-update
 */
export async function edit(ctx: AccountContext, { id }: Receipt, text: string): Promise<undefined> {
  const operation = OPERATIONS.edit;
  const json = { description: text.trim() === '' ? null : text };
  await callApi(ctx, { operation, method: 'PATCH', path: `/pins/${id}`, json });
}

/** Before anything is sent: a board that was deleted is told as that, and no file is uploaded for it. */
async function requirePlace(ctx: PrepareContext, place: PinPlace): Promise<void> {
  await boardOf(ctx, place.boardId);
  if (place.sectionId === undefined) return;
  for await (const { id } of sectionsOf(ctx, place.boardId)) if (id === place.sectionId) return;
  throw new PlatformFailure({ ...BOARD_GONE, platformCode: `${manifest.id}.section-gone` });
}

/** The kind of file that a Pin of an answer holds. */
export function kindIn({ media }: JsonObject): string | undefined {
  return isJsonObject(media) && typeof media.media_type === 'string' ? media.media_type : undefined;
}
