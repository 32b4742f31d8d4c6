import {
  changeDraft,
  differencesOf,
  type Draft,
  type DraftAction,
  effectiveContent,
  emptyDraft,
  isEmpty,
} from './draft.js';
import { contentDraft, contentOf, sameContent } from './post-body.js';

const part = (key: string, text = key, media: string[] = []) => ({
  key,
  text,
  media: media.map((id) => ({ id, altText: '' })),
});
const begun: Draft = {
  ...emptyDraft('UTC'),
  text: 'One',
  thread: [part('Two'), part('Three')],
  firstComment: 'By the way',
  channels: [{ id: 'a' }, { id: 'b' }],
};
const after = (...actions: DraftAction[]): Draft => actions.reduce(changeDraft, begun);
const content = (draft: Draft, id: string) => {
  const target = draft.channels.find((channel) => channel.id === id);
  if (!target) throw new Error(`no channel ${id}`);
  const { text, thread, firstComment } = effectiveContent(draft, target);
  return { all: [text, ...thread.map((one) => one.text)], firstComment };
};

describe('the parts of a thread', () => {
  it('are added, moved, written and removed', () => {
    const keys = (draft: Draft) => draft.thread.map(({ key }) => key);
    expect(keys(after({ type: 'add-part', part: part('New'), index: 1 }))).toEqual(['Two', 'New', 'Three']);
    expect(keys(after({ type: 'move-part', key: 'Three', to: 0 }))).toEqual(['Three', 'Two']);
    expect(keys(after({ type: 'remove-part', key: 'Two' }))).toEqual(['Three']);
    expect(after({ type: 'text', part: 'Two', value: '2' }).thread[0]).toEqual({ ...part('Two'), text: '2' });
  });

  it('are there once, also when an undo is pressed twice', () => {
    const undo: DraftAction = { type: 'add-part', part: part('Two'), index: 0 };
    expect(after({ type: 'remove-part', key: 'Two' }, undo, undo).thread).toEqual(begun.thread);
  });

  it('have images of their own', () => {
    const draft = after({ type: 'add-media', part: 'Three', item: { id: 'dog', altText: '' } });
    expect(draft.media).toEqual([]);
    expect(draft.thread[1]?.media).toEqual([{ id: 'dog', altText: '' }]);
    const described = changeDraft(draft, { type: 'alt-text', part: 'Three', id: 'dog', value: 'A dog' });
    expect(contentOf(described).content.thread).toEqual([
      { text: 'Two' },
      { text: 'Three', media: [{ id: 'dog', altText: 'A dog' }] },
    ]);
  });

  it('of one channel are its own once they are written, and can be put aside and brought back', () => {
    const own = after(
      { type: 'own-thread', channelId: 'a' },
      { type: 'text', channelId: 'a', part: 'Two', value: 'Only for a' },
    );
    expect(content(own, 'a').all).toEqual(['One', 'Only for a', 'Three']);
    expect(content(own, 'b').all).toEqual(['One', 'Two', 'Three']);
    const common = changeDraft(own, { type: 'common-thread', channelId: 'a' });
    expect(content(common, 'a').all).toEqual(['One', 'Two', 'Three']);
    expect(content(changeDraft(common, { type: 'own-thread', channelId: 'a' }), 'a').all).toContain('Only for a');
  });

  it('an image that arrives for a part of a thread which was put aside changes nothing', () => {
    const late: DraftAction = { type: 'add-media', channelId: 'a', part: 'Two', item: { id: 'dog', altText: '' } };
    expect(contentOf(after(late))).toEqual(contentOf(begun));
  });
});

