import fc from 'fast-check';
import { checkedMail } from './letter.js';
import { renderLetter } from './render.js';

const letter = { subject: 'Hello', paragraphs: ['A line.'] };

describe('checkedMail', () => {
  it('keeps names and subjects to one line, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, subject) => {
        const mail = checkedMail(
          { address: 'ann@example.com', name: `${name}\r\nBcc: x@example.com` },
          { ...letter, subject: `${subject}\r\n\r\n${name}` },
        );
        expect(`${mail.to.name}${mail.letter.subject}`).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
        expect(mail.letter.subject).not.toBe('');
      }),
    );
  });

  it('cuts a subject that is too long at a character', () => {
    const { subject } = checkedMail({ address: 'a@b.c' }, { ...letter, subject: '😀'.repeat(500) }).letter;
    expect(subject).toBe(`${'😀'.repeat(199)}…`);
  });

  it.each(['', 'ann', 'ann@', '@example.com', 'a@b@c', 'a@b.c,d@e.f', 'Ann <a@b.c>', 'a@b.c\r\nBcc: x@y.z', 'a b@c.d'])(
    'takes no address like %j',
    (address) => expect(() => checkedMail({ address }, letter)).toThrow('name@example.com'),
  );

  it.each(['javascript:alert(1)', 'data:text/html,x', '/settings', ''])('leads to no address like %j', (address) => {
    const action = { label: 'Open', address };
    expect(() => checkedMail({ address: 'a@b.c' }, { ...letter, action })).toThrow('https://');
  });
});

describe('renderLetter', () => {
  const rendered = renderLetter({
    subject: 'Tom & "Jerry" <b>',
    paragraphs: ['<script>alert(1)</script> one\ntwo', 'word '.repeat(60).trim()],
    action: { label: 'Open it', address: 'https://example.com/?a=1&b="2' },
    closing: ['The link works for an hour.'],
  });

  it('says the same in text and HTML', () => {
    for (const words of ['one', 'two', 'Open it', 'The link works for an hour.']) {
      expect(rendered.text).toContain(words);
      expect(rendered.html).toContain(words);
    }
    expect(rendered.text).toContain('https://example.com/?a=1&b="2');
    expect(Math.max(...rendered.text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76);
  });

  it('escapes what people wrote, and loads nothing', () => {
    expect(rendered.html).not.toMatch(/<script|<b>|<img|<link|src=|url\(/);
    expect(rendered.html).toContain('Tom &amp; &quot;Jerry&quot; &lt;b&gt;');
    expect(rendered.html).toContain('href="https://example.com/?a=1&amp;b=&quot;2"');
  });
});
