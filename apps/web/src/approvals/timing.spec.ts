import { checkedAddresses, hourChoices, timingWords } from './timing.js';

it.each([
  [[], null, 'Nobody is reminded.'],
  [[2], null, 'Reminded 2 hours before.'],
  [[1, 24, 48], null, 'Reminded 2 days before, 1 day before and 1 hour before.'],
  [[2], { hours: 4 }, 'Reminded 2 hours before. More people are asked 4 hours before.'],
])('says what is set (%j, %j)', (reminders, escalation, words) => {
  expect(timingWords({ reminders, escalation })).toBe(words);
});

it('offers what was chosen by other means, in its place', () => {
  expect(hourChoices([3]).slice(0, 4)).toEqual([
    { value: '1', label: '1 hour before' },
    { value: '2', label: '2 hours before' },
    { value: '3', label: '3 hours before' },
    { value: '4', label: '4 hours before' },
  ]);
});

it('takes what can be an address, each once, and names what cannot', () => {
  expect(checkedAddresses([' Cleo@Example.com', 'cleo@example.com', ''])).toEqual({ addresses: ['cleo@example.com'] });
  expect(checkedAddresses(['cleo@example.com', 'cleo'])).toEqual({ addresses: ['cleo@example.com'], wrong: 'cleo' });
});
