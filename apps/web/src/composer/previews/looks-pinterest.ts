import { type NetworkLook, type PinLook, same } from './look.js';

const PIN: PinLook = {
  family: 'pin',
  // Pinterest tells of no number. Its web page was seen to fold a description after two lines, 2026-11.
  fold: { characters: 120, lines: 2 },
  unfold: 'more',
  link: same,
  mention: same,
  // What is taller than 2:3 "might get cut off" in feeds: https://help.pinterest.com/en/business/article/pinterest-product-specs;
  // the cut was seen at 1:2.1, 2026-11. Nothing is wider than a video may be.
  shapes: [1 / 2.1, 1.91],
  details: { title: 'title', board: { board: 'board', section: 'section' } },
};

/** Pinterest: pins on boards. */
export const PINTEREST: Omit<NetworkLook, 'family'> = { post: PIN, formats: {} };
