import { wantedWords, wordsOf } from './words.js';

describe('words to search by', () => {
  it('are there without capitals, accents and punctuation, each once', () => {
    expect(wordsOf('Été-à_la plage.JPG', 'La PLAGE')).toEqual(['ete', 'a', 'la', 'plage', 'jpg']);
  });

  it('are also the parts of what is written as one', () => {
    expect(wordsOf('LogoBlue IMG2031')).toEqual(['logoblue', 'logo', 'blue', 'img2031', 'img', '2031']);
  });

  it('are found in any script', () => {
    expect(wordsOf('Лето на море')).toEqual(['лето', 'на', 'море']);
  });

  it('do not grow without end', () => {
    expect(
      wordsOf(Array.from({ length: 5_000 }, (_, index) => `w${'x'.repeat(index % 90)}y${index}`).join(' ')),
    ).toHaveLength(300);
  });

  it('that are looked for are whole: their parts would find too much', () => {
    expect(wantedWords('LogoBlue, été')).toEqual(['logoblue', 'ete']);
    expect(wantedWords(' … ')).toEqual([]);
  });
});
