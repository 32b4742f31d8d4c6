import { type FormField, type JsonObject } from '#platforms/core';
import { readSettings } from './settings-form.js';

const FIELDS: readonly FormField[] = [
  {
    name: 'format',
    label: 'Format',
    type: 'select',
    required: false,
    options: [
      { value: 'post', label: 'Post' },
      { value: 'reel', label: 'Reel' },
    ],
    default: 'post',
  },
  {
    name: 'title',
    label: 'Title',
    type: 'text',
    required: true,
    maxLength: 10,
    when: { setting: 'format', values: ['reel'] },
  },
  { name: 'options', label: 'Poll options', type: 'texts', required: false, minItems: 2, maxItems: 4, maxLength: 5 },
  { name: 'place', label: 'Location', type: 'lookup', required: false },
  { name: 'people', label: 'People', type: 'marks', required: false, maxItems: 2, maxLength: 30 },
];

function read(given: JsonObject, images = 2) {
  const files = Array.from({ length: images }, () => 'image' as const);
  const { values, errors } = readSettings(FIELDS, given, { path: 'channels/0/settings', files });
  return {
    values,
    wrong: errors.map(({ field, rule }) => `${field.slice('channels/0/settings/'.length)} ${rule}`),
    errors,
  };
}

describe('the settings of a post', () => {
  it('are sent with what is meant where nothing was chosen', () => {
    expect(read({})).toMatchObject({ values: { format: 'post' }, wrong: [] });
  });

  it('name one that the platform does not have', () => {
    const { errors } = read({ colour: 'red' });
    expect(errors).toEqual([
      {
        field: 'channels/0/settings/colour',
        rule: 'unknown-setting',
        message: 'There is no setting "colour" here.',
        remedy: 'Known settings: format, title, options, place, people.',
      },
    ]);
  });

  it('offer the choices where another was made', () => {
    const { errors } = read({ format: 'poster' });
    expect(errors).toMatchObject([
      {
        rule: 'setting-value',
        message: 'Format has no such choice; there is post, reel.',
        remedy: 'Choose one of: "Post", "Reel".',
      },
    ]);
  });

  it('tell people what to do about one that is missing, by the words that the form shows', () => {
    const option = (label: string) => ({ value: label.toUpperCase(), label });
    const required = (type: FormField['type'], more: Partial<FormField> = {}): FormField => ({
      ...{ name: type, label: 'Board', type, required: true, help: 'What it is.' },
      ...more,
    });
    const many = { options: [...'abcdefghi'].map(option) };
    const remedy = (field: FormField) => readSettings([field], {}, { path: '', files: [] }).errors[0]?.remedy;
    expect(remedy(required('select', { options: [option('Everyone'), option('No, only friends')] }))).toBe(
      'Choose one of: "Everyone", "No, only friends".',
    );
    expect(remedy(required('select', many))).toBe('Choose one.');
    expect([remedy(required('lookup')), remedy(required('date'))]).toEqual(['Choose one.', 'Choose one.']);
    expect([remedy(required('text')), remedy(required('texts'))]).toEqual(['Enter one.', 'Enter one.']);
  });

  it('ask for what is required only while it is asked for', () => {
    expect(read({ format: 'post', title: 'Kept, and much too long to be sent' })).toMatchObject({
      values: { format: 'post' },
      wrong: [],
    });
    expect(read({ format: 'reel' }).wrong).toEqual(['title setting-required']);
    expect(read({ format: 'reel', title: 'Much too long' }).wrong).toEqual(['title setting-value']);
    expect(read({ format: 'reel', title: 'Short' })).toMatchObject({ values: { title: 'Short' }, wrong: [] });
  });

  it.each<[string, JsonObject, string[]]>([
    ['as many texts as they may', { options: ['Yes', 'No'] }, []],
    ['too few texts', { options: ['Yes'] }, ['options setting-value']],
    ['too many texts', { options: ['a', 'b', 'c', 'd', 'e'] }, ['options setting-value']],
    ['a text that is too long', { options: ['Yes', 'Perhaps'] }, ['options setting-value']],
    ['an empty text', { options: ['Yes', ' '] }, ['options setting-value']],
    ['no list', { options: 'Yes' }, ['options setting-value']],
    ['nothing', { options: [] }, []],
    ['what was found', { place: { value: '1234', label: 'Berlin' } }, []],
    ['what was only written', { place: 'Berlin' }, ['place setting-value']],
    ['a name on an image', { people: [{ media: 1, x: 0.5, y: 1, text: 'anna' }] }, []],
    ['a name outside of the image', { people: [{ media: 0, x: 1.5, y: 0, text: 'anna' }] }, ['people setting-value']],
  ])('may hold %s, or not', (_what, given, wrong) => {
    expect(read(given).wrong).toEqual(wrong);
  });

  it('find names on files that the post does not have', () => {
    const people = [
      { media: 0, x: 0, y: 0, text: 'anna' },
      { media: 1, x: 0, y: 0, text: 'ben' },
    ];
    expect(read({ people }, 1).errors).toEqual([
      {
        field: 'channels/0/settings/people/1',
        rule: 'setting-mark-media',
        message: 'People: "ben" stands on file 2, and there is 1 file here.',
        remedy: 'Remove it, or put it on a file of this post.',
      },
    ]);
  });
});

