import { type Post } from '../api/queries.js';
import { type FormField } from '../ui/manifest-values.js';
import {
  changeDraft,
  differencesOf,
  type Draft,
  type DraftAction,
  effectiveContent,
  emptyDraft,
  isEmpty,
} from './draft.js';
import { contentOf, draftOf, sameContent, scheduleOf } from './post-body.js';

const after = (...actions: DraftAction[]): Draft => actions.reduce(changeDraft, emptyDraft('Europe/Berlin'));
const channel = (draft: Draft, id: string) => {
  const found = draft.channels.find((item) => item.id === id);
  if (!found) throw new Error(`no channel ${id}`);
  return found;
};
const image = (id: string, altText = '') => ({ id, altText });

describe('the text of a channel', () => {
  const both: DraftAction[] = [
    { type: 'choose-channels', channelIds: ['a', 'b'] },
    { type: 'text', value: 'For all' },
  ];

  it('is the common one until it is written', () => {
    const draft = after(
      ...both,
      { type: 'own-text', channelId: 'b' },
      { type: 'text', channelId: 'b', value: 'For b' },
    );
    expect(effectiveContent(draft, channel(draft, 'a')).text).toBe('For all');
    expect(effectiveContent(draft, channel(draft, 'b')).text).toBe('For b');
    expect(differencesOf(draft, channel(draft, 'b'), [])).toEqual(['text']);
  });

  it('starts from the common text and goes back to it; what was written can be brought back', () => {
    const own = after(...both, { type: 'own-text', channelId: 'b' });
    expect(channel(own, 'b').text).toBe('For all');
    const written = changeDraft(own, { type: 'text', channelId: 'b', value: 'For b' });
    const common = changeDraft(written, { type: 'common-text', channelId: 'b' });
    expect(effectiveContent(common, channel(common, 'b')).text).toBe('For all');
    expect(differencesOf(common, channel(common, 'b'), [])).toEqual([]);
    expect(channel(changeDraft(common, { type: 'own-text', channelId: 'b' }), 'b').text).toBe('For b');
  });

  it('comes back with a channel that was taken out', () => {
    const draft = after(
      ...both,
      { type: 'text', channelId: 'b', value: 'For b' },
      { type: 'toggle-channel', channelId: 'b' },
    );
    expect(draft.channels.map(({ id }) => id)).toEqual(['a']);
    expect(channel(changeDraft(draft, { type: 'toggle-channel', channelId: 'b' }), 'b').text).toBe('For b');
  });
});

describe('the link of a channel', () => {
  it('is the common one, its own, or none', () => {
    const common = after(
      { type: 'choose-channels', channelIds: ['a'] },
      { type: 'link', value: ' https://example.com ' },
    );
    expect(effectiveContent(common, channel(common, 'a')).link).toBe('https://example.com');
    const none = changeDraft(common, { type: 'link', channelId: 'a', value: '' });
    expect(effectiveContent(none, channel(none, 'a'))).not.toHaveProperty('link');
    expect(contentOf(none).channels).toEqual([{ id: 'a', content: { link: '' } }]);
  });
});

describe('images', () => {
  const three = after(
    { type: 'choose-channels', channelIds: ['a'] },
    ...['1', '2', '3'].map((id): DraftAction => ({ type: 'add-media', item: image(id) })),
  );
  const ids = (media: readonly { id: string }[]) => media.map(({ id }) => id);

  it('can be moved, described and removed', () => {
    expect(ids(changeDraft(three, { type: 'move-media', id: '3', to: 0 }).media)).toEqual(['3', '1', '2']);
    expect(ids(changeDraft(three, { type: 'remove-media', id: '2' }).media)).toEqual(['1', '3']);
    expect(changeDraft(three, { type: 'alt-text', id: '2', value: 'A dog' }).media[1]).toEqual(image('2', 'A dog'));
  });

  it('keep the names on them when they are put in another order', () => {
    const mark = (media: number, text: string) => ({ media, x: 0.5, y: 0.5, text });
    const value = [mark(0, 'ada'), mark(2, 'grace')];
    const marked = changeDraft(three, { type: 'setting', channelId: 'a', name: 'userTags', value });
    const moved = changeDraft(marked, { type: 'move-media', id: '3', to: 0 });
    expect(channel(moved, 'a').settings?.['userTags']).toEqual([mark(1, 'ada'), mark(0, 'grace')]);
    const without = changeDraft(moved, { type: 'remove-media', id: '3' });
    expect(contentOf(without).channels[0]?.settings).toEqual({ userTags: [mark(0, 'ada')] });
  });

  it('added to a channel leave those of all alone', () => {
    const draft = changeDraft(three, { type: 'add-media', channelId: 'a', item: image('4') });
    expect(ids(draft.media)).toEqual(['1', '2', '3']);
    expect(ids(effectiveContent(draft, channel(draft, 'a')).media)).toEqual(['1', '2', '3', '4']);
  });

  it('are there once', () => {
    expect(ids(changeDraft(three, { type: 'add-media', item: image('2') }).media)).toEqual(['1', '2', '3']);
  });
});

