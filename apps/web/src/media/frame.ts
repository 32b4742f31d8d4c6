import { type Point } from './choices.js';

interface Size {
  width: number;
  height: number;
}

/** A part of a picture, 0 to 1 of its width and height. */
export interface Frame extends Size {
  x: number;
  y: number;
}

const MIDDLE: Point = { x: 0.5, y: 0.5 };
/** Shapes that differ by less look the same: sides are whole numbers. */
const SAME = 0.01;

/** What stays of a picture when it is cut to a shape: as much as goes, with the focus in its middle as far as that goes. Pure. */
export function frameOf(picture: Size, shape: Size, focus: Point = MIDDLE): Frame {
  const ratio = shape.width / shape.height / (picture.width / picture.height);
  const [width, height] = ratio < 1 ? [ratio, 1] : [1, 1 / ratio];
  return { x: start(focus.x, width), y: start(focus.y, height), width, height };
}

/** Whether two sizes have the same shape, so that nothing is cut and no bars are added. */
export function isSameShape(a: Size, b: Size): boolean {
  const ratio = a.width / a.height / (b.width / b.height);
  return Math.abs(Math.log(ratio)) < SAME;
}

/** A shape in words: `9:16`, `4:5`, `1.91:1` */
export function shapeInWords({ width, height }: Size): string {
  const ratio = width / height;
  const known = [
    [9, 16],
    [2, 3],
    [3, 4],
    [4, 5],
    [1, 1],
    [5, 4],
    [4, 3],
    [3, 2],
    [16, 9],
  ].find(([w = 1, h = 1]) => isSameShape({ width, height }, { width: w, height: h }));
  if (known) return known.join(':');
  return ratio >= 1 ? `${rounded(ratio)}:1` : `1:${rounded(1 / ratio)}`;
}

/** For `object-position`: how far of the way that it can be moved a frame stands, in percent. */
export function positionOf({ x, y, width, height }: Frame): string {
  const percent = (at: number, part: number) => (part >= 1 ? 50 : (at / (1 - part)) * 100);
  return `${percent(x, width).toFixed(2)}% ${percent(y, height).toFixed(2)}%`;
}

function start(focus: number, part: number): number {
  return Math.min(1 - part, Math.max(0, focus - part / 2));
}

function rounded(ratio: number): string {
  return String(Math.round(ratio * 100) / 100);
}
