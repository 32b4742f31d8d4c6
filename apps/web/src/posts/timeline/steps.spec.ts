import { stepInWords } from './steps.js';

it.each([
  ['upload:1', 'File 2 was handed over to Instagram.'],
  ['item:0:2', 'File 1 was handed over to Instagram.'],
  ['processed:0', 'Instagram finished processing file 1.'],
  ['upload:around:2', 'A file was handed over to Instagram.'],
  ['video:start', 'Instagram is ready to take the video.'],
  ['video:1048576', 'A part of the video was handed over to Instagram.'],
  ['container:item-0', 'Instagram took the post as a draft that nobody sees.'],
  ['ready:item-0', 'Instagram finished processing it.'],
  ['something-new', 'The step “something-new” is done.'],
])('says what the step %s was', (step, words) => {
  expect(stepInWords({ step }, 'Instagram')).toBe(words);
});
