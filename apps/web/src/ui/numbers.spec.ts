import { formatMoney, formatNumber } from './numbers.js';

it('writes numbers as the person does', () => {
  expect(formatNumber(25_000, 'en')).toBe('25,000');
  expect(formatNumber(25_000, 'de')).toBe('25.000');
});

it.each([
  [0.2, 'en', '$0.20'],
  [0.015, 'en', '$0.015'],
  [0.1 + 0.2, 'en', '$0.30'],
  [1234.5, 'en', '$1,234.50'],
  [0.2, 'de', '0,20 $'],
  [0, 'en', '$0.00'],
])('writes %d in %s as %s', (usd, locale, shown) =>
  expect(formatMoney(usd, locale)).toBe(shown.replace(' $', '\u00a0$')),
);