describe('days, times and declarations', () => {
  const MUSIC: FormField = {
    ...{ name: 'music', type: 'consent', required: true, label: 'By posting, you agree to the Music Confirmation.' },
    links: [{ text: 'Music Confirmation', url: 'https://network.example/music' }],
  };
  const fields: readonly FormField[] = [
    { name: 'ends', label: 'Last day', type: 'date', required: false },
    { name: 'doors', label: 'Doors open', type: 'time', required: false },
    { name: 'branded', label: 'Branded', type: 'boolean', required: false, default: false },
    MUSIC,
    {
      ...{ name: 'policy', type: 'consent', required: true, label: 'You agree to the Branded Content Policy.' },
      when: { setting: 'branded', values: [true] },
    },
    { name: 'news', type: 'consent', required: false, label: 'Send me news.' },
  ];
  const readThese = (given: JsonObject) => readSettings(fields, given, { path: 'channels/0/settings', files: [] });

  it.each<[string, JsonObject, string[]]>([
    ['a day', { ends: '2026-12-31' }, []],
    ['a leap day', { ends: '2028-02-29' }, []],
    ['a day that no year has', { ends: '2026-02-29' }, ['ends: Last day is a day, such as 2026-12-31.']],
    ['a day as people write it', { ends: '31.12.2026' }, ['ends: Last day is a day, such as 2026-12-31.']],
    ['a day with a time', { ends: '2026-12-31T18:30' }, ['ends: Last day is a day, such as 2026-12-31.']],
    ['a time', { doors: '18:30' }, []],
    ['midnight', { doors: '00:00' }, []],
    ['the end of a day', { doors: '24:00' }, ['doors: Doors open is a time of day, such as 18:30.']],
    ['a time with seconds', { doors: '18:30:00' }, ['doors: Doors open is a time of day, such as 18:30.']],
    ['a number', { doors: 1830 }, ['doors: Doors open is a time of day, such as 18:30.']],
    ['no day and no time', { ends: '', doors: null }, []],
  ])('%s', (_what, given, wrong) => {
    const { values, errors } = readThese({ ...given, music: true });
    expect(errors.map(({ field, message }) => `${field.split('/').at(-1)}: ${message}`)).toEqual(wrong);
    expect(errors.map(({ rule }) => rule)).toEqual(wrong.map(() => 'setting-value'));
    const kept = Object.entries(given).filter(([, value]) => wrong.length === 0 && value !== '' && value !== null);
    expect(values).toEqual({ branded: false, music: true, ...Object.fromEntries(kept) });
  });

  it.each<[string, JsonObject]>([
    ['nothing was said', {}],
    ['no was said', { music: false }],
    ['it was emptied', { music: null }],
  ])('a declaration has to be agreed to where %s', (_what, given) => {
    expect(readThese(given)).toEqual({
      values: { branded: false },
      errors: [
        {
          field: 'channels/0/settings/music',
          rule: 'setting-consent',
          message: '"By posting, you agree to the Music Confirmation." has to be agreed to before this goes out.',
          remedy: 'Agree to it, or leave this channel out.',
        },
      ],
    });
  });

  it('nobody has agreed because a form says so', () => {
    const preset = [{ ...MUSIC, default: true }];
    expect(readSettings(preset, {}, { path: '', files: [] }).errors).toMatchObject([{ rule: 'setting-consent' }]);
  });

  it('only true is an agreement', () => {
    for (const value of ['true', 'yes', 1, [true]]) {
      const { values, errors } = readThese({ music: value });
      expect(errors).toMatchObject([{ field: 'channels/0/settings/music', rule: 'setting-value' }]);
      expect(values).not.toHaveProperty('music');
    }
  });

  it('is asked for only where it counts, and may be left out where it is no must', () => {
    expect(readThese({ music: true, policy: true, news: false })).toEqual({
      values: { branded: false, music: true },
      errors: [],
    });
    expect(readThese({ music: true, branded: true }).errors).toMatchObject([
      { field: 'channels/0/settings/policy', rule: 'setting-consent' },
    ]);
    expect(readThese({ music: true, branded: true, policy: true, news: true }).values).toEqual({
      ...{ branded: true, music: true, policy: true, news: true },
    });
  });
});