describe('differencesOf', () => {
  const fields: FormField[] = [
    { name: 'visibility', label: 'Who can see it', type: 'select', required: false, default: 'public' },
    { name: 'sensitive', label: 'Hide the images', type: 'boolean', required: false },
  ];

  it('does not count a setting that is as it always is', () => {
    expect(differencesOf(after(), { id: 'a', settings: { visibility: 'public', sensitive: false } }, fields)).toEqual(
      [],
    );
    expect(differencesOf(after(), { id: 'a', settings: { visibility: 'private' } }, fields)).toEqual(['settings']);
  });
});

describe('isEmpty', () => {
  it('does not count chosen channels and a time as written', () => {
    const chosen = after(
      { type: 'choose-channels', channelIds: ['a'] },
      { type: 'schedule', change: { local: '2027-01-01T09:00' } },
      { type: 'text', value: '  \n' },
    );
    expect(isEmpty(chosen)).toBe(true);
  });

  it('counts what was written for a channel that was taken out', () => {
    const draft = after(
      { type: 'choose-channels', channelIds: ['a'] },
      { type: 'text', channelId: 'a', value: 'Kept' },
      { type: 'toggle-channel', channelId: 'a' },
    );
    expect(isEmpty(draft)).toBe(false);
  });
});

describe('what is sent', () => {
  it('has no empty parts', () => {
    const draft = after(
      { type: 'choose-channels', channelIds: ['a'] },
      { type: 'text', value: 'Hello' },
      { type: 'add-media', item: image('1') },
      { type: 'setting', channelId: 'a', name: 'spoilerText', value: '' },
    );
    expect(contentOf(draft)).toEqual({ content: { text: 'Hello' }, media: [{ id: '1' }], channels: [{ id: 'a' }] });
  });

  it('says when', () => {
    const time = { local: '2027-01-01T09:00', zone: 'UTC' };
    expect(scheduleOf(after({ type: 'schedule', change: { kind: 'at', ...time } }))).toEqual({
      at: '2027-01-01T09:00',
      timeZone: 'UTC',
    });
    expect(scheduleOf(after({ type: 'schedule', change: { kind: 'now', ...time } }))).toBe('now');
    expect(scheduleOf(after({ type: 'schedule', change: { kind: 'draft', ...time } }))).toBeNull();
  });
});

describe('a post from the API', () => {
  const post = (state: string): Post =>
    ({
      content: { text: 'Hello', link: 'https://example.com' },
      media: [{ id: '1', altText: 'A dog' }],
      channels: [{ settings: { visibility: 'private' }, content: { link: '', text: 'Own' }, id: 'a' }],
      publications: [{ state, dueAt: '2027-01-01T09:00:00.000Z' }],
    }) as unknown as Post;

  it('comes back as it was sent', () => {
    expect(sameContent(contentOf(draftOf(post('scheduled'), 'UTC')), post('scheduled'))).toBe(true);
    const other = changeDraft(draftOf(post('scheduled'), 'UTC'), { type: 'text', value: 'Other' });
    expect(sameContent(contentOf(other), post('scheduled'))).toBe(false);
  });

  it('keeps the thread and the first comment, of all and of one channel', () => {
    const thread = [{ text: 'Second' }, { text: 'Third', media: [{ id: '2' }] }];
    const threaded = {
      ...post('scheduled'),
      content: { text: 'First', thread, firstComment: { text: 'Ask us' } },
      channels: [{ id: 'a' }, { id: 'b', content: { thread: [] } }],
    };
    const draft = draftOf(threaded, 'UTC');
    expect(sameContent(contentOf(draft), threaded)).toBe(true);
    const edited = contentOf(changeDraft(draft, { type: 'text', value: 'Edited' }));
    expect(edited.content).toEqual({ ...threaded.content, text: 'Edited' });
    expect(edited.channels).toEqual(threaded.channels);
  });

  it('keeps its time while it waits, and is due at once when it failed', () => {
    expect(draftOf(post('scheduled'), 'Europe/Berlin').schedule).toEqual({
      kind: 'at',
      local: '2027-01-01T10:00',
      zone: 'Europe/Berlin',
    });
    expect(draftOf(post('failed'), 'UTC').schedule.kind).toBe('now');
    expect(draftOf(post('cancelled'), 'UTC').schedule).toEqual({ kind: 'at', local: '', zone: 'UTC' });
  });
});
