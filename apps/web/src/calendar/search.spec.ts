import { readCalendarSearch } from './search.js';

/** As the router hands it over: anything at all. */
const read = (search: object) => readCalendarSearch(search as Parameters<typeof readCalendarSearch>[0]);

describe('the address of the calendar', () => {
  it('is read back as it was written', () => {
    const search = { view: 'week', date: '2026-11-24', channels: ['c1'], states: ['held'] } as const;
    expect(read(search)).toEqual(search);
  });

  it('leaves out what it cannot mean', () => {
    const search = { view: 'year', date: '2026-13-01', channels: 'c1', states: ['held', 'cancelled', 'nonsense', 7] };
    expect(read(search)).toEqual({ channels: [], states: ['held'] });
  });

  it('may say nothing', () => {
    expect(read({})).toEqual({ channels: [], states: [] });
  });
});
