import { costInWords, usesIn, usesInWords } from './costs.js';

const post = { label: 'a post', count: 1, usd: 0.015 };
const texts = { label: 'a description of an image', count: 3, usd: 0.015 };

it('says what was used, and how often where it was more than once', () => {
  expect(usesInWords([])).toBe('');
  expect(usesInWords([post])).toBe('a post');
  expect(usesInWords([post, texts])).toBe('a post and 3 × a description of an image');
  expect(usesInWords([post, post, texts])).toBe('a post, a post and 3 × a description of an image');
});

it('says what it costs in all', () => {
  expect(costInWords([post, texts])).toMatch(/0[.,]03.* for a post and 3 × a description of an image$/);
});

it('reads costs of what a log keeps, and nothing else', () => {
  expect(usesIn([{ ...post, price: 'post' }, 'x', { label: 'a post' }, null])).toEqual([{ ...post, price: 'post' }]);
  expect(usesIn(undefined)).toEqual([]);
});
