import { readSignInSearch } from './sign-in-search.js';

describe('The address of signing in', () => {
  it('says where to go on and what happened', () => {
    const search = { next: '/settings', facebook: 'password-first', step: 'code', done: 'password' };
    expect(readSignInSearch(search)).toEqual(search);
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'settings', 7, undefined])(
    'leads to no other site: %s',
    (next) => {
      expect(readSignInSearch({ next })).toEqual({});
    },
  );

  it('knows no other words', () => {
    expect(readSignInSearch({ facebook: 'yes', step: 'third', done: true })).toEqual({});
  });
});
