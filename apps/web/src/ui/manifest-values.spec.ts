import { credentialsOf, errorsBelow, filledValues, type FormField, shownValue } from './manifest-values.js';

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
