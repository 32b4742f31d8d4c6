import { readWebhookSearch } from './search.js';

describe('the address of a webhook’s screen', () => {
  it.each([
    [{}, {}],
    [
      { state: 'failed', delivery: 'd1', more: 1 },
      { state: 'failed', delivery: 'd1' },
    ],
    [{ state: 'lost', delivery: '' }, {}],
    [{ delivery: 7 }, {}],
  ])('%j shows %j', (search, shown) => {
    expect(readWebhookSearch(search)).toEqual(shown);
  });
});
