import { byNetwork, chosenInWords, foundChannels, sortedByNetwork } from './channel-choice.js';

const channel = (name: string, platform: string, handle: string | null = null) => ({ name, platform, handle });
const NAMES: Readonly<Record<string, string>> = { facebook: 'Facebook', x: 'X', 'google-business': 'Google Business' };
const networkOf = (platform: string) => NAMES[platform] ?? platform;

describe('choosing among many channels', () => {
  const bakery = channel('Bakery', 'facebook', '@bread');
  const bikes = channel('Bikes', 'google-business');
  const cafe = channel('Café', 'facebook');
  const all = [bakery, bikes, cafe];

  it('shows those of one network side by side, in the order in which the networks came', () =>
    expect(sortedByNetwork(all)).toEqual([bakery, cafe, bikes]));

  it.each([
    ['', all],
    [' BAK', [bakery]],
    ['@bread', [bakery]],
    ['google', [bikes]],
    ['café', [cafe]],
    ['nobody', []],
  ])('finds by name, handle or network: "%s"', (query, found) =>
    expect(foundChannels(all, query, networkOf)).toEqual(found),
  );

  it('says how many are chosen', () => {
    expect(chosenInWords(4, 11)).toBe('4 of 11 channels');
    expect(chosenInWords(11, 11)).toBe('All 11 channels');
  });

  it('counts the chosen ones of each network', () => {
    const groups = byNetwork(all.map((one) => ({ channel: one })));
    expect(groups.map(({ platform, items }) => [platform, items.length])).toEqual([
      ['facebook', 2],
      ['google-business', 1],
    ]);
  });
});
