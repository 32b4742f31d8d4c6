/** One line of the result: a figure of ClickPost, and the same work done bare in the same run. */
export interface Measurement {
  what: string;
  figure: number;
  floor: number;
  unit: string;
  /** What `figure / floor` should be, and which side of it is good; or the most that the figure itself may be. */
  aim?: { ratio: number; better: 'lower' | 'higher' } | { most: number };
}

/** The middle one; of an even number, the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value that so many per cent of all do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? NaN;
}

/** The measurements as a table in Markdown, as `docs/benchmarks.md` has it. */
export function table(measurements: readonly Measurement[]): string {
  const head = ['what', 'ClickPost', 'floor', 'ratio', 'aim'];
  const lines = measurements.map(({ what, figure, floor, unit, aim }) => [
    what,
    `${rounded(figure)} ${unit}`,
    `${rounded(floor)} ${unit}`,
    (figure / floor).toFixed(2),
    aim ? told(figure, floor, aim) : '',
  ]);
  return drawTable(head, lines);
}

/** A table in Markdown. */
export function drawTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const drawn = (line: readonly string[]): string =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = drawn(widths.map((width) => '-'.repeat(width)));
  return [drawn(head), rule, ...lines.map(drawn)].join('\n');
}

function told(figure: number, floor: number, aim: NonNullable<Measurement['aim']>): string {
  if ('most' in aim) return `${aim.most} at most ${figure <= aim.most ? 'met' : 'MISSED'}`;
  const met = aim.better === 'lower' ? figure / floor <= aim.ratio : figure / floor >= aim.ratio;
  return `${aim.better === 'lower' ? '≤' : '≥'} ${aim.ratio} ${met ? 'met' : 'MISSED'}`;
}

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toString() : value.toFixed(1);
}
