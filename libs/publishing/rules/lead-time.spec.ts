import { type MediaContent } from './content.js';
import { freshFrom, leadMs } from './lead-time.js';

const DUE = new Date('2026-11-23T12:00:00Z');

function content(...kinds: MediaContent['kind'][]) {
  const media = kinds.map((kind) => ({ kind, assetId: '', digest: '', planHash: '', plan: {} }));
  return { segments: [{ kind: 'post' as const, text: '', media }] };
}

describe('how long before its time a publication is begun', () => {
  it('is moments for a text, a little more for images, minutes for what a platform has to process', () => {
    expect(leadMs(content())).toBe(3_000);
    expect(leadMs(content('image', 'image'))).toBe(7_000);
    expect(leadMs(content('video'))).toBeGreaterThanOrEqual(120_000);
  });

  it('is longer the larger a video is: it has to be sent, and the platform has to process it', () => {
    const video = (bytes: number) => ({ ...content('video').segments[0]!.media[0]!, bytes });
    const lead = (bytes: number) => leadMs({ segments: [{ kind: 'post', text: '', media: [video(bytes)] }] });
    expect(lead(20_000_000)).toBe(163_000);
    expect(lead(1_000_000_000)).toBe(2_123_000);
    expect(lead(4_000_000_000)).toBe(2_700_000);
  });

  it('is never so long that people cannot change their minds', () => {
    expect(leadMs(content(...Array.from({ length: 40 }, () => 'video' as const)))).toBe(2_700_000);
  });

  it('is cut short where what is prepared would run out', () => {
    expect(freshFrom(DUE, 60_000)).toEqual(new Date('2026-11-23T11:59:30Z'));
    expect(freshFrom(DUE, 0)).toEqual(new Date('2026-11-23T11:59:57Z'));
  });
});
