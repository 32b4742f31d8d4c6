import { isSplit, type NamedCosts, ownCostSentence, totalInWords } from './costs.js';

const costs = (title: string, usd: number, practice = false): NamedCosts => ({
  ...{ channelId: title, title, practice, usd },
  costs: [{ price: 'post-with-link', label: 'a post that holds a link', count: 1, usd }],
});
/** Numbers look different in other languages. */
const plain = (words: string | undefined) => words?.replaceAll(/(US)?\$\s?/g, '$').replaceAll(/(\d),(\d)/g, '$1.$2');

describe('what publishing costs', () => {
  it('is not mentioned where it costs nothing', () => {
    expect(totalInWords([])).toBeUndefined();
    expect(totalInWords([costs('X', 0)])).toBeUndefined();
  });

  it('is said with its reason on one channel', () => {
    expect(plain(totalInWords([costs('X', 0.2)]))).toBe('X: about $0.20 for a post that holds a link.');
    expect(isSplit([costs('X', 0.2), costs('Other', 0)])).toBe(false);
    expect(plain(ownCostSentence(costs('X', 0.2)))).toBe(
      'Publishing here costs about $0.20, for a post that holds a link.',
    );
  });

  it('is summed over channels, practice apart', () => {
    expect(plain(totalInWords([costs('X', 0.2), costs('Y', 0.015)]))).toBe(
      'Publishing costs about $0.215 on 2 channels.',
    );
    expect(plain(totalInWords([costs('X', 0.2), costs('Y', 0.2, true)]))).toBe(
      'Publishing costs about $0.20 on one channel.',
    );
    expect(plain(totalInWords([costs('X', 0.2, true)]))).toBe(
      'X: nothing, as it is practice. For real it would be about $0.20 for a post that holds a link.',
    );
    expect(plain(totalInWords([costs('X', 0.2, true), costs('Y', 0.2, true)]))).toBe(
      'Practice costs nothing. For real it would be about $0.40 on 2 channels.',
    );
    expect(isSplit([costs('X', 0.2), costs('Y', 0.2, true)])).toBe(true);
  });
});
