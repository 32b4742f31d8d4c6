import { mediaLists, type PostContent, segmentsFor, type WrittenContent } from './post-content.js';

const content: WrittenContent = {
  text: 'one',
  link: 'https://example.com',
  thread: [{ text: 'two' }, { text: 'three', media: [{ id: 'c' }] }],
  firstComment: { text: 'and by the way' },
};
const post = (own?: Partial<WrittenContent>): PostContent => ({
  content,
  media: [{ id: 'a' }],
  channels: [{ id: 'x' }, { id: 'y', ...(own && { content: own }) }],
});
const segments = (own?: Partial<WrittenContent>) => {
  const written = post(own);
  return segmentsFor(written, written.channels[1]!, 1);
};
const texts = (own?: Partial<WrittenContent>) => segments(own).map(({ kind, text }) => `${kind} ${text}`);

describe('what a channel gets', () => {
  it('the post, the parts of its thread in order, and last the first comment', () => {
    expect(texts()).toEqual(['post one', 'reply two', 'reply three', 'comment and by the way']);
    expect(segments().map(({ media }) => media.length)).toEqual([1, 0, 1, 0]);
  });

  it('its own thread in place of the common one', () =>
    expect(texts({ thread: [{ text: '2/2' }] })).toEqual(['post one', 'reply 2/2', 'comment and by the way']));

  it('no thread, no first comment and no link where its own are empty', () => {
    const [only, ...rest] = segments({ thread: [], firstComment: { text: '' }, link: '' });
    expect(only).toMatchObject({ kind: 'post', text: 'one' });
    expect(only?.link).toBeUndefined();
    expect(rest).toEqual([]);
  });

  it('each part knows where it was written', () => {
    const paths = (own?: Partial<WrittenContent>) => segments(own).map(({ fields }) => fields.text);
    expect(paths()).toEqual([
      'content/text',
      'content/thread/0/text',
      'content/thread/1/text',
      'content/firstComment/text',
    ]);
    expect(paths({ thread: [{ text: 'x' }], firstComment: { text: 'y' } })).toEqual([
      'content/text',
      'channels/1/content/thread/0/text',
      'channels/1/content/firstComment/text',
    ]);
  });
});

it('every list of media is looked through, also one that no channel gets', () => {
  const written = post({ thread: [{ text: 'x', media: [{ id: 'd' }] }] });
  const found = mediaLists(written).flatMap(({ media, field }) => media.map(({ id }) => `${field} ${id}`));
  expect(found).toEqual(['media a', 'content/thread/1/media c', 'channels/1/content/thread/0/media d']);
});
