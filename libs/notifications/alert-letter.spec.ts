import { ALERT_CAUSES, explainAlert, headline } from './alert-causes.js';
import { type AlertLine, alertLetter } from './alert-letter.js';

const line: AlertLine = {
  cause: 'failed:media',
  count: 12,
  subject_type: 'channel',
  subject_id: 'c1',
  workspace_id: 'w1',
  workspace_name: 'North Roast',
  subject_name: 'northroast',
  platform: 'bluesky',
  practice: false,
};
const write = (lines: AlertLine[]) =>
  alertLetter({
    lines,
    organization: 'Bright Agency',
    publicUrl: 'https://clickpost.example.com',
    platformName: () => 'Bluesky',
  });

describe('a mail about alerts', () => {
  it('says of one what happened, where, and what to do, and leads there', () => {
    const letter = write([line]);
    expect(letter.subject).toBe('12 posts could not be published on northroast (Bluesky)');
    expect(letter.paragraphs).toEqual([
      'Workspace: North Roast',
      'The platform did not accept the attached media. Replace the file that the details name, then retry.',
    ]);
    expect(letter.action?.address).toBe(
      'https://clickpost.example.com/attention?cause=failed%3Amedia&workspace=w1&channel=c1',
    );
  });

  it('leads to the channels where only sign-ins of one workspace are concerned', () => {
    const connection = { ...line, cause: 'connection:dead', subject_type: 'connection' } as const;
    expect(write([connection]).action?.address).toBe('https://clickpost.example.com/w/w1/channels');
    const elsewhere = { ...connection, workspace_id: 'w2' };
    expect(write([connection, elsewhere]).action?.address).toBe('https://clickpost.example.com/attention');
  });

  it('counts what it does not show', () => {
    const letter = write(Array.from({ length: 23 }, () => line));
    expect(letter.subject).toBe('23 things in Bright Agency need you');
    expect(letter.paragraphs).toHaveLength(21);
    expect(letter.paragraphs.at(-1)).toBe('And 3 more, which ClickPost shows.');
  });
});

it.each(ALERT_CAUSES)('%s has words of its own', (cause) => {
  const { title, remedy } = explainAlert(cause);
  for (const text of [title, remedy, headline(cause, 1, 'northroast'), headline(cause, 2, 'northroast')]) {
    expect(text).not.toMatch(/!|undefined/);
  }
  expect(headline(cause, 1, 'northroast')).toContain('northroast');
});
