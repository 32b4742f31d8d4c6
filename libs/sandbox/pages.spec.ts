import { type VisiblePost } from '#platforms/core';
import { feedPage, postPage } from './pages.js';

const post = (id: string, more: Partial<VisiblePost> = {}): VisiblePost => ({
  ...{ platform: 'threads', account: '1', accountName: 'Ada Lovelace', id, text: `text ${id}`, media: [] },
  at: '2026-11-23T09:00:00.000Z',
  ...more,
});
const file = (digest: string) => ({ contentType: 'image/jpeg', bytes: 1, digest });
const show = (...posts: VisiblePost[]) => feedPage(posts, {});

describe('the page of practice posts', () => {
  it('shows replies and comments below their post, oldest first, and a reply to what is gone alone', () => {
    const shown = show(
      post('late', { replyTo: 'early', at: '2026-11-23T09:02:00.000Z' }),
      post('early', { replyTo: 'root', at: '2026-11-23T09:01:00.000Z' }),
      post('orphan', { replyTo: 'gone' }),
      post('elsewhere', { platform: 'facebook', replyTo: 'root' }),
      post('root'),
    );
    const [, first, second, third] = shown.split('<article');
    expect([first, second, third].map((part) => part?.includes('Replies to'))).toEqual([true, true, false]);
    expect(third?.match(/text (root|early|late)/g)).toEqual(['text root', 'text early', 'text late']);
    expect(shown.split('<article')).toHaveLength(4);
  });

  it('does not get lost in replies that answer each other', () => {
    const shown = show(post('a', { replyTo: 'b' }), post('b', { replyTo: 'a' }));
    expect(shown).toContain('text a');
    expect(shown).toContain('text b');
  });

  it('shows each format in its look', () => {
    const instagram = (format: string, ...media: VisiblePost['media']) =>
      show(post('1', { platform: 'instagram', media, details: { format, shape: 1.24 } }));
    expect(instagram('reel', file('a'))).toContain('class="screen"');
    expect(instagram('carousel', file('a'), file('b'))).toMatch(/class="strip"[^>]*data-shape="1.2"/);
    expect(instagram('post', file('a'))).toMatch(/class="files"[\s\S]*class="text"/);
    expect(show(post('1', { platform: 'not-known', details: { format: 'story' }, media: [file('a')] }))).toContain(
      'Not-known · Story',
    );
  });

  it('says what stands beside the text, escaped', () => {
    const details = {
      ...{ topicTag: '<Baking>', location: 'Berlin', poll: ['Rye', 'Wheat'], replyControl: 'followers_only' },
      ...{ spoiler: true, tags: [{ username: 'grace', media: 0 }], collaborators: ['joan'], audioName: 'Oven' },
    };
    const shown = postPage({ post: post('1', { details, media: [file('a')] }), replies: [] });
    for (const words of [
      '&lt;Baking&gt;',
      'Berlin',
      '<li>Rye</li>',
      'Followers can reply',
      'With grace',
      'Sound: Oven',
    ]) {
      expect(shown).toContain(words);
    }
    expect(shown).toMatch(/Ada Lovelace and joan/);
    expect(shown).toMatch(/<summary>Spoiler<\/summary>[\s\S]*\/media\/a/);
    expect(shown).not.toContain('style=');
  });
});
