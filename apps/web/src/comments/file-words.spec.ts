import { fileWords } from './file-words.js';

it.each([
  ['image', 'Point 2', 'About an image of revision 3, which is not in the post any more.'],
  ['video', 'Comment 2 on the video', 'About a video of revision 3, which is not in the post any more.'],
  ['document', 'Point 2', 'About a document of revision 3, which is not in the post any more.'],
  [undefined, 'Point 2', 'About a file of revision 3, which is not in the post any more.'],
] as const)('a place in a file of the kind %s', (kind, numbered, gone) => {
  const words = fileWords(kind);
  expect([words.numbered(2), words.gone(3)]).toEqual([numbered, gone]);
  expect(words.name).toBe(kind ?? 'file');
});
