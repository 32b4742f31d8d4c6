import { type MediaItem } from '../composer/draft.js';
import { type PreviewItem } from '../composer/previews/preview-source.js';
import { type ReviewChannel } from './queries.js';

type Segment = ReviewChannel['segments'][number];

/** What a channel gets, as the previews draw it. */
export function previewItemOf(shown: ReviewChannel): PreviewItem {
  const { id, name, handle, limits, platform, supports, withoutSettings, settings, segments } = shown;
  const [first, ...rest] = segments;
  const comment = rest.find(({ kind }) => kind === 'comment');
  const thread = rest.filter(({ kind }) => kind === 'reply');
  return {
    channel: { id, platform: platform.id, name, handle, limits, withoutSettings },
    platform,
    supports,
    content: {
      text: first?.text ?? '',
      ...(first && first.link !== null && { link: first.link }),
      media: imagesOf(first),
      thread: thread.map((segment, index) => ({ key: String(index), text: segment.text, media: imagesOf(segment) })),
      firstComment: comment?.text ?? '',
      settings: Object.fromEntries(settings.map((setting) => [setting.name, setting.value])),
    },
  };
}

function imagesOf(segment: Segment | undefined): MediaItem[] {
  return (segment?.media ?? []).map(({ id, altText, cover: { imageId, atMs } = {} }) => ({
    ...{ id, altText: altText ?? '' },
    ...(imageId !== undefined && { coverId: imageId }),
    ...(atMs !== undefined && { coverAtMs: atMs }),
  }));
}
