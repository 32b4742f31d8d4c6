/** More distinct words than anybody describes a file with; what comes after is not found by. */
const MAX_WORDS = 300;
const MAX_WORD_LENGTH = 60;

/** Where a word of several begins anew: `LogoBlue` and `IMG2031`. */
const INNER = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;

/**
 * The words by which texts are found: without capitals and accents, each once. Of `LogoBlue` also `logo` and `blue`.
 * @returns at most 300
 */
export function wordsOf(...texts: readonly (string | null)[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    for (const whole of (text ?? '')
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []) {
      for (const word of [whole, ...whole.split(INNER)]) {
        if (words.size === MAX_WORDS) return [...words];
        words.add(word.toLowerCase().slice(0, MAX_WORD_LENGTH));
      }
    }
  }
  return [...words];
}

/** The words that somebody looks for: each has to begin one of what is found. At most ten. */
export function wantedWords(query: string): string[] {
  const whole =
    query
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(whole.map((word) => word.toLowerCase().slice(0, MAX_WORD_LENGTH)))].slice(0, 10);
}
