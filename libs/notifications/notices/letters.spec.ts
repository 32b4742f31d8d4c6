import { ASK_REASONS } from './asks.js';
import { type ClientAsk, clientLetter } from './client-letter.js';
import { explainNotice, NOTICE_CAUSES, type NoticeAbout } from './notice-causes.js';
import { type NoticeLine, noticeLetter } from './notice-letter.js';

const line: NoticeLine = {
  cause: 'approval:waiting',
  about: { by: 'Ada', why: 'requested', step: 'Lead' },
  ...{ post_id: 'p1', post_text: 'The winter roast is here.', workspace_id: 'w1', workspace_name: 'North Roast' },
};
const write = (lines: NoticeLine[]) =>
  noticeLetter({ lines, organization: 'Bright Agency', publicUrl: 'https://clickpost.example.com' });

describe('a mail about posts', () => {
  it('says of one what happened and what to do, and leads to the post', () => {
    expect(write([line])).toMatchObject({
      subject: 'Ada asks you to approve “The winter roast is here.”',
      paragraphs: ['Workspace: North Roast', 'Step: Lead.\nLook at it and decide.'],
      action: { label: 'Open the post', address: 'https://clickpost.example.com/w/w1/posts/p1' },
      closing: [expect.stringContaining('https://clickpost.example.com/settings')],
    });
  });

  it('gathers several, leads to what waits, and counts what it does not show', () => {
    const letter = write(Array.from({ length: 22 }, (_, index) => ({ ...line, post_id: `p${index}` })));
    expect(letter.subject).toBe('22 things about posts of Bright Agency');
    expect(letter.paragraphs).toHaveLength(21);
    expect(letter.paragraphs.at(-1)).toBe('And 2 more, which ClickPost shows.');
    expect(letter.action?.address).toBe('https://clickpost.example.com/approvals');
    const comments = [line, { ...line, post_id: 'p2' }].map((one) => ({ ...one, cause: 'comment:reply' as const }));
    expect(write(comments).action?.address).toBe('https://clickpost.example.com');
  });

  it('says in whose place somebody decides, and that it was changed after they approved', () => {
    const say = (about: NoticeAbout) => explainNotice('approval:waiting', about, 'Hello.');
    expect(say({ inPlaceOf: ['Ben', 'Emil'], step: 'Lead' }).title).toBe(
      'You decide for Ben and Emil, who are away. Step: Lead.',
    );
    expect(say({ why: 'changed', approvedBefore: true }).headline).toBe('“Hello.” was changed after you approved');
  });
});

it.each(NOTICE_CAUSES.flatMap((cause) => [...ASK_REASONS, undefined].map((why) => [cause, why] as const)))(
  '%s (%s) has calm words of its own',
  (cause, why) => {
    for (const post of ['Hello.', '']) {
      const words = Object.values(explainNotice(cause, { why }, post));
      for (const text of words) expect(text).toMatch(/^[^!]+$/);
      expect(words.join(' ')).not.toMatch(/undefined|“”/);
    }
  },
);

describe('a mail to a client', () => {
  const ask: ClientAsk = {
    ...{ why: 'requested', by: 'Ada', organization: 'Bright Agency', workspace: 'North Roast', text: 'Hello.' },
    ...{ due: new Date('2026-05-04T07:00:00Z'), timeZone: 'Europe/Berlin', address: 'https://c.example/review/t' },
  };

  it('says who asks, for what, when it is due, why it came, and leads to where it is decided', () => {
    const letter = clientLetter(ask);
    expect(letter).toMatchObject({
      subject: 'Ada asks you to approve a post for North Roast',
      action: { label: 'Look and decide', address: 'https://c.example/review/t' },
      closing: [expect.stringContaining('You get this because Bright Agency named you')],
    });
    expect(letter.paragraphs[0]).toBe('Ada of Bright Agency asks you to approve a post for North Roast.');
    expect(letter.paragraphs).toContain('It is to be published on Monday, 4 May 2026 at 09:00 (Europe/Berlin).');
  });

  it('says of a draft that it has no time, and of a change that it is one', () => {
    const letter = clientLetter({ ...ask, why: 'changed', due: undefined, text: '' });
    expect(letter.subject).toBe('A post for North Roast was changed and waits for you');
    expect(letter.paragraphs.join(' ')).toMatch(/no time yet/);
    expect(letter.paragraphs.join(' ')).not.toContain('“');
  });
});
