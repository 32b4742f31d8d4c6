import fc from 'fast-check';
import { hashToken, randomToken, Vault, VaultError } from './index.js';

const OLD = 'the old secret key, long enough for all';
const NEW = 'the new secret key, long enough for all';
const VALUE = { accessToken: 'EAAB-plaintext', nested: { n: 1, list: [true, null] } };

describe('Vault', () => {
  const vault = new Vault(NEW, [OLD]);

  it('gives back what was put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), async (value, purpose) => {
        const expected = JSON.parse(JSON.stringify(value)) as object;
        expect(await vault.decrypt(await vault.encrypt(value, purpose), purpose)).toEqual(expected);
      }),
    );
  });

  it('encrypts the same value differently each time and shows nothing of it', async () => {
    const [one, two] = [await vault.encrypt(VALUE, 'connection:1'), await vault.encrypt(VALUE, 'connection:1')];
    expect(one).not.toBe(two);
    const readable = one
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString())
      .join();
    expect(readable).not.toContain('plaintext');
  });

  it('does not decrypt what was moved to another row', async () => {
    const token = await vault.encrypt(VALUE, 'connection:1');
    await expect(vault.decrypt(token, 'connection:2')).rejects.toThrow(
      new VaultError('Encrypted for another purpose.'),
    );
    const [, ...rest] = token.split('.');
    const [header] = (await vault.encrypt(VALUE, 'connection:2')).split('.');
    await expect(vault.decrypt([header, ...rest].join('.'), 'connection:2')).rejects.toThrow('Damaged');
  });

  it('reads what an earlier key wrote and asks for its renewal', async () => {
    const old = await new Vault(OLD).encrypt(VALUE, 'p');
    expect(await vault.decrypt(old, 'p')).toEqual(VALUE);
    expect(vault.needsRotation(old)).toBe(true);
    expect(vault.needsRotation(await vault.encrypt(VALUE, 'p'))).toBe(false);
  });

  it('refuses an unknown key, damage and nonsense without telling the content', async () => {
    const foreign = await new Vault('somebody else’s key, long enough for all').encrypt(VALUE, 'p');
    await expect(vault.decrypt(foreign, 'p')).rejects.toThrow('SECRET_KEY_PREVIOUS');
    const parts = (await vault.encrypt(VALUE, 'p')).split('.');
    parts[3] = Buffer.from('{"accessToken":"x"}').toString('base64url');
    await expect(vault.decrypt(parts.join('.'), 'p')).rejects.toThrow('Damaged');
    await expect(vault.decrypt('{"accessToken":"EAAB"}', 'p')).rejects.toThrow(/^Not something that the vault/);
    expect(() => vault.needsRotation('x')).toThrow(VaultError);
  });

  it('demands 32 characters', () => {
    expect(() => new Vault('x'.repeat(31))).toThrow('32');
  });

  it('derives unrelated keys for unrelated uses, the same ones each time', () => {
    const hex = (label: string, of = vault): string => Buffer.from(of.deriveKey(label)).toString('hex');
    expect(hex('session-cookie')).toHaveLength(64);
    expect(hex('session-cookie')).not.toBe(hex('review-link'));
    expect(hex('session-cookie')).toBe(hex('session-cookie', new Vault(NEW)));
    expect(vault.deriveKeys('a').map((key) => Buffer.from(key).toString('hex'))).toEqual([
      hex('a'),
      hex('a', new Vault(OLD)),
    ]);
  });
});

describe('tokens', () => {
  it('are long, new each time, and stored as a hash', () => {
    const token = randomToken();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(randomToken()).not.toBe(token);
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
