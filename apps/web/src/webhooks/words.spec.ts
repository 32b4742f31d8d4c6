import { groupsOf, outcomeOf, readable, whatInWords, whereInWords, whyDisabled } from './words.js';

describe('webhooks in words', () => {
  it('group what can be told by what it is about', () => {
    expect(groupsOf(['post.created', 'post.deleted', 'approval.decided', 'novelty.seen'])).toEqual([
      { group: 'Posts', items: ['post.created', 'post.deleted'] },
      { group: 'Approvals', items: ['approval.decided'] },
      { group: 'novelty', items: ['novelty.seen'] },
    ]);
  });

  it('say what and where', () => {
    expect(whatInWords('all')).toBe('everything');
    expect(whatInWords(['post.created'])).toBe('post.created');
    expect(whatInWords(['post.created', 'post.deleted'])).toBe('2 kinds of events');
    const names = new Map([['w1', 'North']]);
    expect(whereInWords(null, names)).toBe('all workspaces');
    expect(whereInWords(['w1', 'w2'], names)).toBe('North, a workspace that is archived');
  });

  it.each(['gone', 'failing', 'by-hand'] as const)('say why one is disabled: %s', (reason) => {
    expect(whyDisabled(reason)).toMatch(/\.$/);
    expect(whyDisabled(null)).toBeUndefined();
  });

  it('say what came of a try', () => {
    expect(outcomeOf({ lastStatus: 204, tries: 1 })).toBe('HTTP 204');
    expect(outcomeOf({ lastStatus: null, tries: 1 })).toBe('No answer');
    expect(outcomeOf({ lastStatus: null, tries: 0 })).toBe('Not tried yet');
  });

  it('show JSON so that it can be read, and anything else as it is', () => {
    expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(readable('<html>')).toBe('<html>');
  });
});
