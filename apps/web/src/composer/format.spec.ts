import { formatsInWords, missingInWords } from './format.js';
import { type FormField } from '../ui/manifest-values.js';

const field = (name: string): FormField => ({ name, label: name.toUpperCase(), type: 'text', required: false });
const [place, tags] = [field('place'), field('tags')];

describe('settings that a channel of a network does not have', () => {
  const all = [place, tags];
  const full = (name: string) => ({ name, fields: all });

  it('are no news where it has all', () => expect(missingInWords(full('Ada'), all, [])).toBeUndefined());

  it('are named with the channels that have them', () => {
    const lacking = { name: 'Ada', fields: [tags] };
    expect(missingInWords(lacking, all, [])).toBe('Not to be had on this channel: PLACE.');
    expect(missingInWords(lacking, all, [full('Grace')])).toBe('Not to be had on this channel: PLACE. Grace has it.');
    expect(missingInWords({ name: 'Ada', fields: [] }, all, [full('Grace'), full('Joan'), lacking])).toBe(
      'Not to be had on this channel: PLACE, TAGS. Grace and Joan have them.',
    );
  });
});

it('says in a line which formats are chosen', () => {
  const usual = (title: string) => ({ title, label: 'Post', isUsual: true });
  const story = { title: 'Gallery', label: 'Story', isUsual: false };
  expect(formatsInWords([usual('A'), usual('B')])).toBe('Format: ordinary posts on all channels.');
  expect(formatsInWords([usual('A'), story])).toBe('Format: Story on Gallery; ordinary post on the other channel.');
  expect(formatsInWords([story, { ...story, title: 'B' }])).toBe('Format: Story on Gallery, Story on B.');
  expect(formatsInWords([usual('A'), usual('B'), story])).toBe(
    'Format: Story on Gallery; ordinary posts on the other channels.',
  );
});
