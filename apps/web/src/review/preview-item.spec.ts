import { detailsOf } from '../composer/previews/details.js';
import { previewItemOf } from './preview-item.js';
import { type ReviewChannel } from './queries.js';

it('hands the settings to the preview as they were entered, so that a client sees the poll, the place and the names', () => {
  const setting = (name: string, value: ReviewChannel['settings'][number]['value']) => ({
    ...{ name, label: name, value },
    shown: 'in words',
  });
  const channel = {
    ...{ id: 'c', name: 'Bakery', handle: null, platform: { id: 'threads' }, segments: [] },
    settings: [
      setting('withPoll', true),
      setting('pollOptions', ['Rye', 'Spelt']),
      setting('location', { value: '1', label: 'Berlin' }),
      setting('userTags', [{ media: 0, x: 0.5, y: 0.25, text: '@ada' }]),
    ],
  } as unknown as ReviewChannel;
  const { settings } = previewItemOf(channel).content;
  const names = { poll: { asked: 'withPoll', options: 'pollOptions' }, place: 'location', marks: 'userTags' };
  expect(detailsOf(names, settings)).toMatchObject({
    poll: ['Rye', 'Spelt'],
    place: 'Berlin',
    marks: [{ media: 0, x: 0.5, y: 0.25, text: 'ada' }],
  });
});
