import fc from 'fast-check';
import { canonicalJson } from '#kernel';
import { type FormField } from '#platforms/core';
import { type PostContent, segmentsFor } from '../post-content.js';
import { type Change, changesBetween, type Names } from './changes.js';

const REPLIES: FormField = {
  ...{ name: 'replies', label: 'Reply visibility', type: 'select', required: false, default: 'all' },
  options: [
    { value: 'all', label: 'Everybody' },
    { value: 'none', label: 'Nobody' },
  ],
};
const FORM: readonly FormField[] = [
  REPLIES,
  { name: 'ends', label: 'Last day', type: 'date', required: false },
  { name: 'doors', label: 'Doors open', type: 'time', required: false },
  { name: 'music', label: 'You agree to the Music Confirmation.', type: 'consent', required: true },
  { name: 'board', label: 'Board', type: 'lookup', required: false },
  { name: 'people', label: 'People', type: 'marks', required: false },
];
const CHANNELS: Record<string, string> = { x: 'Bluesky', y: 'Mastodon' };
const names: Names = {
  channel: (id) => CHANNELS[id] ?? 'a channel that is gone',
  media: (id) => (id === 'gone' ? undefined : { filename: `${id}.jpg`, altText: id === 'a' ? 'A cup' : null }),
  setting: (_, name) => FORM.find((field) => field.name === name),
};

const base: PostContent = {
  content: { text: 'Hello', link: 'https://a.example', thread: [{ text: 'two' }], firstComment: { text: 'PS' } },
  media: [{ id: 'a' }, { id: 'b', altText: 'A table' }],
  channels: [{ id: 'x' }, { id: 'y', content: { text: 'Own' }, settings: { replies: 'none' } }],
};
const changed = (change: (post: PostContent) => void): PostContent => {
  const copy = structuredClone(base);
  change(copy);
  return copy;
};
const short = ({ label, kind, before, after }: Change) => `${kind}: ${label}: ${before} -> ${after}`;
const differences = (change: (post: PostContent) => void) => changesBetween(base, changed(change), names).map(short);

it.each<[string, (post: PostContent) => void, string[]]>([
  ['the text', ({ content }) => (content.text = 'Bye'), ['text: Text: Hello -> Bye']],
  ['the link', ({ content }) => delete content.link, ['value: Link: https://a.example -> null']],
  [
    'a part and a further one',
    ({ content }) => (content.thread = [{ text: '2' }, { text: '3' }]),
    ['text: Part 2 of the thread: two -> 2', 'text: Part 3 of the thread: null -> 3'],
  ],
  ['the thread taken away', ({ content }) => (content.thread = []), ['text: Part 2 of the thread: two -> null']],
  ['the first comment', ({ content }) => (content.firstComment = { text: '' }), ['text: First comment: PS -> null']],
  ['another order of images', (post) => post.media.reverse(), ['media: Images: a.jpg, b.jpg -> b.jpg, a.jpg']],
  [
    'how a file is fitted',
    (post) => (post.media[0] = { id: 'a', fit: 'crop', focus: { x: 0.25, y: 0.1 } }),
    [
      'value: How image 1 is fitted: null -> edges are cut, in sight stays what is 25 % from the left and 10 % from the top',
    ],
  ],
  ['all images', (post) => (post.media = []), ['media: Images: a.jpg, b.jpg -> null']],
  [
    'an image of a part',
    ({ content }) => (content.thread = [{ text: 'two', media: [{ id: 'gone' }] }]),
    ['media: Images of part 2 of the thread: null -> An image'],
  ],
  [
    'a description of its own',
    (post) => (post.media[0] = { id: 'a', altText: 'A mug' }),
    ['text: Description of image 1: A cup -> A mug'],
  ],
  ['the description that it has anyway', (post) => (post.media[0] = { id: 'a', altText: 'A cup' }), []],
  [
    'a channel more, with its own words',
    (post) => post.channels.push({ id: 'z', content: { text: 'There' } }),
    ['channel: Channel: null -> a channel that is gone', 'text: Text on a channel that is gone: null -> There'],
  ],
  ['a channel less', (post) => post.channels.pop(), ['channel: Channel: Mastodon -> null']],
  ['another order of channels', (post) => post.channels.reverse(), []],
  [
    'a text of its own',
    (post) => (post.channels[0] = { id: 'x', content: { text: 'Hello there' } }),
    ['text: Text on Bluesky: Hello -> Hello there'],
  ],
  [
    'a text of its own that says the same',
    (post) => (post.channels[0] = { id: 'x', content: { text: 'Hello' } }),
    ['value: Text on Bluesky: The same as everywhere -> Its own'],
  ],
  [
    'no link on one channel',
    (post) => (post.channels[0] = { id: 'x', content: { link: '' } }),
    ['value: Link on Bluesky: https://a.example -> null'],
  ],
  [
    'a text of its own taken back',
    (post) => (post.channels[1] = { id: 'y', settings: { replies: 'none' } }),
    ['text: Text on Mastodon: Own -> Hello'],
  ],
  [
    'a setting taken back to what the form says',
    (post) => (post.channels[1] = { id: 'y', content: { text: 'Own' } }),
    ['value: Setting Reply visibility on Mastodon: Nobody -> Everybody'],
  ],
  ['a setting to what it is anyway', (post) => (post.channels[0] = { id: 'x', settings: { replies: 'all' } }), []],
  [
    'a setting without a form',
    (post) => (post.channels[0] = { id: 'x', settings: { mature: true } }),
    ['value: Setting mature on Bluesky: null -> Yes'],
  ],
  [
    'a day and a time',
    (post) => (post.channels[0] = { id: 'x', settings: { ends: '2026-12-31', doors: '18:30' } }),
    [
      'value: Setting Last day on Bluesky: null -> 31 December 2026',
      'value: Setting Doors open on Bluesky: null -> 18:30',
    ],
  ],
  [
    'an agreement',
    (post) => (post.channels[0] = { id: 'x', settings: { music: true } }),
    ['value: Setting You agree to the Music Confirmation. on Bluesky: null -> Agreed'],
  ],
  ['no agreement in place of none', (post) => (post.channels[0] = { id: 'x', settings: { music: false } }), []],
  [
    'what was found, by its name',
    (post) => (post.channels[0] = { id: 'x', settings: { board: { value: '7', label: 'Rye' } } }),
    ['value: Setting Board on Bluesky: null -> Rye'],
  ],
])('tells %s', (_, change, expected) => expect(differences(change)).toEqual(expected));

