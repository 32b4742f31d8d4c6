import { noticesOf } from './channel-notices.js';

type Given = Parameters<typeof noticesOf>[0][number];

const channel = (id: string, practice: boolean, notice?: string): Given =>
  ({ channel: { practice }, platform: { id, name: id.toUpperCase(), ...(notice && { notice }) } }) as unknown as Given;

it('tells of each network once, and of none that is only practised on', () => {
  expect(
    noticesOf([channel('a', false, 'Seen by you.'), channel('a', false, 'Seen by you.'), channel('b', false)]),
  ).toEqual([{ platform: 'a', network: 'A', words: 'Seen by you.' }]);
  expect(noticesOf([channel('a', true, 'Seen by you.')])).toEqual([]);
});
