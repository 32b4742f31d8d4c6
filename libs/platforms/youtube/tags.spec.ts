import { tagsLength, tidyTags } from './tags.js';

describe('the length of tags', () => {
  // "the tag Foo-Baz contains seven characters", and "Foo Baz contains nine"
  it.each([
    [[], 0],
    [['Foo-Baz'], 7],
    [['Foo Baz'], 9],
    [['a', 'b'], 3],
    [['a b', 'c', 'd e'], 13],
    [['🥖🥖'], 2],
  ])('%j counts as %d', (tags, length) => expect(tagsLength(tags)).toBe(length));

  it('sends no tag twice, none that is empty, and none with blanks around it', () => {
    expect(tidyTags([' rye ', 'rye', '', '  ', 'sour dough'])).toEqual(['rye', 'sour dough']);
  });
});
