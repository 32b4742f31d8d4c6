/** A place in a text that somebody said something about. */
export interface Highlight {
  /** Of the thread. */
  id: string;
  /** In UTF-16 units; the end does not belong to it. */
  start: number;
  end: number;
}

/** A piece of a text, and the threads that are about it. */
export interface TextPiece {
  text: string;
  start: number;
  ids: string[];
}

/** Cuts a text where highlights begin and end. Together the pieces are the text. */
export function cut(text: string, highlights: readonly Highlight[]): TextPiece[] {
  const inside = highlights.filter(({ start, end }) => start < end && start >= 0 && end <= text.length);
  const edges = [...new Set([0, text.length, ...inside.flatMap(({ start, end }) => [start, end])])].toSorted(
    (one, other) => one - other,
  );
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1] ?? text.length;
    const ids = inside.filter((one) => one.start <= start && one.end >= end).map(({ id }) => id);
    return { text: text.slice(start, end), start, ids };
  });
}
