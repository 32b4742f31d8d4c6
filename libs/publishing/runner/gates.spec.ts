import { explainHeld, HELD_REASONS, type HeldReason } from '../rules/index.js';
import { type Gates, holdFor, reasonToHold } from './gates.js';

const open: Gates = { closed: null, media: null, media_failure: null, late: false, busy: false };
const approved = { content_hash: 'a', cleared_hash: 'a' };
const publication = { id: 'p', channel_id: 'c', due_at: new Date(0), ...approved };
const allClosed: Partial<Gates> = { closed: 'channel-paused', media: 'media-processing', late: true };

describe('why a publication may not go out', () => {
  const cases: [
    string,
    Partial<typeof publication> | { cleared_hash: null },
    Partial<Gates>,
    HeldReason | undefined,
  ][] = [
    ['nothing stands in the way', {}, {}, undefined],
    ['nobody approved it, whatever else there is', { cleared_hash: null }, allClosed, 'approval-missing'],
    ['something else was approved', { cleared_hash: 'b' }, allClosed, 'changed-after-approval'],
    ['a gate is closed, and its media is not made', {}, allClosed, 'channel-paused'],
    ['its media is not made, and it is late', {}, { media: 'media-processing', late: true }, 'media-processing'],
    ['its media could not be made, and it is late', {}, { media: 'media-failed', late: true }, 'media-failed'],
    ['it is late', {}, { late: true }, 'too-late'],
    ['another one of its channel comes first, which is no hold', {}, { busy: true }, undefined],
  ];
  it.each(cases)('%s', (_name, of, gates, reason) => {
    expect(reasonToHold({ ...publication, ...of }, { ...open, ...gates })).toBe(reason);
  });

  it('what is begun is not stranded for being late, and waits for its media all the same', () => {
    expect(reasonToHold(publication, { ...open, late: true }, true)).toBeUndefined();
    expect(reasonToHold(publication, { ...open, media: 'media-processing' }, true)).toBe('media-processing');
  });
});

describe('what is told of a hold', () => {
  it.each(HELD_REASONS.filter((reason) => reason !== 'media-failed'))('%s: the reason says it', (reason) => {
    expect(holdFor(reason, { message: 'Something.', remedy: 'Do.' })).toEqual({ reason });
    expect(explainHeld(reason).remedy).not.toBe('');
  });

  it('media that could not be made: what its making says', () => {
    const words = { message: 'The file ends too early.', remedy: 'Upload it again.' };
    expect(holdFor('media-failed', words)).toEqual({ reason: 'media-failed', failure: { kind: 'media', ...words } });
    expect(holdFor('media-failed', null).failure?.message).toBe('The making of its media was cancelled.');
  });
});
