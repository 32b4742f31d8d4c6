import fc from 'fast-check';
import { comparable, htmlToText } from './html.js';
import { renderContent } from './sandbox/render.js';

describe('the text of a status', () => {
  it.each([
    ['<p>one</p><p>two<br />three</p>', 'one\n\ntwo\nthree'],
    ['<p>one<br>two<br/>three</p>', 'one\ntwo\nthree'],
    ['&lt;b&gt; &amp;amp; &quot;x&quot; &#39;y&#39; &#x1F600;&nbsp;&unknown;', '<b> &amp; "x" \'y\' 😀\u00a0&unknown;'],
    [
      '<p>See <a href="https://example.com/a/very/long/path/indeed" target="_blank"><span class="invisible">https://</span><span class="ellipsis">example.com/a/very/long/path/in</span><span class="invisible">deed</span></a></p>',
      'See https://example.com/a/very/long/path/indeed',
    ],
    ['<a href="https://example.com/a?b=1&amp;c=2">example.com/a…</a>', 'https://example.com/a?b=1&c=2'],
    ['<a href="https://x.test/tags/Cats" class="mention hashtag" rel="tag">#<span>Cats</span></a>', '#Cats'],
    [
      '<span class="h-card"><a href="https://x.test/@bob" class="u-url mention">@<span>bob</span></a></span> hi',
      '@bob hi',
    ],
    ["<p title='a > b'>quoted</p>", 'quoted'],
    ['no tags, 1 < 2', 'no tags, 1 < 2'],
    ['', ''],
  ])('of %j is %j', (html, text) => expect(htmlToText(html)).toBe(text));

  it.each([
    ['@bob@mas.to hi', '@bob hi'],
    ['one\r\n\r\n\r\ntwo ', 'one two'],
    ['caf\u0065\u0301', 'caf\u00e9'],
  ])('%j is the same post as %j', (one, other) => expect(comparable(one)).toBe(comparable(other)));

  it('is what was written, whatever was written', () => {
    const piece = fc.constantFrom(
      '<b>&amp;</b>',
      '&lt;',
      '"\'',
      'word',
      '👩‍👩‍👧',
      '#Tag',
      '@bob@mas.to',
      '@practice',
      '\n',
      '\n\n',
      '\n\n\n',
      'https://www.example.com/a?b=1&c="x"',
      `https://example.com/${'ä'.repeat(60)}.`,
      '(https://example.com/x_(y))',
    );
    const text = fc
      .array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 12 })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, (written) => {
        const shown = htmlToText(renderContent(written, 'https://practice.example'));
        expect(comparable(shown)).toBe(comparable(written));
      }),
    );
  });
});
