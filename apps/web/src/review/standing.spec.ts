import { type Review } from './queries.js';
import { commonDue, invitationWords, isNewer, presentDecision } from './standing.js';

const channel = (due: Review['post']['channels'][number]['due'], published: object | null = null) =>
  ({ due, published }) as Review['post']['channels'][number];
const at = (hour: string) => ({ at: `2027-03-01T${hour}:00:00Z`, timeZone: 'Europe/Berlin' });
const post = (...channels: Review['post']['channels']) => ({ id: 'p', revision: 2, contentHash: 'new', channels });
const review = (more: Partial<Review> = {}) =>
  ({
    ...{
      askedBy: 'Ada',
      workspace: 'North Roast',
      client: { name: 'Clara', email: null },
      post: post(channel(at('09'))),
    },
    approval: { waitedFor: true },
    ...more,
  }) as Review;

describe('What a client is told', () => {
  it('of another version than the one that was looked at', () => {
    expect(isNewer({ post: post() }, null)).toBe(false);
    expect(isNewer({ post: post() }, { revision: 2, contentHash: 'new' })).toBe(false);
    expect(isNewer({ post: post() }, { revision: 1, contentHash: 'old' })).toBe(true);
  });

  it('of the time, where it is one', () => {
    expect(commonDue(post(channel(at('09')), channel(at('09'))))).toEqual(at('09'));
    expect(commonDue(post(channel(at('09')), channel(at('10'))))).toBeUndefined();
    expect(commonDue(post(channel(null)))).toBeUndefined();
  });

  it('of why they are here', () => {
    expect(invitationWords(review())).toBe('Clara, Ada asks for your approval of this post.');
    expect(invitationWords(review({ client: { name: null, email: null } }))).toBe(
      'Ada asks for your approval of this post.',
    );
    expect(invitationWords(review({ approval: { waitedFor: false } as Review['approval'] }))).toMatch(/prepares\.$/);
    expect(invitationWords(review({ post: post(channel(at('09'), {})) }))).toBe('This post of North Roast is out.');
  });

  it('of their own decision about this version alone', () => {
    const decision = (counts: boolean) => ({ counts, decision: 'approve' }) as Review['approval']['decisions'][number];
    const decided = (...decisions: Review['approval']['decisions']) =>
      presentDecision({ approval: { decisions } as Review['approval'] });
    expect(decided(decision(false))).toBeUndefined();
    expect(decided(decision(true), decision(false))).toMatchObject({ counts: true });
  });
});
