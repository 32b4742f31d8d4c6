/** What a person decided about how a file is fitted. Whatever is left out ClickPost decides. */
export interface MediaChoices {
  /** What happens where the shape is not accepted: bars are added, or the edges are cut. Left out = bars. */
  fit?: 'pad' | 'crop';
  /** The point that stays in sight when edges are cut: 0 to 1 from the left and from the top. Left out = the middle. */
  focus?: Point;
  /** The part of a video that is used, in milliseconds of the original. */
  trim?: Span;
  /** The frame that stands for a video before it is played, in milliseconds of the original. */
  coverAtMs?: number;
  /** The image that stands for a video instead. */
  coverId?: string;
}

/** 0 to 1 from the left and from the top. */
export interface Point {
  x: number;
  y: number;
}

/** Milliseconds of the original. */
export interface Span {
  startMs: number;
  endMs: number;
}

/** The choices alone, of something that may hold more; what was not chosen is left out. */
export function choicesOf({ fit, focus, trim, coverAtMs, coverId }: MediaChoices): MediaChoices {
  return {
    ...(fit !== undefined && { fit }),
    ...(focus !== undefined && { focus: { x: focus.x, y: focus.y } }),
    ...(trim !== undefined && { trim: { startMs: trim.startMs, endMs: trim.endMs } }),
    ...(coverAtMs !== undefined && { coverAtMs }),
    ...(coverId !== undefined && { coverId }),
  };
}

/** The choices in a few words: `Cropped, trimmed to 0:07, cover at 0:02.5`; empty where nothing was chosen. */
export function choicesInWords(choices: MediaChoices, words: { moment: (ms: number) => string }): string {
  const { fit, trim, coverAtMs, coverId } = choices;
  const said = [
    fit === 'crop' && 'cropped where the shape is not accepted',
    fit === 'pad' && 'bars where the shape is not accepted',
    trim && `trimmed to ${words.moment(trim.startMs)} to ${words.moment(trim.endMs)}`,
    coverAtMs !== undefined && `cover at ${words.moment(coverAtMs)}`,
    coverId !== undefined && 'an image of its own as cover',
  ].filter((one) => typeof one === 'string');
  const sentence = said.join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
