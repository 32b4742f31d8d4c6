import { detailsOf } from '../composer/previews/details.js';
import { previewItemOf } from './preview-item.js';
import { type ReviewChannel } from './queries.js';

it('hands on what stands for a video before it is played', () => {
  const media = (id: string, cover?: object) => ({ id, altText: null, ...(cover && { cover }) });
  const channel = {
    ...{ id: 'c', name: 'Bakery', handle: null, platform: { id: 'tiktok' }, settings: [] },
    segments: [
      {
        kind: 'post',
        text: '',
        link: null,
        media: [media('a', { imageId: 'i' }), media('b', { atMs: 0 }), media('c')],
      },
    ],
  } as unknown as ReviewChannel;
  expect(previewItemOf(channel).content.media).toEqual([
    { id: 'a', altText: '', coverId: 'i' },
    { id: 'b', altText: '', coverAtMs: 0 },
    { id: 'c', altText: '' },
  ]);
});

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
