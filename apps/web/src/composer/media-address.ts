/** Where an uploaded image is shown from. @param width in pixels, at most */
export function mediaAddress(id: string, width: 200 | 400 | 800): string {
  return `/v1/media/${id}/content?width=${width}`;
}
