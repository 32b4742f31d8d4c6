import { checkPassword, hashPassword, PASSWORD_MAX, unmatchableHash, verifyPassword } from './passwords.js';

describe('a password', () => {
  // https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
  it('is kept as what takes 19 MiB and two passes to try, with a salt of its own', async () => {
    const [one, other] = [await hashPassword('a long passphrase'), await hashPassword('a long passphrase')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(other).not.toBe(one);
    expect(await verifyPassword(one, 'a long passphrase')).toBe(true);
    expect(await verifyPassword(one, 'a long passphrasE')).toBe(false);
  });

  it('that nobody has costs as much to try', async () => {
    expect(await unmatchableHash()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it.each([
    ['short', 'minLength'],
    ['x'.repeat(PASSWORD_MAX + 1), 'maxLength'],
    [' Ada.Lovelace@example.com', 'notEmail'],
  ])('%s breaks the rule %p', (password, rule) => {
    expect(checkPassword(password, 'ada.lovelace@example.com')).toMatchObject([{ field: 'password', rule }]);
  });
});
