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

  it('shows a picture of a board above its title, and names the board', () => {
    const details = { format: 'pin', title: 'Winter soup', board: 'Recipes', section: 'Soups', audience: 'only you' };
    const shown = show(post('1', { platform: 'pinterest', details, media: [file('a')], link: 'https://example.com/' }));
    expect(shown).toContain('Pinterest · Recipes › Soups');
    expect(shown).toMatch(/class="files"[\s\S]*Winter soup[\s\S]*text 1[\s\S]*href="https:\/\/example.com\/"/);
    expect(shown).toContain('Seen by nobody but its creator');
  });

  it('says who may reply, how long a poll is open, and what is labelled', () => {
    const details = { poll: ['Rye', 'Wheat'], pollMinutes: 180, replySettings: 'mentionedUsers', madeWithAi: true };
    const shown = show(post('1', { platform: 'x', details: { ...details, quotes: '42', edits: 2 } }));
    for (const words of [
      'Only mentioned accounts can reply',
      'The poll is open for 3 hours',
      'Made with AI',
      'Quotes: 42',
      'Edited 2 times',
    ]) {
      expect(shown).toContain(words);
    }
  });

  it('puts the question above the answers, and lets a document be opened', () => {
    const asked = show(
      post('1', { platform: 'linkedin', details: { format: 'poll', question: 'Tea?', poll: ['Yes'] } }),
    );
    expect(asked).toMatch(/LinkedIn · Poll[\s\S]*Tea\?[\s\S]*<li>Yes<\/li>/);
    const pdf = { contentType: 'application/pdf', bytes: 12_345, digest: 'd' };
    const shown = show(
      post('1', { platform: 'linkedin', details: { format: 'document', title: 'Guide' }, media: [pdf] }),
    );
    expect(shown).toContain('href="/media/d"');
    expect(shown).toContain('12,345 bytes');
    expect(shown).not.toContain('<img');
  });

  it('shows a video, however large, and tells who sees it and what is switched off', () => {
    const large = { contentType: 'video/mp4', bytes: 1_000_000_000, digest: 'v' };
    const youtube = {
      ...{ format: 'video', title: 'Rye at six', audience: 'whoever has the link', madeForKids: true },
      ...{ tags: ['rye', 'sour dough'], playlists: ['Cakes'], synthetic: true, license: 'creativeCommon' },
    };
    const shown = show(post('1', { platform: 'youtube', media: [large], details: youtube }));
    for (const words of [
      ...['YouTube · Video', 'src="/media/v"', 'Rye at six', 'Seen by whoever has the link', 'Made for kids'],
      ...['Tags: rye, sour dough', 'In the playlist: Cakes', 'Altered or synthetic content', 'Creative Commons'],
    ]) {
      expect(shown).toContain(words);
    }
    const tiktok = { format: 'draft', audience: 'inbox', comments: false, duet: true, promotionalContent: true };
    const draft = show(post('2', { platform: 'tiktok', media: [file('a')], details: tiktok }));
    for (const words of ['TikTok · Draft', 'who has yet to post it', 'No comments', 'Promotional content']) {
      expect(draft).toContain(words);
    }
    expect(draft).not.toContain('No duets');
  });

  it('tells of an offer when it holds, where it is redeemed, and which button it has', () => {
    const schedule = {
      ...{ startDate: { year: 2026, month: 12, day: 1 }, startTime: {} },
      ...{ endDate: { year: 2026, month: 12, day: 31 }, endTime: { hours: 23, minutes: 59 } },
    };
    const offer = { couponCode: 'RYE-2', redeemOnlineUrl: 'https://example.com/redeem', termsConditions: 'One each' };
    const details = { format: 'offer', event: { title: 'Two for one', schedule }, offer, button: 'ORDER' };
    const shown = show(post('1', { platform: 'google-business', details }));
    for (const words of [
      ...['Google Business Profile · Offer', 'Two for one', '2026-12-01 00:00 to 2026-12-31 23:59', 'Coupon: RYE-2'],
      ...['Redeemed at: https://example.com/redeem', 'Terms: One each', 'Button: Order online'],
    ]) {
      expect(shown).toContain(words);
    }
  });
});
