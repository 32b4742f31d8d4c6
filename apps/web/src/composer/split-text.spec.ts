import { count } from '#platforms/core';
import { splitAt, splitText } from './split-text.js';

const upTo = (max: number) => (part: string) => count(part, 'graphemes') <= max;
const squeezed = (text: string) => text.replace(/\s+/gu, '');

describe('splitText', () => {
  it('leaves alone what fits, without the blanks around it', () => {
    expect(splitText('  Short enough. ', upTo(20))).toEqual(['Short enough.']);
    expect(splitText(' \n', upTo(20))).toEqual([]);
  });

  it('parts at the ends of sentences rather than inside them', () => {
    const text = 'We roast on Tuesdays. The drum is warm by six. Then we wait.';
    expect(splitText(text, upTo(30))).toEqual(['We roast on Tuesdays.', 'The drum is warm by six.', 'Then we wait.']);
  });

  it('parts between paragraphs where these are not too short', () => {
    const text = 'First paragraph. It has two.\n\nSecond paragraph. It has two too.';
    expect(splitText(text, upTo(50))).toEqual(['First paragraph. It has two.', 'Second paragraph. It has two too.']);
    expect(splitText(`Hi.\n\n${'A sentence of some length. '.repeat(4)}`, upTo(60))[0]).toBe(
      'Hi.\n\nA sentence of some length. A sentence of some length.',
    );
  });

  it('parts between words where a sentence is too long', () => {
    expect(splitText('one two three four five', upTo(9))).toEqual(['one two', 'three', 'four five']);
  });

  it('never breaks a word, a link, a mention or a hashtag: what does not fit alone stays whole', () => {
    const link = 'https://example.com/a-very-long-path/that-does-not-fit';
    const parts = splitText(`See ${link}. Ask @somebody.with.a.long.name #averylonghashtag`, upTo(10));
    expect(parts).toEqual(['See', `${link}.`, 'Ask', '@somebody.with.a.long.name', '#averylonghashtag']);
  });

  it('keeps together what people see as one character', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(splitText(`${family}${family} ${family}${family}`, upTo(3))).toEqual([
      `${family}${family}`,
      `${family}${family}`,
    ]);
  });

  it('parts Japanese, which has no blanks, between words, and never inside a hashtag', () => {
    const text = '今日は天気がいいですね。散歩に行きましょう。';
    const parts = splitText(text, upTo(13));
    expect(parts).toEqual(['今日は天気がいいですね。', '散歩に行きましょう。']);
    expect(splitText('見て #東京タワーと富士山の写真', upTo(8))).toEqual(['見て', '#東京タワーと富士山の写真']);
  });

  it('is told which part it is asked about: the first one may have less room', () => {
    const fits = (part: string, position: number) => part.length <= (position === 0 ? 3 : 7);
    expect(splitText('one two three', fits)).toEqual(['one', 'two', 'three']);
    expect(splitText('one two six ten', fits)).toEqual(['one', 'two six', 'ten']);
  });

  it.each([3, 7, 12, 25, 60, 140])('loses nothing and fits in %s characters, whatever is written', (max) => {
    const words = [
      'a',
      'bee',
      'Sea.',
      'dee?',
      '\n',
      '\n\n',
      'e—f',
      '漢字仮名交じり文。',
      '👩🏽‍🚀',
      'https://example.com/x',
      '@you',
    ];
    let seed = max;
    const next = () => (seed = (seed * 16_807) % 2_147_483_647);
    for (let round = 0; round < 40; round += 1) {
      const text = Array.from({ length: 30 }, () => words[next() % words.length]).join(' ');
      const parts = splitText(text, upTo(max));
      expect(squeezed(parts.join(' '))).toBe(squeezed(text));
      for (const part of parts) {
        expect(part.trim()).toBe(part);
        expect(part).not.toBe('');
        // Only what cannot be parted is too long.
        if (!upTo(max)(part)) expect(part).not.toMatch(/\s/u);
      }
    }
  });
});

describe('splitAt', () => {
  it('takes the blanks at the place away', () => {
    expect(splitAt('One. Two.', 4)).toEqual(['One.', 'Two.']);
    expect(splitAt('One. \n\n Two.', 6)).toEqual(['One.', 'Two.']);
    expect(splitAt('One.', 4)).toEqual(['One.', '']);
  });
});
