import { type PublicationState, type PublicationSummary } from '../api/queries.js';
import { editabilityOf, isDeletable, summaryOf, wantsSomebody } from './editing.js';

const post = (...states: PublicationState[]) => ({
  publications: states.map((state): PublicationSummary => ({
    id: state,
    channelId: 'c',
    state,
    dueAt: '2026-11-24T08:00:00.000Z',
    publishedAt: null,
    permalink: null,
  })),
});

describe('whether a post can be edited', () => {
  it.each([[post()], [post('cancelled')], [post('scheduled', 'held')], [post('ready')], [post('failed')]])(
    'it can while nothing of it is out',
    (draft) => expect(editabilityOf(draft)).toEqual({ editable: true }),
  );

  it('reaches only what is not out yet', () => {
    expect(editabilityOf(post('published', 'failed'))).toEqual({
      editable: true,
      note: 'What is out stays as it is. A change reaches the other channels.',
    });
  });

  it.each([
    [post('committing', 'scheduled'), /at this moment/],
    [post('published', 'cancelled'), /^It is out/],
    [post('published', 'unconfirmed'), /^It may be out/],
  ])('says why not', (closed, why) => {
    expect(editabilityOf(closed)).toEqual({ editable: false, why: expect.stringMatching(why) as string });
  });

  it('can be deleted as long as nobody has seen it', () => {
    expect(isDeletable(post('scheduled', 'failed', 'cancelled'))).toBe(true);
    expect(isDeletable(post('scheduled', 'published'))).toBe(false);
    expect(isDeletable(post('committing'))).toBe(false);
  });
});

describe('how it stands on all channels', () => {
  it.each([
    [post(), 'A draft. It is not scheduled.'],
    [post('cancelled'), 'It does not go out.'],
    [post('published'), 'For one channel: published.'],
    [post('published', 'published', 'cancelled'), 'For 2 channels: all published.'],
    [post('published', 'scheduled', 'failed', 'ready'), 'For 4 channels: 1 published, 2 on the way, 1 failed.'],
  ])('is said in a line', (given, line) => expect(summaryOf(given)).toBe(line));

  it('counts what waits for its media as on the way, and as nothing that wants somebody', () => {
    const { publications } = post('scheduled', 'held', 'held');
    const [first, second, third] = publications;
    const making = { ...second!, heldReason: 'media-processing' as const };
    const paused = { ...third!, heldReason: 'channel-paused' as const };
    expect(summaryOf({ publications: [first!, making, paused] })).toBe('For 3 channels: 2 on the way, 1 held.');
    expect([first!, making, paused].map(wantsSomebody)).toEqual([false, false, true]);
  });

  it('counts what was taken away by itself, and not as published', () => {
    const removed = { removedAt: '2026-11-25T08:00:00.000Z' };
    const { publications } = post('published', 'published', 'scheduled');
    const [first, second, third] = publications;
    expect(summaryOf({ publications: [{ ...first!, ...removed }, second!, third!] })).toBe(
      'For 3 channels: 1 published, 1 removed again, 1 on the way.',
    );
    expect(summaryOf({ publications: [first!, second!].map((one) => ({ ...one, ...removed })) })).toBe(
      'For 2 channels: all removed again.',
    );
    expect(summaryOf({ publications: [{ ...first!, ...removed }] })).toBe('For one channel: removed again.');
  });
});
