import { detailsOf, minutesInWords, namesInWords, periodInWords } from './details.js';

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

describe('polls', () => {
  const poll = { question: 'pollQuestion', options: 'pollOptions' };
  const settings = { pollQuestion: 'Tea?', pollOptions: ['Yes', 'No'] };

  it('are there without being asked for where the format is one, with their question and their end', () => {
    const days = { setting: 'pollDuration', words: { ONE_DAY: '1 day' }, otherwise: '3 days' };
    const read = (chosen: object) => {
      const {
        poll: answers,
        pollQuestion,
        pollEnds,
      } = detailsOf({ poll: { ...poll, ends: days } }, { ...settings, ...chosen });
      return [answers, pollQuestion, pollEnds];
    };
    expect(read({})).toEqual([['Yes', 'No'], 'Tea?', '3 days left']);
    expect(read({ pollDuration: 'ONE_DAY' })).toEqual([['Yes', 'No'], 'Tea?', '1 day left']);
  });

  it.each([
    [5, '5 minutes'],
    [60, '1 hour'],
    [1439, '23 hours'],
    [1440, '1 day'],
    [10_080, '7 days'],
  ])('of %d minutes last %s', (minutes, words) => {
    expect(minutesInWords(minutes)).toBe(words);
    expect(
      detailsOf({ poll: { ...poll, ends: { setting: 'minutes', minutes: 1 } } }, { ...settings, minutes }).pollEnds,
    ).toBe(`${words} left`);
  });
});

it('tells where a post is kept once a board is chosen, and what the card of its link says', () => {
  const kept = { board: { board: 'board', section: 'section' }, card: { title: 'title', description: 'about' } };
  const section = { value: '2', label: 'Soups' };
  expect(detailsOf(kept, { section }).board).toBeUndefined();
  const details = detailsOf(kept, { board: { value: '1', label: 'Recipes' }, section, title: ' Soup ' });
  expect([details.board, details.card]).toEqual(['Recipes › Soups', { title: 'Soup', description: '' }]);
});

it('names a few people, and counts many', () => {
  expect([[], ['ada'], ['ada', 'grace'], ['ada', 'grace', 'joan']].map(namesInWords)).toEqual([
    '',
    'ada',
    'ada and grace',
    'ada and 2 others',
  ]);
});

describe('when something happens at a place', () => {
  const on = (date?: string, time?: string) => ({ date, time });

  it.each([
    [on('2026-11-24', '18:30'), on('2026-11-24', '20:00'), '24 Nov 2026, 18:30 to 20:00'],
    [on('2026-11-24'), on('2026-12-01'), '24 Nov 2026 to 1 Dec 2026'],
    [on('2026-11-24', '18:30'), on(), '24 Nov 2026, 18:30'],
    [on(), on('2026-12-01'), 'until 1 Dec 2026'],
    [on(), on(undefined, '20:00'), undefined],
  ])('%j to %j', (from, to, words) => expect(periodInWords(from, to, 'en-GB')).toBe(words));
});

it('of two labels that exclude each other the stronger one stands', () => {
  const labels = {
    notes: [
      { setting: 'yourBrand', words: 'Promotional content', unless: 'brandedContent' },
      { setting: 'brandedContent', words: 'Paid partnership' },
    ],
  };
  expect(detailsOf(labels, { yourBrand: true }).notes).toEqual(['Promotional content']);
  expect(detailsOf(labels, { yourBrand: true, brandedContent: true }).notes).toEqual(['Paid partnership']);
});

it('a button and an offer are said in the words of the network', () => {
  const place = {
    button: { setting: 'callToAction', words: { BOOK: 'Book' } },
    offer: { code: 'couponCode', redeem: 'redeemUrl', terms: 'terms' },
  };
  expect(detailsOf(place, { callToAction: 'BOOK', couponCode: ' RYE10 ' })).toMatchObject({
    button: 'Book',
    offer: { code: 'RYE10' },
  });
  expect(detailsOf(place, { callToAction: 'NONE' }).button).toBeUndefined();
});
