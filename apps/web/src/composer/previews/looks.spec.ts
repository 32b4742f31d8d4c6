import { formatLook, lookOf } from './looks.js';

/** Which family a post of this format has on a platform. */
function familyOf(platform: string, format?: string): string {
  const look = lookOf(platform);
  if (look.family === 'event') return 'event';
  const { family, ...rest } = formatLook(look, format === undefined ? {} : { format });
  return 'kind' in rest ? `${family} ${rest.kind}` : family;
}

describe('how posts look', () => {
  it.each([
    ['facebook', undefined, 'feed'],
    ['facebook', 'reel', 'tall reel'],
    ['facebook', 'story', 'tall story'],
    ['instagram', 'post', 'gallery'],
    ['instagram', 'reel', 'tall reel'],
    ['instagram', 'story', 'tall story'],
    ['threads', undefined, 'feed'],
    ['bluesky', undefined, 'feed'],
    ['x', undefined, 'feed'],
    ['linkedin', 'document', 'feed'],
    ['pinterest', undefined, 'pin'],
    ['tiktok', undefined, 'tall reel'],
    ['tiktok', 'draft', 'tall reel'],
    ['youtube', undefined, 'player'],
    ['youtube', 'short', 'tall reel'],
    ['google-business', undefined, 'place'],
    ['google-business', 'offer', 'place'],
    ['webhook', undefined, 'event'],
    ['not-known-yet', 'reel', 'feed'],
  ])('on %s as %s: %s', (platform, format, family) => {
    expect(familyOf(platform, format)).toBe(family);
  });
});
