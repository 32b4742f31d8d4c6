import { ADA, DUE, entryOf, SETTING } from './log.fixture.js';
import { type LogEntry, type LogKind } from './log-evidence.js';
import { tell, type Told } from './sentences.js';

const FAILURE: LogEntry['failure'] = {
  kind: 'unavailable',
  message: 'Mastodon could not be reached or had a fault of its own.',
  remedy: 'Nothing to do: it is tried again by itself.',
  platformMessage: 'ECONNRESET',
};
const told = (kind: LogKind, more: Partial<LogEntry> = {}): Told => tell(entryOf(kind, more), SETTING);

/** What each kind says with the evidence that the engine writes. A kind that is missing here does not compile. */
const SENTENCES: Record<LogKind, [Partial<LogEntry>, sentence: string]> = {
  scheduled: [
    { actor: ADA, evidence: { dueAt: DUE, timeZone: 'Europe/Berlin', revision: 1 } },
    'Ada scheduled it for 08:00:00.',
  ],
  revised: [{ actor: ADA, evidence: { revision: 2 } }, 'Ada changed it to revision 2.'],
  rescheduled: [
    { actor: ADA, evidence: { from: DUE, dueAt: '2026-11-24T09:30:00.000Z' } },
    'Ada moved it from 08:00:00 to 09:30:00.',
  ],
  cleared: [{ actor: ADA, evidence: { contentHash: 'abc' } }, 'This version was cleared to go out.'],
  'clearance-withdrawn': [{ actor: ADA }, 'Ada withdrew the clearance.'],
  held: [
    { evidence: { reason: 'channel-paused', message: 'The channel is paused.', remedy: 'Resume the channel.' } },
    'Held: The channel is paused.',
  ],
  released: [
    { actor: { type: 'system', name: 'hold sweep' }, evidence: { reason: 'channel-paused' } },
    'The channel was resumed.',
  ],
  'attempt-started': [{ evidence: { attempt: 1 } }, 'ClickPost took it in hand.'],
  'step-done': [{ evidence: { step: 'upload:1', segment: 0 } }, 'File 2 was handed over to Mastodon.'],
  fenced: [
    { evidence: { fence: 1, segment: 0 } },
    'The last checks are passed. The request that publishes it is sent.',
  ],
  committed: [{ evidence: { segment: 0, platformObjectId: '1' } }, 'Mastodon accepted it.'],
  'segment-published': [{ evidence: { segment: 1 } }, 'Part 2 is out.'],
  published: [{ at: '2026-11-24T08:00:02.400Z', evidence: { segment: 0 } }, 'It is out, 2 seconds after its time.'],
  'retry-planned': [
    { failure: FAILURE, evidence: { at: '2026-11-24T08:00:10.000Z' } },
    'Mastodon could not be reached or had a fault of its own.',
  ],
  reconciled: [{ evidence: { segment: 0, outcome: 'published' } }, 'ClickPost looked on Mastodon and found it.'],
  failed: [{ failure: FAILURE }, 'Failed: Mastodon could not be reached or had a fault of its own.'],
  unconfirmed: [
    { failure: { ...FAILURE, message: 'Mastodon did not say.' }, evidence: { outcome: 'unknown' } },
    'Unconfirmed: Mastodon did not say.',
  ],
  cancelled: [{ actor: ADA, evidence: { why: 'A person cancelled it.' } }, 'Ada cancelled it.'],
  resolved: [{ actor: ADA, evidence: { outcome: 'published' } }, 'Ada looked and found it.'],
  removed: [{ actor: ADA }, 'Ada deleted it on Mastodon.'],
  edited: [{ actor: ADA, evidence: { text: 'Better' } }, 'Ada gave it another text on Mastodon.'],
};