describe('settings that hang together', () => {
  const fields: readonly FormField[] = [
    { name: 'board', label: 'Board', type: 'lookup', required: true, listed: true },
    { name: 'section', label: 'Section', type: 'lookup', required: false, dependsOn: 'board' },
    { name: 'place', label: 'Location', type: 'text', required: false },
  ];
  const options = { path: 'settings', files: [] };
  const chosen = { value: '7', label: 'Seven' };

  it('name the board that is missing, and the section that was chosen without one', () => {
    expect(readSettings(fields, {}, options).errors).toMatchObject([
      { field: 'settings/board', rule: 'setting-required', message: 'Board is missing.' },
    ]);
    const { errors, values } = readSettings(fields, { section: chosen }, options);
    expect(values).toEqual({});
    expect(errors).toMatchObject([
      { field: 'settings/board', rule: 'setting-required' },
      { field: 'settings/section', rule: 'setting-depends-on', message: 'Section was chosen without Board.' },
    ]);
    expect(readSettings(fields, { board: chosen, section: chosen }, options)).toEqual({
      values: { board: chosen, section: chosen },
      errors: [],
    });
    expect(readSettings(fields, { board: { value: '', label: '' } }, options).errors).toMatchObject([
      { field: 'settings/board', rule: 'setting-value' },
    ]);
  });

  it('say what this channel does not have, unless nothing is chosen there', () => {
    const here = { ...options, withoutSettings: ['place'] };
    expect(readSettings(fields, { board: chosen, place: 'Rome' }, here)).toMatchObject({
      values: { board: chosen },
      errors: [
        { field: 'settings/place', rule: 'setting-not-here', message: 'Location cannot be set on this channel.' },
      ],
    });
    expect(readSettings(fields, { board: chosen, place: '' }, here).errors).toEqual([]);
  });
});

describe('settings for files of one kind', () => {
  const fields: readonly FormField[] = [
    { name: 'duet', label: 'Allow duets', type: 'boolean', required: true, onlyWith: 'video' },
    { name: 'title', label: 'Title of the photos', type: 'text', required: true, onlyWith: 'image' },
  ];
  const wrongWith = (files: ('image' | 'video')[]) =>
    readSettings(fields, {}, { path: 'settings', files }).errors.map(({ field }) => field);

  it('are asked for with files of that kind, and while there is none of any', () => {
    expect(wrongWith([])).toEqual(['settings/duet', 'settings/title']);
    expect(wrongWith(['image', 'image'])).toEqual(['settings/title']);
    expect(wrongWith(['video'])).toEqual(['settings/duet']);
  });

  it('are left out with others', () => {
    const given = { duet: true, title: 'Bread' };
    expect(readSettings(fields, given, { path: 'settings', files: ['video'] })).toEqual({
      values: { duet: true },
      errors: [],
    });
  });
});
