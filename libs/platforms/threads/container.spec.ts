import { type DraftMedia } from '#platforms/core';
import { containerFields, containerType, fileFields } from './container.js';
import { manifest } from './manifest.js';
import { draft } from './practice.fixture.js';
import { uniqueLinks, validate } from './validate.js';

const image: DraftMedia = {
  kind: 'image',
  contentType: 'image/jpeg',
  bytes: 1000,
  width: 640,
  height: 480,
  digest: '0'.repeat(64),
};
const video: DraftMedia = { ...image, kind: 'video', contentType: 'video/mp4', durationMs: 2_000 };
const link = 'https://example.com/a';
const rulesOf = (change: Parameters<typeof draft>[0]) =>
  validate(draft(change), manifest.limits).map(({ rule, field }) => `${rule} ${field}`);

// https://developers.facebook.com/documentation/threads/reference/publishing
describe('the parameters of a container', () => {
  it.each([
    [[], 'TEXT'],
    [[image], 'IMAGE'],
    [[video], 'VIDEO'],
    [[image, video], 'CAROUSEL'],
  ])('make of the files %j a %s', (media, type) => expect(containerType({ media })).toBe(type));

  it('are few for a text', () => {
    expect(containerFields(draft())).toEqual({ media_type: 'TEXT', text: 'Fresh bread' });
  });

  it('never have Threads publish by itself, which would leave nothing to ask about', () => {
    expect(Object.keys(containerFields(draft({ link })))).not.toContain('auto_publish_text');
  });

  it('hold the settings of a post', () => {
    const settings = {
      replyControl: 'mentioned_only',
      topicTag: ' #Sour dough ',
      location: { value: '212999109', label: 'Practice Market Hall' },
      spoiler: true,
    };
    expect(containerFields(draft({ settings, media: [image] }))).toEqual({
      media_type: 'IMAGE',
      text: 'Fresh bread',
      reply_control: 'mentioned_only',
      topic_tag: 'Sour dough',
      location_id: '212999109',
      is_spoiler_media: 'true',
    });
  });

  // https://developers.facebook.com/documentation/threads/create-posts/polls
  it('hold a poll', () => {
    const settings = { withPoll: true, pollOptions: ['Rye ', 'Wheat', 'Spelt'], spoiler: true };
    expect(containerFields(draft({ settings }))).toEqual({
      media_type: 'TEXT',
      text: 'Fresh bread',
      poll_attachment: '{"option_a":"Rye","option_b":"Wheat","option_c":"Spelt"}',
    });
  });

  it('hold no poll that was switched off again', () => {
    const settings = { withPoll: false, pollOptions: ['Rye', 'Wheat'] };
    expect(containerFields(draft({ settings }))).not.toHaveProperty('poll_attachment');
  });

  // https://developers.facebook.com/documentation/threads/retrieve-and-manage-replies/create-replies
  it('hang a reply below the post before it, and leave the settings to the first post', () => {
    const settings = {
      withPoll: true,
      pollOptions: ['Rye', 'Wheat'],
      topicTag: 'Bread',
      replyControl: 'followers_only',
    };
    const replyTo = { root: { id: '1' }, parent: { id: '2' } };
    expect(containerFields(draft({ kind: 'reply', settings, replyTo, link }))).toEqual({
      media_type: 'TEXT',
      text: 'Fresh bread',
      link_attachment: link,
      reply_to_id: '2',
    });
  });

  it('describe each file', () => {
    expect(fileFields({ ...image, altText: 'A loaf' }, 'https://a.example/1', true)).toEqual({
      image_url: 'https://a.example/1',
      alt_text: 'A loaf',
    });
    expect(fileFields(video, 'https://a.example/2', false)).toEqual({
      media_type: 'VIDEO',
      is_carousel_item: 'true',
      video_url: 'https://a.example/2',
    });
  });
});

// https://developers.facebook.com/documentation/threads/posts#links
describe('a link', () => {
  it('has a field below a text alone', () => {
    expect(containerFields(draft({ link }))).toMatchObject({ text: 'Fresh bread', link_attachment: link });
    expect(containerFields(draft({ text: `Two: https://example.com/b ${link}`, link }))).toMatchObject({
      link_attachment: link,
    });
  });

  it.each([
    ['beside images', { media: [image] }],
    ['beside a poll', { settings: { withPoll: true, pollOptions: ['Rye', 'Wheat'] } }],
  ])('goes into the text %s', (_what, change) => {
    const fields = containerFields(draft({ link, ...change }));
    expect(fields.text).toBe(`Fresh bread\n\n${link}`);
    expect(fields).not.toHaveProperty('link_attachment');
  });

  it('is the text where there is none', () => {
    const fields = containerFields(draft({ text: '', link }));
    expect(fields).toEqual({ media_type: 'TEXT', text: link });
  });

  it.each([
    ['www.facebook.com', 'www.facebook.com', 1],
    ['www.instagram.com and www.threads.com', 'www.facebook.com', 3],
    ['www.example.com, www.example.com, and www.test.com', 'www.test.com', 2],
    ['https://example.com/a and https://example.com/a.', undefined, 1],
    ['me@www.example.com https://www.example.com/', undefined, 1],
  ])('counts once in "%s" with %s: %i', (text, attached, count) => {
    expect(uniqueLinks(text, attached).size).toBe(count);
  });

  it('counts towards the length only where it goes into the text', () => {
    const text = 'x'.repeat(490);
    expect(rulesOf({ text, link })).toEqual([]);
    expect(rulesOf({ text, link, media: [image] })).toEqual(['threads.text-too-long text']);
    expect(rulesOf({ text, link, kind: 'reply', settings: { withPoll: true } })).toEqual([]);
  });
});

describe('what is refused before anything is sent', () => {
  const five = [1, 2, 3, 4, 5].map((n) => `https://example.com/${n}`).join(' ');
  it.each([
    [{ text: five }, []],
    [{ text: `${five} www.example.com` }, ['threads.too-many-links text']],
    [{ text: five, link }, ['threads.too-many-links text']],
    [{ settings: { topicTag: 'Q&A' } }, ['threads.topic-characters settings/topicTag']],
    [{ settings: { topicTag: 'x'.repeat(51) } }, ['threads.topic-too-long settings/topicTag']],
    [{ settings: { topicTag: `#${'x'.repeat(50)}` } }, []],
    [{ settings: { topicTag: '#' } }, []],
    [
      { settings: { replyControl: 'parent_post_author_only' } },
      ['threads.reply-control-invalid settings/replyControl'],
    ],
    [{ settings: { location: 'Hamburg' } }, ['threads.location-invalid settings/location']],
    [{ settings: { location: null, replyControl: '' } }, []],
    [
      { settings: { withPoll: true, pollOptions: ['x'.repeat(26), ' '] } },
      ['threads.poll-option-empty settings/pollOptions', 'threads.poll-option-too-long settings/pollOptions'],
    ],
    [{ settings: { withPoll: true } }, ['threads.poll-options settings/pollOptions']],
    [
      { settings: { withPoll: true, pollOptions: ['a', 'b', 'c', 'd', 'e'] } },
      ['threads.poll-options settings/pollOptions'],
    ],
    [{ settings: { withPoll: true, pollOptions: ['a', 'b'], spoiler: true } }, []],
    [{ kind: 'reply' as const, settings: { withPoll: true, topicTag: 'a.b', spoiler: true } }, []],
    [{ text: '', media: Array.from({ length: 20 }, () => video) }, []],
  ])('%j: %j', (change, rules) => expect(rulesOf(change)).toEqual(rules));
});