describe('a channel whose network has no threads or first comments', () => {
  it('gets all of it as one text with all images', () => {
    const draft: Draft = { ...begun, media: [{ id: '1', altText: '' }], thread: [part('Two', 'Two', ['1', '2'])] };
    const one = changeDraft(draft, { type: 'as-one-text', channelId: 'a' });
    expect(contentOf(one).channels[0]).toEqual({
      id: 'a',
      content: { text: 'One\n\nTwo', thread: [] },
      media: [{ id: '1' }, { id: '2' }],
    });
  });

  it('gets the first part alone', () => {
    const draft = after({ type: 'no-thread', channelId: 'a' });
    expect(content(draft, 'a').all).toEqual(['One']);
    expect(contentOf(draft).channels[0]).toEqual({ id: 'a', content: { thread: [] } });
  });

  it('gets the first comment below its text, or none', () => {
    const below = after({ type: 'comment-in-text', channelId: 'a' });
    expect(contentOf(below).channels[0]?.content).toEqual({ text: 'One\n\nBy the way', firstComment: { text: '' } });
    const none = after({ type: 'first-comment', channelId: 'a', value: '' });
    expect(content(none, 'a').firstComment).toBe('');
    expect(content(none, 'b').firstComment).toBe('By the way');
  });
});

describe('splitting', () => {
  const rest = [
    { key: 'x', text: 'two' },
    { key: 'y', text: 'three' },
  ];
  const split: DraftAction = { type: 'split', first: 'one', rest, withoutThreads: ['facebook'] };
  const alone: Draft = { ...emptyDraft('UTC'), text: 'one two three', channels: [] };
  const splitFor = (channels: Draft['channels']) => changeDraft({ ...alone, channels }, split);

  it('makes parts of a text', () => {
    expect(content(splitFor([{ id: 'a' }]), 'a').all).toEqual(['one', 'two', 'three']);
  });

  it('leaves every channel the words that it had', () => {
    const draft = splitFor([
      { id: 'facebook' },
      { id: 'own-text', text: 'Short' },
      { id: 'own-thread', thread: [part('mine')] },
    ]);
    expect(content(draft, 'facebook').all).toEqual(['one two three']);
    expect(content(draft, 'own-text').all).toEqual(['Short']);
    expect(content(draft, 'own-thread').all).toEqual(['one', 'two', 'three', 'mine']);
  });

  it('of a part puts the rest behind it, and its images stay with its beginning', () => {
    const draft = { ...begun, thread: [part('Two', 'one two three', ['dog']), part('Three')] };
    const { thread } = changeDraft(draft, { ...split, part: 'Two' });
    expect(thread.map(({ text, media }) => [text, media.length])).toEqual([
      ['one', 1],
      ['two', 0],
      ['three', 0],
      ['Three', 0],
    ]);
  });

  it('of what one channel gets changes that channel alone', () => {
    const draft = changeDraft(
      { ...begun, channels: [{ id: 'a', text: 'one two three' }] },
      { ...split, channelId: 'a' },
    );
    expect(content(draft, 'a').all).toEqual(['one', 'two', 'three', 'Two', 'Three']);
    expect([draft.text, draft.thread]).toEqual([begun.text, begun.thread]);
  });
});

it('what is empty differs from nothing and is not sent', () => {
  const blank: Draft = { ...emptyDraft('UTC'), channels: [{ id: 'a', thread: [], firstComment: '' }] };
  expect(differencesOf(blank, { id: 'a', thread: [], firstComment: '' }, [])).toEqual([]);
  expect(differencesOf(begun, { id: 'a', thread: [], firstComment: '' }, [])).toEqual(['thread', 'first comment']);
  expect(isEmpty({ ...blank, thread: [part('x', ' ')] })).toBe(true);
  expect(isEmpty({ ...blank, thread: [part('x', 'Word')] })).toBe(false);
  expect(isEmpty({ ...blank, firstComment: 'Word' })).toBe(false);
  expect(contentOf(blank).content).toEqual({ text: '' });
});

it('a post comes back from the API as it was sent, however its empty parts are written', () => {
  const sent = contentOf(begun);
  expect(contentOf({ ...emptyDraft('UTC'), ...contentDraft(sent) })).toEqual(sent);
  const written = {
    ...sent,
    content: { text: 'One', thread: [{ text: 'Two', media: [] }], firstComment: { text: '' } },
  };
  expect(sameContent(written, { ...sent, content: { text: 'One', thread: [{ text: 'Two' }] } })).toBe(true);
  expect(
    sameContent(written, { ...sent, content: { text: 'One', thread: [{ text: 'Two', media: [{ id: 'x' }] }] } }),
  ).toBe(false);
});
