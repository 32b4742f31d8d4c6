import { type Publication } from '../api/queries.js';
import { isLate, storyOf } from './publication-story.js';

const DUE = '2026-11-24T08:00:00.000Z';
const instants = { noun: (at: string) => at.slice(11, 19), adverb: (at: string) => `at ${at.slice(11, 19)}` };
const failure = { kind: 'unavailable' as const, message: 'It could not be reached.', remedy: 'Nothing to do.' };

function publicationOf(more: Partial<Publication>): Publication {
  return {
    id: 'p',
    postId: 'post',
    workspaceId: 'w',
    channelId: 'c',
    state: 'scheduled',
    dueAt: DUE,
    timeZone: 'UTC',
    publishedAt: null,
    permalink: null,
    revision: 1,
    attempts: 0,
    cost: null,
    segments: [],
    ...more,
  };
}

const story = (more: Partial<Publication>, minutesAfterDue = -60, lookAt?: string) =>
  storyOf(publicationOf(more), { now: Date.parse(DUE) + minutesAfterDue * 60_000, instants, lookAt });

describe('where a publication stands, in words', () => {
  it('says when it goes out, and when its time has come', () => {
    expect(story({})).toEqual({ sentence: 'It goes out by itself at 08:00:00.' });
    expect(story({}, 0.01).sentence).toBe('Its time has come. It goes out in a moment.');
  });

  it('says why it is not out yet and when it is tried again', () => {
    const retryAt = '2026-11-24T08:05:12.000Z';
    expect(story({ failure: { ...failure, retryAt } }, 1)).toEqual({
      sentence: 'Not out yet: It could not be reached.',
      next: 'It is tried again by itself at 08:05:12.',
    });
    expect(story({ failure: { ...failure, retryAt } }, 30).next).toBe('It is tried again by itself in a moment.');
  });

  it('says how punctual it was', () => {
    const publishedAt = '2026-11-24T08:00:02.100Z';
    expect(story({ state: 'published', publishedAt }).sentence).toBe(
      'Published at 08:00:02, 2 seconds after its time.',
    );
  });

  it('says what the network is working on, before and after the request that publishes it, and that it is not late', () => {
    const waitingFor = 'Facebook is processing the video.';
    expect(story({ waitingFor }, 1).sentence).toBe(waitingFor);
    expect(story({ state: 'committing', waitingFor }, 1)).toEqual({
      sentence: 'Accepted. Facebook is processing the video.',
      next: 'It is visible as soon as that is done. It is not sent again, and nothing needs doing.',
    });
    const now = Date.parse(DUE) + 3_600_000;
    expect(isLate({ state: 'committing', dueAt: DUE }, now)).toBe(true);
    expect(isLate({ state: 'committing', dueAt: DUE, waitingFor }, now)).toBe(false);
  });

  it('says that it was removed, or that its text was changed', () => {
    const publishedAt = '2026-11-24T08:00:02.100Z';
    const later = '2026-11-24T09:10:00.000Z';
    expect(story({ state: 'published', publishedAt, removedAt: later }).sentence).toBe(
      'Published at 08:00:02, and removed again at 09:10:00.',
    );
    const note = 'It waits in the inbox.';
    expect(story({ state: 'published', publishedAt, note }).note).toBe(note);
    expect(story({ state: 'published', publishedAt, note, removedAt: later }).note).toBeUndefined();
    expect(story({ state: 'published', publishedAt, edited: { at: later, text: 'New' } }).next).toBe(
      'Its text was changed there at 09:10:00.',
    );
  });

  it('says that an unclear outcome is looked up, and when', () => {
    expect(story({ state: 'committing' }).sentence).toBe('It is being published at this moment.');
    expect(story({ state: 'committing' }, 1, '2026-11-24T08:00:32.000Z').next).toBe(
      'ClickPost looks whether it is there at 08:00:32, and goes on from what it finds.',
    );
  });

  it('gives the reason and the remedy of a hold', () => {
    const held = { message: 'The channel is paused.', remedy: 'Resume the channel.' };
    expect(story({ state: 'held', heldReason: 'channel-paused', held })).toEqual({
      sentence: 'Held: The channel is paused.',
      next: 'Resume the channel.',
    });
  });

  it('calls nothing held whose media are still made: that is the ordinary way', () => {
    const held = {
      message: 'Its media is still being processed.',
      remedy: 'Nothing to do: it goes out when that is done.',
    };
    expect(story({ state: 'held', heldReason: 'media-processing', held }).sentence).toBe(held.message);
  });

  it('says what to do once it has failed', () => {
    expect(story({ state: 'failed', failure: { ...failure, kind: 'content', remedy: 'Change the text.' } }).next).toBe(
      'Change the text.',
    );
  });
});

it('is late five minutes after its time, as long as it is on its way', () => {
  const at = (minutes: number) => Date.parse(DUE) + minutes * 60_000;
  expect(isLate({ state: 'scheduled', dueAt: DUE }, at(4))).toBe(false);
  expect(isLate({ state: 'scheduled', dueAt: DUE }, at(6))).toBe(true);
  expect(isLate({ state: 'published', dueAt: DUE }, at(6))).toBe(false);
  expect(isLate({ state: 'held', dueAt: DUE }, at(6))).toBe(false);
});
