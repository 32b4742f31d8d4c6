import { frameOf, isSameShape, positionOf, shapeInWords } from './frame.js';

const portrait = { width: 1080, height: 1920 };
const square = { width: 500, height: 500 };

describe('The frame of a crop', () => {
  it('keeps as much as goes, in the middle', () => {
    expect(frameOf(portrait, square)).toEqual({ x: 0, y: (1 - 0.5625) / 2, width: 1, height: 0.5625 });
    expect(frameOf({ width: 1920, height: 1080 }, square)).toMatchObject({ width: 0.5625, height: 1 });
  });

  it('has the focus in its middle, and never leaves the picture', () => {
    expect(frameOf(portrait, square, { x: 0.2, y: 0.4 }).y).toBeCloseTo(0.4 - 0.5625 / 2);
    expect(frameOf(portrait, square, { x: 0, y: 0 })).toMatchObject({ x: 0, y: 0 });
    expect(frameOf(portrait, square, { x: 1, y: 1 }).y).toBeCloseTo(1 - 0.5625);
  });

  it('is placed by how far it can be moved', () => {
    expect(positionOf(frameOf(portrait, square, { x: 0.5, y: 0 }))).toBe('50.00% 0.00%');
    expect(positionOf(frameOf(portrait, square, { x: 0.5, y: 1 }))).toBe('50.00% 100.00%');
  });

  it('knows shapes that only rounding tells apart, and names them', () => {
    expect(isSameShape(portrait, { width: 405, height: 720 })).toBe(true);
    expect(isSameShape(portrait, square)).toBe(false);
    expect([portrait, square, { width: 191, height: 100 }, { width: 720, height: 1440 }].map(shapeInWords)).toEqual([
      '9:16',
      '1:1',
      '1.91:1',
      '1:2',
    ]);
  });
});
