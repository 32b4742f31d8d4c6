import { understandingsOf } from './find.js';

const ID = '01a204a2-f4e0-7751-8089-3934f5f82f8c';
const fields = (find: string) => understandingsOf(find).map(({ field }) => field);

test('an id may be that of a publication, of a post or of a request', () => {
  expect(fields(` ${ID} `)).toEqual(['publicationId', 'postId', 'requestId', 'text']);
  expect(understandingsOf(` ${ID.toUpperCase()}`)[0]?.value).toBe(ID.toUpperCase());
});

test('the address of a post is that post', () => {
  expect(understandingsOf(`https://clickpost.example/w/${ID}/posts/${ID}?x=1`)).toEqual([
    { field: 'postId', value: ID },
  ]);
});

test('one word may be a request id or a code before it is text; several words are text', () => {
  expect(fields('AbCd1234')).toEqual(['requestId', 'platformCode', 'text']);
  expect(fields('190/463')).toEqual(['requestId', 'platformCode', 'text']);
  expect(fields('Meet us at the market')).toEqual(['text', 'platformCode']);
});

test('what is longer than any search is cut', () => {
  expect(understandingsOf('x'.repeat(300))[0]?.value).toHaveLength(200);
});