it('tells a name that was put elsewhere on an image, though it is the same name', () => {
  const marked = (x: number) =>
    changed((post) => (post.channels[0] = { id: 'x', settings: { people: [{ media: 0, x, y: 0, text: 'anna' }] } }));
  const [change, ...others] = changesBetween(marked(0.1), marked(0.9), names);
  expect(others).toEqual([]);
  expect(change?.before).toContain('0.1');
  expect(change?.after).toContain('0.9');
});

it('tells the cover of a video by the name of the image', () => {
  const covered = (coverId: string) => changed((post) => (post.media = [{ id: 'a', coverId }]));
  expect(changesBetween(covered('b'), covered('gone'), names).map(short)).toEqual([
    'value: How image 1 is fitted: cover is b.jpg -> cover is an image of its own',
  ]);
});

it('says where: the path, the channel, the part and which images', () => {
  const [text, images] = changesBetween(
    base,
    changed((post) => (post.channels[0] = { id: 'x', content: { thread: [{ text: '2', media: [{ id: 'c' }] }] } })),
    names,
  );
  expect(text).toMatchObject({ field: 'channels/x/content/thread/0/text', channelId: 'x', part: 1 });
  expect(images).toMatchObject({ field: 'channels/x/content/thread/0/media', media: { before: [], after: ['c'] } });
});

describe('any two versions', () => {
  const text = fc.constantFrom('', 'one', 'two words');
  const media = fc.array(
    fc.record({ id: fc.constantFrom('a', 'b'), altText: fc.constantFrom('', 'A cup', 'x') }, { requiredKeys: ['id'] }),
    { maxLength: 2 },
  );
  const thread = fc.array(fc.record({ text, media }, { requiredKeys: ['text'] }), { maxLength: 2 });
  const written = { text, link: text, thread, firstComment: fc.record({ text }) };
  const target = (id: string) =>
    fc.record(
      {
        id: fc.constant(id),
        content: fc.record(written, { requiredKeys: [] }),
        media,
        settings: fc.record({ replies: fc.constantFrom('all', 'none', '') }, { requiredKeys: [] }),
      },
      { requiredKeys: ['id'] },
    );
  const post: fc.Arbitrary<PostContent> = fc.record({
    content: fc.record(written, { requiredKeys: ['text'] }),
    media,
    channels: fc.tuple(target('x'), target('y')).chain((all) => fc.subarray(all)),
  });

  /** What each channel is sent, and what one more would be. */
  const sent = (version: PostContent) => {
    const of = [...version.channels, { id: 'one more' }].map((channel, index) => {
      const segments = segmentsFor(version, channel, index).map(({ kind, text: said, link, media: images }) => ({
        ...{ kind, said, link },
        images: images.map(({ id, altText }) => [id, altText ?? names.media(id)?.altText ?? '']),
      }));
      return [channel.id, segments, ('settings' in channel && channel.settings?.['replies']) || 'all'];
    });
    return canonicalJson(of);
  };

  it('that are equal have no difference', () => {
    fc.assert(fc.property(post, (one) => expect(changesBetween(one, structuredClone(one), names)).toEqual([])));
  });

  it('that send anything else anywhere have one, and every one that is told is one', () => {
    fc.assert(
      fc.property(post, post, (one, other) => {
        const found = changesBetween(one, other, names);
        if (sent(one) !== sent(other)) expect(found).not.toEqual([]);
        for (const { before, after } of found) expect(before).not.toBe(after);
        if (found.length > 0) expect(canonicalJson(one)).not.toBe(canonicalJson(other));
      }),
      { numRuns: 500 },
    );
  });
});
