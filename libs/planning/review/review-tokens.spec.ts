import { v7 as uuid } from 'uuid';
import { Vault } from '#kernel';
import { type LinkSubject, ReviewTokens } from './review-tokens.js';

const OLD = 'the old secret key, long enough for all';
const NEW = 'the new secret key, long enough for all';
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';

describe('The token of a review link', () => {
  const tokens = new ReviewTokens(new Vault(NEW, [OLD]));
  const subject: LinkSubject = { organizationId: uuid(), linkId: uuid() };

  it('stands for its link, and is the same each time', async () => {
    const token = await tokens.sign(subject);
    expect(await tokens.read(token)).toEqual(subject);
    expect(await tokens.sign(subject)).toBe(token);
    expect(token).toMatch(/^[\w.-]{100,150}$/);
  });

  it('stands for nothing with any character changed, left out or added', async () => {
    const token = await tokens.sign(subject);
    const changed = [...token].flatMap((character, at) =>
      [...CHARACTERS]
        .filter((other) => other !== character)
        .map((other) => `${token.slice(0, at)}${other}${token.slice(at + 1)}`),
    );
    const cut = [...token].map((_, at) => token.slice(0, at));
    const longer = [...CHARACTERS].map((character) => token + character);
    const read = await Promise.all([...changed, ...cut, ...longer, `${token}=`].map((one) => tokens.read(one)));
    expect(read).toHaveLength(changed.length + cut.length + longer.length + 1);
    expect(read.filter((found) => found !== undefined)).toEqual([]);
  });

  it('is no good where another key signed it, and still is after the key was changed', async () => {
    const foreign = await new ReviewTokens(new Vault('somebody else’s key, long enough for all')).sign(subject);
    expect(await tokens.read(foreign)).toBeUndefined();
    const before = await new ReviewTokens(new Vault(OLD)).sign(subject);
    expect(await tokens.read(before)).toEqual(subject);
    expect(await new ReviewTokens(new Vault(NEW)).read(before)).toBeUndefined();
  });

  it('is something else than the pass of its passcode, which is good for one link', async () => {
    const pass = await tokens.signPass(subject.linkId);
    expect(await tokens.isPass(pass, subject.linkId)).toBe(true);
    expect(await tokens.isPass(pass, uuid())).toBe(false);
    expect(await tokens.isPass(await tokens.sign(subject), subject.linkId)).toBe(false);
    expect(await tokens.read(pass)).toBeUndefined();
  });
});
