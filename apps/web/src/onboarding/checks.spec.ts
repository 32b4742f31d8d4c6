import { filled, looksLikeEmail, passwordProblem, passwordRules } from './checks.js';

const kept = (password: string, email = 'ada@example.com') => passwordRules(password, email).map((rule) => rule.kept);

describe('rules for a new password', () => {
  it('asks for ten characters, however many units they have', () => {
    expect(kept('ninechars')).toEqual([false, true]);
    expect(kept('tencharact')).toEqual([true, true]);
    expect(kept('🦜🦜🦜🦜🦜')).toEqual([false, true]);
  });

  it('refuses the e-mail address, in capitals and with spaces too', () => {
    expect(kept(' ADA@example.com ')).toEqual([true, false]);
  });

  it('says nothing is kept before anything was entered', () => {
    expect(kept('', '')).toEqual([false, false]);
  });

  it('names the upper limit only when it is passed', () => {
    expect(passwordRules('x'.repeat(200), '').map((rule) => rule.text)).not.toContain('At most 200 characters');
    expect(passwordRules('x'.repeat(201), '')).toContainEqual(
      expect.objectContaining({ text: 'At most 200 characters', kept: false }),
    );
  });

  it('says what to do about the first rule that is broken, and nothing otherwise', () => {
    expect(passwordProblem('short', 'ada@example.com')).toBe('Use at least 10 characters.');
    expect(passwordProblem('ada@example.com', 'ada@example.com')).toMatch(/not your e-mail address/);
    expect(passwordProblem('a long passphrase', 'ada@example.com')).toBeNull();
  });
});

describe('checks of fields', () => {
  it('misses what is empty or only spaces', () => {
    expect(filled('Enter your name.')('  ')).toBe('Enter your name.');
    expect(filled('Enter your name.')('Ada')).toBeNull();
  });

  it('takes every text with an @ between two parts as an address', () => {
    expect(looksLikeEmail('ada@localhost')).toBeNull();
    expect(looksLikeEmail('ada')).toMatch(/name@example\.com/);
    expect(looksLikeEmail('ada @example.com')).not.toBeNull();
  });
});
