import { type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { badParameter, graphAnswer, GraphRefusal, newId, readSandboxImage } from '#platforms/meta/sandbox';
import { creator, parametersOf } from './access.js';
import { type Photo, type State } from './state.js';

const MAX_PHOTO_BYTES = 4_000_000;

/** `POST /{page}/photos` with `published=false`: https://developers.facebook.com/docs/graph-api/reference/page/photos/ */
export function uploadPhoto(state: State, request: SandboxRequest): SandboxAnswer {
  const pageId = request.params.id ?? '';
  creator(state, request, pageId);
  const given = parametersOf(request);
  if (given.published !== 'false') {
    throw badParameter('The practice network takes photos for a post only: published must be false');
  }
  const file = request.files.find(({ field }) => field === 'source');
  if (!file) throw new GraphRefusal({ code: 324, message: '(#324) Requires upload file' });
  const image = readSandboxImage(file);
  if (!/^image\/(jpeg|png)$/.test(image?.contentType ?? '') || file.bytes > MAX_PHOTO_BYTES) {
    throw unusableImage();
  }
  const contentType = image?.contentType ?? '';
  const photo: Photo = {
    id: newId(),
    pageId,
    contentType,
    bytes: file.bytes,
    digest: state.world.keep(file, contentType),
    ...(given.alt_text_custom !== undefined && { altText: given.alt_text_custom }),
  };
  state.photos.set(photo.id, photo);
  return graphAnswer(200, { id: photo.id });
}

/** A photo of this Page that nothing shows yet. */
export function unusedPhoto(state: State, pageId: string, id: string): Photo {
  const photo = state.photos.get(id);
  if (!photo || photo.pageId !== pageId) throw badParameter(`Invalid photo id ${id}`);
  if (photo.usedBy === undefined) return photo;
  throw new GraphRefusal({
    code: 100,
    subcode: 1366051,
    message: 'Invalid parameter',
    user: { title: 'Already Posted', message: 'These photos were already posted.' },
  });
}

/** A file of the feed. */
export function shownPhoto({ contentType, bytes, digest, altText }: Photo) {
  return { contentType, bytes, digest, ...(altText !== undefined && { altText }) };
}

function unusableImage(): GraphRefusal {
  return new GraphRefusal({
    code: 1,
    subcode: 1366046,
    message: 'Invalid parameter',
    user: {
      title: "Can't Read Files",
      message: "Your photos couldn't be uploaded. Photos should be less than 4 MB and saved as JPG or PNG files.",
    },
  });
}
