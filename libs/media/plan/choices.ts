/** What a person decided about how a file is fitted. Whatever is left out ClickPost decides. */
export interface MediaChoices {
  /** What happens where the shape is not accepted: bars are added, or the edges are cut. Left out = bars. */
  fit?: 'pad' | 'crop';
  /** The point that stays in sight when edges are cut: 0 to 1 from the left and from the top. Left out = the middle. */
  focus?: { x: number; y: number };
  /** The part of a video that is used, in milliseconds of the original. */
  trim?: { startMs: number; endMs: number };
  /** The frame that stands for a video before it is played, in milliseconds of the original. Left out = chosen by ClickPost. */
  coverAtMs?: number;
}
