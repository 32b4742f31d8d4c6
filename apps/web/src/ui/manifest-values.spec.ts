import {
  askedFields,
  askedValues,
  credentialsOf,
  errorsBelow,
  filledValues,
  sentValues,
  followFiles,
  type FormField,
  shownValue,
} from './manifest-values.js';

const server: FormField = {
  name: 'service',
  label: 'Server',
  type: 'url',
  required: false,
  default: 'https://bsky.social',
};
const handle: FormField = { name: 'identifier', label: 'Handle', type: 'text', required: true };

describe('values of a manifest form', () => {
  it('shows the default until something was entered, also when it was emptied', () => {
    expect(shownValue(server, {})).toBe('https://bsky.social');
    expect(shownValue(server, { service: 'https://pds.example' })).toBe('https://pds.example');
    expect(shownValue(server, { service: '' })).toBe('');
    expect(shownValue(handle, {})).toBeUndefined();
  });

  it('keeps what says something: no is an answer, an empty text is none', () => {
    expect(filledValues({ sensitive: false, delay: 0, spoilerText: '', language: 'en' })).toEqual({
      sensitive: false,
      delay: 0,
      language: 'en',
    });
  });

  it('sends no empty list, and of a list no empty line', () => {
    expect(
      filledValues({ poll: ['Yes', ' ', 'No'], tags: [], place: '', shop: { value: '1', label: 'Shop' } }),
    ).toEqual({
      poll: ['Yes', 'No'],
      shop: { value: '1', label: 'Shop' },
    });
  });

  it('asks for a field only where another one makes it count', () => {
    const format: FormField = { name: 'format', label: 'Format', type: 'select', required: false, default: 'post' };
    const cover: FormField = {
      ...{ name: 'cover', label: 'Cover', type: 'text', required: false },
      when: { setting: 'format', values: ['reel'] },
    };
    const names = (values: Record<string, string>) => askedFields([format, cover], values).map(({ name }) => name);
    expect(names({})).toEqual(['format']);
    expect(names({ format: 'reel' })).toEqual(['format', 'cover']);
  });

  it('asks for what is of videos or of photos alone where such a file is, or none yet', () => {
    const field = (name: string, onlyWith?: 'image' | 'video'): FormField => ({
      ...{ name, label: name, type: 'text', required: false },
      ...(onlyWith && { onlyWith }),
    });
    const fields = [field('privacy'), field('photoTitle', 'image'), field('duet', 'video')];
    const values = { privacy: 'all', photoTitle: 'Bread', duet: 'yes' };
    const asked = (...files: ('image' | 'video')[]) => [
      askedFields(fields, values, files).map(({ name }) => name),
      Object.keys(askedValues(fields, values, files)),
    ];
    const names = (...some: string[]) => [some, some];
    expect(asked('video')).toEqual(names('privacy', 'duet'));
    expect(asked('image', 'image')).toEqual(names('privacy', 'photoTitle'));
    expect(asked()).toEqual(names('privacy', 'photoTitle', 'duet'));
  });

  it('sends what the form says where nothing was entered, of the fields that count', () => {
    const privacy = { ...server, name: 'privacy', default: 'private' };
    const asked = { ...server, name: 'duet', default: true, onlyWith: 'video' as const };
    expect(sentValues([privacy, asked, handle], { identifier: 'ada' }, ['image'])).toEqual({
      privacy: 'private',
      identifier: 'ada',
    });
    expect(sentValues([privacy, asked], { privacy: 'public' }, ['video'])).toEqual({ privacy: 'public', duet: true });
  });

  it('keeps a name on its image when the images are put in another order, and drops it with its image', () => {
    const mark = (media: number, text: string) => ({ media, x: 0.5, y: 0.25, text });
    const values = { tags: [mark(0, 'ada'), mark(1, 'grace')], texts: ['a'], format: 'post' };
    expect(followFiles(values, ['dog', 'cat'], ['cat', 'dog'])).toEqual({
      ...values,
      tags: [mark(1, 'ada'), mark(0, 'grace')],
    });
    expect(followFiles(values, ['dog', 'cat'], ['cat'])).toEqual({ ...values, tags: [mark(0, 'grace')] });
  });

  it('makes credentials of what the form shows, without spaces around them', () => {
    expect(credentialsOf([server, handle], { identifier: ' ada.bsky.social ' })).toEqual({
      service: 'https://bsky.social',
      identifier: 'ada.bsky.social',
    });
    expect(credentialsOf([server, handle], { service: '' })).toEqual({});
  });

  it('finds the errors of its own fields', () => {
    const errors = { 'credentials/password': 'Wrong.', platform: 'Unknown.', 'credentials/identifier': 'Missing.' };
    expect(errorsBelow('credentials', errors)).toEqual({ password: 'Wrong.', identifier: 'Missing.' });
  });
});
