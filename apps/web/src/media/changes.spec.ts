import { groupChanges, outcomeInWords, type PlannedMedia, shownSteps } from './changes.js';
import { durationInWords } from './words.js';

const plan = (change: Partial<PlannedMedia>): PlannedMedia => ({
  channelId: 'a',
  segment: 0,
  position: 0,
  mediaId: 'm',
  output: 'video',
  action: 'transcode',
  width: 720,
  height: 1280,
  durationMs: 7_000,
  steps: [{ kind: 'scale', reason: 'It is too large.' }],
  rendition: null,
  ...change,
});

describe('What will be changed', () => {
  it('is told once for channels that get the same', () => {
    const [b, c] = [plan({ channelId: 'b' }), plan({ channelId: 'c', action: 'keep', steps: [] })];
    expect(groupChanges([plan({}), b, c]).map(({ channelIds }) => channelIds)).toEqual([['a', 'b'], ['c']]);
  });

  it('names each step once, also one that is not known here', () => {
    const scale = { kind: 'scale', reason: 'It is too large.' };
    expect(shownSteps({ steps: [scale, { kind: 'new', reason: 'Because.' }, scale] })).toEqual([
      { done: 'Size changed', reason: 'It is too large.' },
      { done: 'Changed', reason: 'Because.' },
    ]);
  });

  it('is said in one line', () => {
    expect(outcomeInWords(plan({}), durationInWords)).toBe('Goes out as a video, 720 × 1280, 0:07');
    expect(outcomeInWords(plan({ action: 'keep' }), durationInWords)).toBe('Goes out as it is');
    expect(outcomeInWords(plan({ action: 'refuse', reason: 'Too long.' }), durationInWords)).toBe('Too long.');
    const document = plan({ action: 'remux', output: 'document', width: 0, height: 0 });
    expect(outcomeInWords(document, durationInWords)).toBe('Goes out as a document');
  });
});