describe('a sentence for every entry', () => {
  it.each(Object.entries(SENTENCES))('%s', (kind, [entry, sentence]) => {
    expect(told(kind as LogKind, entry).sentence).toBe(sentence);
  });

  it.each(Object.keys(SENTENCES))('%s says something without any evidence, and never "undefined"', (kind) => {
    const { sentence, why, next } = told(kind as LogKind);
    expect(sentence).toMatch(/^[A-Z].+\.$/);
    expect([sentence, why, next].join(' ')).not.toMatch(/undefined|NaN|null|\[object/);
  });
});

describe('what follows', () => {
  it('after an unknown outcome is a look, and not the remedy for a refusal', () => {
    const why = 'No valid answer came: whether it was published is looked up before anything else is done.';
    const evidence = { next: 'look', at: '2026-11-24T08:00:10.000Z', why };
    expect(told('retry-planned', { failure: FAILURE, evidence })).toEqual({
      tone: 'doubt',
      sentence: FAILURE.message,
      why,
      next: 'ClickPost looks on Mastodon at 08:00:10.',
    });
  });

  it('after a look that found nothing is another try, for that reason', () => {
    const { platformMessage: _, ...generic } = FAILURE;
    const evidence = { why: 'It is not there.', at: '2026-11-24T08:00:12.000Z' };
    const { sentence, next } = told('retry-planned', { failure: generic, evidence });
    expect([sentence, next]).toEqual(['It is not there.', 'It is tried again at 08:00:12.']);
  });

  it('after a pause of the worker it goes on: that was no failure', () => {
    const evidence = { why: 'The worker stops.', at: '2026-11-24T08:00:12.000Z' };
    expect(told('retry-planned', { evidence })).toMatchObject({
      tone: 'wait',
      sentence: 'The worker stops.',
      next: 'It goes on at 08:00:12.',
    });
  });

  it('after the last try it says what a person can do', () => {
    expect(told('failed', { failure: FAILURE }).next).toBe(FAILURE.remedy);
  });

  it('after somebody decided that it is not there, it is sent again', () => {
    const { sentence, next } = told('resolved', { actor: ADA, evidence: { outcome: 'not-published' } });
    expect([sentence, next]).toEqual(['Ada looked and did not find it.', 'It is sent again at once.']);
  });

  it('after somebody asked for another try, it is tried at once', () => {
    const { sentence, next } = told('released', { actor: ADA });
    expect([sentence, next]).toEqual(['Ada asked for another try.', 'It is tried at once.']);
  });
});

describe('a look at the platform', () => {
  const look = (outcome: string, evidence: Record<string, unknown> = {}) =>
    told('reconciled', { evidence: { segment: 0, outcome, ...evidence } });

  it('says how sure it is of what it found', () => {
    expect(look('published', { confidence: 'certain' }).why).toContain('It is certain');
    expect(look('published', { confidence: 'matched' }).why).toContain('recognised by its content');
    expect(look('published').why).toBeUndefined();
  });

  it('counts what was read, whichever words the platform has for it', () => {
    const mastodon = { looked: 'the newest posts of the account', read: 3, matching: ['1', '2'] };
    expect(look('unknown', mastodon).why).toBe(
      'It read the newest posts of the account: 3 posts since, 2 of them the same as this one.',
    );
    const facebook = { lookedAt: 'published posts of the Page', postsRead: 1, same: [], alike: ['a post'] };
    expect(look('unknown', facebook).why).toBe(
      'It read published posts of the Page: one post since, none the same as this one, 1 similar to it.',
    );
    expect(look('absent', { looked: 'the newest posts of the account', read: 0, matching: [] }).why).toBe(
      'It read the newest posts of the account: nothing has been posted there since.',
    );
    expect(look('absent', { read: 'com.atproto.repo.getRecord', answer: 'RecordNotFound' }).why).toBe(
      'The answer was “RecordNotFound”.',
    );
  });

  it('says that a repetition is harmless where nobody can look', () => {
    expect(look('repeatable')).toMatchObject({ next: 'Sending it again cannot make a second one.' });
  });

  it('names the part of a thread', () => {
    expect(told('fenced', { evidence: { segment: 2, fence: 2 } }).sentence).toBe(
      'Part 3: The last checks are passed. The request that publishes it is sent once more.',
    );
  });
});

describe('what a person does about a publication that does not go out', () => {
  it('names who holds it and who released it', () => {
    const hold = { reason: 'held-by-person', message: 'A person holds it.', remedy: 'Release it.' };
    expect(told('held', { actor: ADA, evidence: hold }).sentence).toBe('Ada holds it.');
    const why = 'A person released it.';
    expect(told('released', { actor: ADA, evidence: { reason: 'held-by-person', why } })).toMatchObject({
      sentence: 'Ada released it.',
      next: 'It goes out at its time.',
    });
    expect(told('released', { actor: ADA, evidence: { reason: 'held-by-person', why, dueAt: DUE } }).next).toBe(
      'It goes out at once.',
    );
    expect(told('released', { actor: ADA, evidence: { why: 'A person asked for another try.', dueAt: DUE } })).toEqual({
      tone: 'plan',
      sentence: 'Ada asked for another try.',
      next: 'It is tried at once.',
    });
  });

  it('names who asked for a look, and leaves the decision to people when nothing is found', () => {
    const evidence = { why: 'A person asked for a look.', next: 'look', asked: true, at: DUE };
    expect(told('retry-planned', { actor: ADA, evidence })).toMatchObject({
      sentence: 'Ada asked for a look.',
      next: expect.stringMatching(/^ClickPost looks on Mastodon/),
    });
    expect(told('reconciled', { evidence: { segment: 0, outcome: 'absent', asked: true } }).next).toMatch(
      /^It is not sent by itself/,
    );
  });
});

describe('a network that takes its time', () => {
  it('is waited for, and nothing is wrong', () => {
    const evidence = { processing: true, why: 'Instagram is processing the video.', at: DUE };
    expect(told('retry-planned', { evidence })).toMatchObject({
      tone: 'wait',
      sentence: 'Instagram is processing the video.',
      next: expect.stringContaining('ClickPost looks again') as string,
    });
    expect(told('reconciled', { evidence: { outcome: 'pending' } })).toMatchObject({ tone: 'wait' });
  });

  it('may reject afterwards what it accepted', () => {
    expect(told('reconciled', { evidence: { outcome: 'refused' } })).toMatchObject({
      tone: 'bad',
      sentence: 'ClickPost looked on Mastodon: it was accepted, and then rejected. It is not visible.',
    });
  });

  it('may not do what a person wants done to a published post', () => {
    expect(told('removed', { actor: ADA, failure: FAILURE })).toEqual({
      tone: 'bad',
      sentence: 'Ada wanted to delete it on Mastodon, and it was not done.',
      why: FAILURE.message,
      next: FAILURE.remedy,
    });
  });
});

it('calls the first comment by its name, and what it hangs below as well', () => {
  const on = (segment: number, comment: number) =>
    tell(entryOf('segment-published', { evidence: { segment } }), { ...SETTING, comment }).sentence;
  expect([on(0, 1), on(1, 1)]).toEqual(['The post is out.', 'The first comment is out.']);
  expect([on(0, 2), on(1, 2), on(2, 2)]).toEqual(['Part 1 is out.', 'Part 2 is out.', 'The first comment is out.']);
});
