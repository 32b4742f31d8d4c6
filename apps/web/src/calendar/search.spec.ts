import { readCalendarSearch } from './search.js';

describe('the address of the calendar', () => {
  it('is read back as it was written', () => {
    const search = { view: 'week', date: '2026-11-24', channels: ['c1'], states: ['held'] } as const;
    expect(readCalendarSearch({ ...search, channels: ['c1'], states: ['held'] })).toEqual(search);
  });

  it('leaves out what it cannot mean', () => {
    const search = { view: 'year', date: '2026-13-01', channels: 'c1', states: ['held', 'cancelled', 'nonsense', 7] };
    expect(readCalendarSearch(search as never)).toEqual({ channels: [], states: ['held'] });
  });

  it('may say nothing', () => {
    expect(readCalendarSearch({})).toEqual({ channels: [], states: [] });
  });
});
