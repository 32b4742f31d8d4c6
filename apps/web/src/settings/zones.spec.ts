import { zoneOptions } from './zones.js';

describe('the time zones to choose from', () => {
  it('are those of the browser in order, with UTC and the one that is chosen', () => {
    const zones = zoneOptions(['Europe/Berlin', 'America/New_York'], 'Asia/Calcutta').map(({ value }) => value);
    expect(zones).toEqual(['America/New_York', 'Asia/Calcutta', 'Europe/Berlin', 'UTC']);
  });

  it('stand there once each, and are read without underscores', () => {
    expect(zoneOptions(['UTC', 'America/New_York'], 'America/New_York')).toEqual([
      { value: 'America/New_York', label: 'America/New York' },
      { value: 'UTC', label: 'UTC' },
    ]);
    expect(zoneOptions([], '')).toHaveLength(1);
  });
});
