import { limitsOf } from './instance.js';
import { manifest } from './manifest.js';

describe("a server's limits", () => {
  it('are read from its configuration', () => {
    const limits = limitsOf({
      configuration: {
        statuses: { max_characters: 5_000, characters_reserved_per_url: 25, max_media_attachments: 6 },
        media_attachments: {
          supported_mime_types: ['video/mp4', 'image/png', 'image/jpeg', 'image/heic'],
          image_size_limit: 5_000_000,
          image_matrix_limit: 1_000_000,
          description_limit: 420,
          video_size_limit: 40_000_000,
          video_frame_rate_limit: 60,
          video_matrix_limit: 2_304_000,
        },
      },
    });
    expect(limits).toEqual({
      text: {
        max: 5_000,
        unit: 'graphemes',
        urlLength: 25,
        // However long a text may be there, Mastodon's way of counting is the same.
        countsLink: { separator: '\n\n' },
        countsSettings: ['spoilerText'],
        shortMentions: true,
        emptyWithAttachment: true,
        emptyAlone: false,
      },
      link: { supported: true, withMedia: true },
      media: {
        maxCount: 6,
        maxVideos: 1,
        mixed: false,
        focusPoint: true,
        image: { types: ['image/jpeg', 'image/png'], maxBytes: 5_000_000, maxPixels: 1_000_000 },
        video: {
          ...manifest.limits.media.video,
          types: ['video/mp4'],
          maxBytes: 40_000_000,
          maxFrameRate: 60,
          maxPixels: 2_304_000,
        },
      },
      altText: { max: 420, unit: 'graphemes' },
    });
  });

  it.each([[{}], [{ configuration: null }], [{ configuration: { statuses: { max_characters: 'many' } } }]])(
    "are a stock server's where %j says nothing usable",
    (instance) => expect(limitsOf(instance)).toEqual(manifest.limits),
  );

  it('take no image where the server takes none', () => {
    const limits = limitsOf({ configuration: { media_attachments: { supported_mime_types: ['text/plain'] } } });
    expect(limits.media.image).toBeUndefined();
    expect(limits.media.video).toBeUndefined();
  });
});
