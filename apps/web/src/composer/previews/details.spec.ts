import { detailsOf, namesInWords } from './details.js';

const names = {
  place: 'location',
  topic: 'topicTag',
  poll: { asked: 'withPoll', options: 'pollOptions' },
  audience: { setting: 'replyControl', words: { followers_only: 'Followers can reply' } },
  collaborators: 'collaborators',
  marks: 'userTags',
  notes: [{ setting: 'aiGenerated', words: 'AI info' }],
};

describe('what is seen beside the text of a post', () => {
  it('is nothing where nothing was chosen', () => {
    const nothing = { poll: [], collaborators: [], people: [], marks: [], notes: [] };
    expect(detailsOf(names, {})).toEqual(nothing);
    expect(detailsOf({}, { location: { value: '1', label: 'Berlin' } })).toEqual(nothing);
    expect(detailsOf(names, { location: '', topicTag: ' ', pollOptions: ['Yes', 'No'], aiGenerated: false })).toEqual(
      nothing,
    );
  });

  it('is read from the settings of the platform', () => {
    const mark = { media: 1, x: 0.5, y: 0.25, text: '@ada' };
    expect(
      detailsOf(names, {
        location: { value: '1', label: 'Berlin' },
        topicTag: '#Baking',
        withPoll: true,
        pollOptions: ['Yes', '', 'No'],
        replyControl: 'followers_only',
        collaborators: ['@grace'],
        userTags: [mark],
        aiGenerated: true,
      }),
    ).toEqual({
      ...{ place: 'Berlin', topic: 'Baking', poll: ['Yes', 'No'], audience: 'Followers can reply' },
      ...{ collaborators: ['grace'], people: [], marks: [{ ...mark, text: 'ada' }], notes: ['AI info'] },
    });
  });
});

it('names a few people, and counts many', () => {
  expect([[], ['ada'], ['ada', 'grace'], ['ada', 'grace', 'joan']].map(namesInWords)).toEqual([
    '',
    'ada',
    'ada and grace',
    'ada and 2 others',
  ]);
});
