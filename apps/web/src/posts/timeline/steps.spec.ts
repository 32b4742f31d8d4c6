import { stepInWords } from './steps.js';

it.each([
  ['upload:1', 'File 2 was handed over to Instagram.'],
  ['item:0:2', 'File 1 was handed over to Instagram.'],
  ['processed:0', 'Instagram finished processing file 1.'],
  ['upload:around:2', 'A file was handed over to Instagram.'],
  ['video:start', 'Instagram is ready to take the video.'],
  ['video:1048576', 'A part of the video was handed over to Instagram.'],
  ['video:1:session', 'Instagram is ready to take the video.'],
  ['video:1:1:video', 'The video was handed over to Instagram.'],
  ['video:1:1:found', 'Instagram was asked whether the video is there already.'],
  ['video:1:ended', 'Instagram could not process the video.'],
  ['video:2:67108864', 'A part of the video was handed over to Instagram.'],
  ['media:0:1:begin', 'Instagram is ready to take file 1.'],
  ['media:0:1:segments:0-3', 'A part of file 1 was handed over to Instagram.'],
  ['media:1:1:end', 'File 2 was handed over to Instagram.'],
  ['media:1:alt', 'The description of file 2 was handed over to Instagram.'],
  ['creator', 'Instagram was asked what this account may post.'],
  ['thumbnail', 'The thumbnail was offered to Instagram.'],
  ['container:item-0', 'Instagram took the post as a draft that nobody sees.'],
  ['ready:item-0', 'Instagram finished processing it.'],
  ['something-new', 'The step “something-new” is done.'],
])('says what the step %s was', (step, words) => {
  expect(stepInWords({ step }, 'Instagram')).toBe(words);
});
